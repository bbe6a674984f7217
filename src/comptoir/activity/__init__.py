"""What happened, who did it, and what follows.

``@operation`` is the one way into a change; inside it ``tell(Fact(...))`` runs what must happen in
the same transaction, writes the activity and queues what comes after. Public names:

- ``actors.Actor``, ``actors.SYSTEM``
- ``facts.Fact``
- ``operations.operation``, ``operations.tell``, ``operations.changed``
- ``outbox.queue``, ``jobs.job``, ``wiring.Later``
- ``systemlog.record``
"""

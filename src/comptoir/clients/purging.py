"""A client erased for good."""

from __future__ import annotations

from datetime import date

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity, SystemLog
from comptoir.activity.operations import operation, tell
from comptoir.files.operations import forget_files
from comptoir.files.shelves import remove_once_committed
from comptoir.tagging.operations import forget_tags
from comptoir.tenancy.locking import lock

from . import facts
from .models import Client


@operation
def purge_client(client: Client, *, by: Actor, on: date) -> None:
    """Erase a client and everything of it; only its number is remembered, in one line of activity.

    Whoever keeps documents of it erases or refuses as a subscriber of ClientPurged: Refused at ``id``
    names the day until which the law keeps them (C18).
    """
    lock(client)
    forget_files(client)
    remove_once_committed([client.logo_path] if client.logo_path else [])
    forget_tags(Client, [client.pk])
    for stream in (Activity, SystemLog):
        stream.objects.filter(client_id=client.pk).delete()
    client.display_name = client.number  # what the activity will go on saying
    tell(facts.ClientPurged(client, actor=by, on=on))
    client.delete()

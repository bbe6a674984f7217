"""What follows when a mail has left or failed: an invitation's status, a line in the activity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from comptoir.activity.jobs import job
from comptoir.activity.outbox import queue

from .models import MailDelivery

Follow = Callable[[MailDelivery], object]
_JOB: Final = "delivery.follow_mail"
_follow: dict[str, list[Follow]] = {}


def outcome(kind: str) -> Callable[[Follow], Follow]:
    """Call the function with the delivery once a mail of that kind is sent, failed or unknown.

    The worker calls it as a job of its own, after the state is committed: what it raises is tried
    again and never undoes the truth about the mail. It must bear being called twice.
    """

    def register(follow: Follow) -> Follow:
        _follow.setdefault(kind, []).append(follow)
        return follow

    return register


def tell_followers(delivery: MailDelivery) -> None:
    """Leave the followers of this kind to the worker, in the caller's transaction."""
    if delivery.kind in _follow:
        queue(_JOB, {"delivery": delivery.pk})


@job(_JOB)
def follow_mail(*, delivery: int) -> None:
    """Tell everybody who waits for the end of this mail."""
    row = MailDelivery.objects.filter(pk=delivery).first()
    if row is None:
        return
    for step in _follow.get(row.kind, ()):
        step(row)

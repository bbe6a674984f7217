"""A contact looks at a document for the first time."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing.documents import Invitation
from comptoir.delivery.documents.kinds import kind_of
from comptoir.tenancy.locking import lock


@operation
def _first_view(invitation: Invitation, *, by: Actor, on: date) -> None:
    lock(invitation)
    if invitation.viewed_at is None:
        invitation.viewed_at = timezone.now()
        invitation.save(update_fields=["viewed_at", "updated_at"])
    document = invitation.document  # type: ignore[attr-defined]
    tell(kind_of(document).viewed(document, actor=by, refs={"contact": invitation.contact}))


def record_view(invitation: Invitation, *, by: Actor, on: date) -> None:
    """Remember the first view, and tell it once (contract rules 21); later views say nothing."""
    if invitation.viewed_at is None:
        _first_view(invitation, by=by, on=on)

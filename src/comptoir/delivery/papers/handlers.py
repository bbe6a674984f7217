"""What follows here when clients merge or are erased; and the worker's jobs, registered here."""

from __future__ import annotations

from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows
from comptoir.delivery.papers import bundling, keeping, planning
from comptoir.delivery.runs import asking
from comptoir.files import shelves

from .models import Planned, Version

__all__ = ["asking", "bundling", "erase_papers", "keeping", "move_papers", "planning"]


def move_papers(fact: ClientMerged) -> None:
    move_rows(fact, Version, Planned)


def erase_papers(fact: ClientPurged) -> None:
    """The kept prints go with the client, bytes included."""
    rows = Version.objects.filter(client_id=fact.subject.pk)
    shelves.remove_once_committed(rows.values_list("path", flat=True))
    erase_rows(fact, Version, Planned)

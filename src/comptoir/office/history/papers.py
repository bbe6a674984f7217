"""The paper as it was when something happened: the kept version that a row of activity leads to (S47)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from comptoir.activity.models import Activity
from comptoir.delivery.papers.keeping import CHANGES, KEPT
from comptoir.delivery.papers.models import Version
from comptoir.office.desk import Desk
from comptoir.office.links import address

_ISSUES: Final = ("InvoiceSent", "CreditSent", "QuoteSent")

Document = tuple[str, int]


def papers_at(desk: Desk, rows: Iterable[Activity]) -> dict[int, str]:
    """For each row about a document of which a version is kept, the address of the one that held then.

    A version is printed after the change that asks for it, and the same print is kept once: what held at a
    row is the last one printed before the next change.
    """
    about = {row.pk: (row.subject_kind, row.subject_id) for row in rows if row.subject_kind in KEPT}
    seen = {document for document in about.values() if desk.may("view", document[0])}
    if not seen:
        return {}
    kinds, keys = {kind for kind, _pk in seen}, {pk for _kind, pk in seen}
    versions = _versions(kinds, keys)
    if not versions:
        return {}
    changes = _changes(kinds, keys)
    found = {}
    for row, document in about.items():
        if document in seen and (version := _held(row, changes[document], versions[document])):
            found[row] = address(f"version-{document[0]}", document[1], str(version))
    return found


def _held(row: int, changes: list[tuple[int, datetime]], versions: list[tuple[datetime, int]]) -> int | None:
    following = changes[bisect_right(changes, row, key=lambda each: each[0]) :]
    until = bisect_left(versions, following[0][1], key=lambda each: each[0]) if following else len(versions)
    return versions[until - 1][1] if until else None


def _versions(kinds: set[str], keys: set[int]) -> dict[Document, list[tuple[datetime, int]]]:
    rows = Version.objects.filter(kind__in=kinds, document_id__in=keys).order_by("pk")
    found: dict[Document, list[tuple[datetime, int]]] = defaultdict(list)
    for kind, document, moment, pk in rows.values_list("kind", "document_id", "created_at", "pk"):
        found[kind, document].append((moment, pk))
    return found


def _changes(kinds: set[str], keys: set[int]) -> dict[Document, list[tuple[int, datetime]]]:
    """The rows that gave a document another face, oldest first."""
    rows = Activity.objects.filter(
        subject_kind__in=kinds, subject_id__in=keys, fact__in=(*_ISSUES, *CHANGES)
    ).order_by("pk")
    found: dict[Document, list[tuple[int, datetime]]] = defaultdict(list)
    for pk, kind, document, moment in rows.values_list("pk", "subject_kind", "subject_id", "created_at"):
        found[kind, document].append((pk, moment))
    return found

"""Two people at one form: the second to save sees both versions and decides (decisions T28, D7).

A form carries the digest of what it was filled with. It is compared under lock with what the record
says now, so that a payment or a mail in between, which no form shows, disturbs nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import kind_of
from comptoir.activity.models import Activity
from comptoir.activity.sentences import actor_name
from comptoir.kernel.refused import Stale
from comptoir.office.desk import Desk
from comptoir.office.history.changes import Shown, shown_changes
from comptoir.tenancy.locking import lock

T = TypeVar("T")


@dataclass(frozen=True)
class Conflict:
    """What the page says: who saved, when, and the fields that differ (field, theirs, yours)."""

    who: str
    when: datetime | None
    differences: list[Shown]


def version_of(values: Mapping[str, Any]) -> str:
    """The digest of what a form shows."""
    text = repr(sorted((name, _plain(value)) for name, value in values.items()))
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((key, _plain(one)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value)


def save_if_current(
    row: models.Model, sent: str, now: Callable[[], Mapping[str, Any]], save: Callable[[], T]
) -> T:
    """Run ``save`` unless ``row``, whose form shows ``now()``, differs from the version ``sent``.

    Raises Stale. A form without a version (a script of somebody's own) saves as it always did.
    """
    with transaction.atomic():
        lock(row, getattr(row, "client", None))  # clients come first, for operations that lock both
        if sent and sent != version_of(now()):
            raise stale()
        return save()


def stale() -> Stale:
    """What a second to save is told."""
    return Stale(_("Somebody else has saved this since you opened it."))


def conflict(desk: Desk, row: models.Model, now: Mapping[str, Any], typed: Mapping[str, Any]) -> Conflict:
    """Both versions side by side, as far as they differ."""
    pairs = {name: (now.get(name), typed[name]) for name in now if name in typed}
    return told(row, shown_changes(desk, pairs, kind_of(row)))


def told(row: models.Model, differences: list[Shown]) -> Conflict:
    """Differences that are in words already, with who saved last."""
    last = Activity.objects.filter(subject_kind=kind_of(row), subject_id=row.pk).order_by("-pk").first()
    return Conflict(
        who=actor_name(last) if last else "",
        when=last.created_at if last else None,
        differences=differences,
    )

"""Which rows a member sees where the general rule, own and assigned records, does not say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet

from comptoir.people import permissions
from comptoir.people.models import Membership

Sight = Callable[[Membership, QuerySet[Any]], QuerySet[Any]]


def _themselves(membership: Membership, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Everybody sees their own user."""
    return rows.filter(pk=membership.user_id)


def _of_records_seen(membership: Membership, rows: QuerySet[Any]) -> QuerySet[Any]:
    """What one did oneself, and what happened to records of a kind that one sees whole."""
    entities = permissions.WORDED | permissions.FOLLOWS.keys()
    kinds = [each.replace("_", "") for each in entities if permissions.may(membership, "view", each)]
    own = Q(actor_kind="user", actor_id=membership.user_id)
    return rows.filter(own | Q(subject_kind__in=kinds))


_ODD: Final[Mapping[str, Sight]] = {"user": _themselves, "activity": _of_records_seen}


def seen_by(membership: Membership, rows: QuerySet[Any], entity: str) -> QuerySet[Any]:
    """The rows that the member may see; the queryset itself when that is all of them."""
    if membership.is_boss or entity not in _ODD:
        return permissions.seen_by(membership, rows, entity)
    return _ODD[entity](membership, rows)

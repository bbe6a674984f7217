"""Who is told of an event: those who chose it, may see it, and did not do it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from comptoir.people.models import Membership
from comptoir.people.permissions import may
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

from .events import EVENTS

Whose = Literal["all", "user", ""]
"""Of everybody's records, of one's own, or never."""

NEVER: Final = "none"
_WHOLE: Final = frozenset({"all_notifications", "all_user_notifications", NEVER})
_WANTED: Final = (
    "SELECT 1 FROM people_membership WHERE company_id = %s AND deleted_at IS NULL"
    " AND (CAST(notifications AS text) LIKE %s OR CAST(notifications AS text) LIKE %s) LIMIT 1"
)
_EVERYTHING: Final = '%"all_%'


def choice(notifications: Mapping[str, Any], event: str, *, is_boss: bool) -> Whose:
    """What a membership's ``notifications`` say about an event.

    ``<event>_none`` is a word of ours: somebody wants to hear nothing of what is told by default.
    """
    words = set(_words(notifications))
    if words & {f"{event}_all", "all_notifications"}:
        return "all"
    if words & {f"{event}_user", "all_user_notifications"}:
        return "user"
    if words & {f"{event}_{NEVER}", NEVER} or not EVENTS[event].by_default:
        return ""
    return "all" if is_boss else ""


def chosen(notifications: Mapping[str, Any], choices: Mapping[str, Whose]) -> dict[str, Any]:
    """``notifications`` with a choice for each event named; what is said of others stays."""
    if not choices:
        return dict(notifications)
    words = _words(notifications)
    if _WHOLE & set(words):  # one word for all of them becomes a word for each
        rest = {event: choice(notifications, event, is_boss=False) for event in EVENTS}
        choices = {**rest, **choices}
    named = {f"{event}_{whose}" for event in choices for whose in ("all", "user", NEVER)}
    kept = [word for word in words if word not in named | _WHOLE]
    picked = [
        f"{event}_{whose or NEVER}" for event, whose in choices.items() if whose or EVENTS[event].by_default
    ]
    return {**notifications, "email": [*kept, *picked]}


def _words(notifications: Mapping[str, Any]) -> list[str]:
    listed = notifications.get("email")
    return [str(word) for word in listed] if isinstance(listed, list) else []


def is_chosen(event: str) -> bool:
    """Whether somebody of the company in scope may wait for it; asked at every such fact."""
    if EVENTS[event].by_default:
        return True
    asked = (current_company_id(), f'%"{event}_%', _EVERYTHING)
    return bool(run(_WANTED, asked))


def told_of(event: str, records: Iterable[object], *, but: int | None) -> list[Membership]:
    """Who is to be told. ``records`` are what it is about: any of them may be one's own.

    ``but`` is the user who did it, and knows.
    """
    about = list(records)
    people = Membership.objects.active().select_related("user").order_by("pk")
    return [
        one
        for one in people
        if one.is_open and one.user_id != but and _wants(one, event, about) and _may_see(one, event, about)
    ]


def _wants(member: Membership, event: str, about: list[object]) -> bool:
    whose = choice(member.notifications, event, is_boss=member.is_boss)
    return whose == "all" or (whose == "user" and any(_is_own(member, record) for record in about))


def _may_see(member: Membership, event: str, about: list[object]) -> bool:
    return any(may(member, "view", EVENTS[event].entity, record) for record in about)


def _is_own(member: Membership, record: object) -> bool:
    return member.user_id in (getattr(record, "user_id", None), getattr(record, "assigned_user_id", None))

"""Where pages offer to assign a record, and say to whom it is assigned."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.lists import ListFilter, Rows
from comptoir.people.models import Membership
from comptoir.ui.parts import Action, Detail

ASSIGN: Final = "assign"
"""The key of the action: a row that may be assigned says so."""
NOBODY: Final = "nobody"
"""What stands for no member, where an empty value is no choice yet."""


def open_members() -> Any:
    """Who may work in the company in scope."""
    rows = Membership.objects.active().filter(is_locked=False)
    return rows.filter(user__archived_at=None, user__deleted_at=None).select_related("user")


def people(desk: Desk) -> list[tuple[str, str]]:
    """The members by id and name, oneself first; who shares a name is told by the address."""
    found = sorted(
        (each.user for each in open_members()),
        key=lambda user: (user.pk != desk.membership.user_id, user.name.casefold(), user.pk),
    )
    twins = Counter(user.name for user in found)
    return [
        (ids.encode(user.pk), user.name if twins[user.name] == 1 else f"{user.name} ({user.email})")
        for user in found
    ]


def assign_actions(desk: Desk, entity: str, record: Any) -> list[Action]:
    """The entry of a record's kebab; none for who works alone, unless somebody who left still has it."""
    if record.assigned_user_id in (None, desk.membership.user_id) and not _has_colleagues():
        return []
    url = reverse("office:assign-one", args=[entity, ids.encode(record.pk)])
    return [Action(_("Assign to…"), url, "user-check", "dialog")]


def _has_colleagues() -> bool:
    return open_members()[:2].count() > 1


def assigned_to(record: Any) -> Detail:
    """Who looks after it; without a value for nobody."""
    return Detail(_("Assigned to"), record.assigned_user.name if record.assigned_user_id else "")


class Assigning:
    """What the list of a kind has for it; nothing for who works alone. The members are asked for once."""

    def __init__(self, desk: Desk, entity: str) -> None:
        self.entity = entity
        self.people = people(desk)

    def bulk(self) -> list[Action]:
        """What is done to the ticked rows, those whose ``can`` says “assign”."""
        if len(self.people) < 2:
            return []
        url = reverse("office:assign", args=[self.entity])
        return [Action(_("Assign to…"), url, "user-check", "dialog", key=ASSIGN)]

    def filters(self) -> list[ListFilter]:
        """The records of one member, or of nobody."""
        if len(self.people) < 2:
            return []
        choices = [*self.people, (NOBODY, _("Nobody"))]
        return [
            ListFilter(
                "assigned", _("Assigned to"), choices, _narrow, label_of=lambda _value: _("Unknown member")
            )
        ]


def _narrow(rows: Rows, value: str) -> Rows:
    if value == NOBODY:
        return rows.filter(assigned_user=None)
    return rows.filter(assigned_user_id=ids.decode(value) or 0)

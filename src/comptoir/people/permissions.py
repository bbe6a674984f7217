"""May this person? Exact permission words, own records, and what only an administrator does.

Contract rules 8: ``view_``, ``create_`` and ``edit_`` with an entity or ``all``; edit implies view;
one's own and assigned records are always one's to see and edit.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any, Final, Literal, TypeVar

from django.db.models import Q, QuerySet

from .models import Membership

Verb = Literal["view", "create", "edit"]
Rows = TypeVar("Rows", bound=QuerySet[Any])

WORDED: Final = frozenset(
    {
        "client",
        "product",
        "invoice",
        "recurring_invoice",
        "quote",
        "recurring_quote",
        "credit",
        "payment",
        "project",
        "task",
        "expense",
        "recurring_expense",
        "vendor",
        "purchase_order",
        "bank_transaction",
        "documents",
    }
)
"""Entities with permission words of their own."""

FOLLOWS: Final = {
    "client_contact": "client",
    "contact": "client",
    "location": "client",
    "client_gateway_token": "client",
    "vendor_contact": "vendor",
    "expense_category": "expense",
    "document": "documents",
    "file": "documents",
}
"""Parts of other records, and lists that go with them."""

SEEN_BY_ALL: Final = frozenset(
    {
        "company",
        "tax_rate",
        "payment_term",
        "task_status",
        "design",
        "group_setting",
        "group",
        "tag",
        "expense_category",
    }
)
"""What every member needs to fill in a form; changing it takes an administrator, or the word it follows."""

_EXTRA: Final = frozenset({"dashboard", "reports"})
"""Areas with a view word that ``view_all`` does not include."""

EVERY_WORD: Final = (
    *(f"{verb}_{entity}" for entity in ("all", *sorted(WORDED)) for verb in ("create", "view", "edit")),
    "view_dashboard",
    "view_reports",
    "disable_emails",
)


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The words of a comma list."""
    return frozenset(word.strip() for word in text.split(",") if word.strip())


def may(membership: Membership, verb: Verb, entity: str, row: object = None) -> bool:
    """Whether a member may ``view``, ``create`` or ``edit`` (edit covers archive, delete, send …).

    ``entity`` is the wire's singular word; with ``row`` one's own record counts (give a part's parent).
    What has no words takes an administrator. Whether the membership is open at all is asked at the door.
    """
    if membership.is_boss:
        return True
    if verb == "view" and entity in SEEN_BY_ALL:
        return True
    entity = FOLLOWS.get(entity, entity)
    if entity in WORDED and verb != "create" and _is_own(membership, row):
        return True
    return _has_word(membership, verb, entity)


def may_see_all(membership: Membership, entity: str) -> bool:
    """Whether lists of ``entity`` are whole for this member."""
    return may(membership, "view", entity)


def may_send_email(membership: Membership) -> bool:
    """Whether this member's actions may send mail to clients."""
    return membership.is_boss or "disable_emails" not in words(membership.permissions)


def seen_by(membership: Membership, queryset: Rows, entity: str) -> Rows:
    """The rows that a member may see: all of them, else own and assigned ones, else none."""
    if may_see_all(membership, entity):
        return queryset
    names = {field.name for field in queryset.model._meta.concrete_fields}
    own = [Q(**{name: membership.user_id}) for name in ("user", "assigned_user") if name in names]
    if FOLLOWS.get(entity, entity) not in WORDED or not own:
        return queryset.none()
    return queryset.filter(reduce(or_, own))


def _has_word(membership: Membership, verb: Verb, entity: str) -> bool:
    held = words(membership.permissions)
    if entity in _EXTRA:
        return f"{verb}_{entity}" in held
    if entity not in WORDED:
        return False
    verbs = ("view", "edit") if verb == "view" else (verb,)
    return any(f"{each}_{scope}" in held for each in verbs for scope in (entity, "all"))


def _is_own(membership: Membership, row: Any) -> bool:
    owners = (getattr(row, "user_id", None), getattr(row, "assigned_user_id", None))
    return membership.user_id in owners

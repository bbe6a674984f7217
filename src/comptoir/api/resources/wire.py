"""Keys and relations that several entities of the wire share."""

from __future__ import annotations

from typing import Any

from comptoir.contract.fields import Deleted, Key, Moment, Text
from comptoir.contract.relations import Many
from comptoir.contract.shapes import Shape
from comptoir.people.models import Membership, User


def member(pk: int, who: object) -> User | None:
    """A user of the company in scope, or nobody."""
    found = Membership.objects.filter(user_id=pk).select_related("user").first()
    return found.user if found else None


class Dated(Shape):
    """When a row was made and changed, and whether it is away."""

    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()
    is_deleted = Deleted()


class CustomValues(Shape):
    custom_value1 = Text()
    custom_value2 = Text()
    custom_value3 = Text()
    custom_value4 = Text()


class Owned(Shape):
    """Who made a row, and who looks after it."""

    user_id = Key(writable=False)
    assigned_user_id = Key(to=member)


def by_client(column: str) -> tuple[str, str]:
    """The order of a column of the client, which is walked (``tenancy/choosing.py``)."""
    return f"client__{column}", "client_id"


def matching(rows: Any, text: str) -> Any:
    """``filter=``: the rows that the domain finds by free text."""
    return rows.matching(text)


def documents_of(kind: str) -> Many:
    """The files attached to rows of a kind ("invoice")."""
    return Many("documents", by="owner_id", where=f"{{t}}.owner_kind = '{kind}' AND {{t}}.deleted_at IS NULL")


def activities_of(kind: str) -> Many:
    """The last things that happened to rows of a kind, newest first."""
    return Many(
        "activities", by="subject_id", where=f"{{t}}.subject_kind = '{kind}'", order="{t}.id DESC", most=50
    )

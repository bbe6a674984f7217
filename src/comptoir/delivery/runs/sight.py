"""What of a client's account a template may show: no more than the member sees who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comptoir.people import permissions
from comptoir.people.models import Membership


@dataclass(frozen=True)
class Sight:
    """The eyes of one member."""

    membership: Membership

    def rows(self, queryset: Any, entity: str) -> Any:
        """Those rows of a kind that the member sees."""
        return permissions.seen_by(self.membership, queryset, entity)

    @property
    def has_figures(self) -> bool:
        """Whether the member sees what clients owe."""
        may = permissions.may
        return may(self.membership, "edit", "client") or may(self.membership, "view", "invoice")


def sight_of(user_id: int | None) -> Sight:
    """That of a user in the company in scope. Raises Membership.DoesNotExist for somebody who left."""
    return Sight(Membership.objects.select_related("user").get(user_id=user_id))

"""What of a client's account a template may show: no more than the member sees who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import to_language

from comptoir.people import permissions
from comptoir.people.models import Membership
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by


@dataclass(frozen=True)
class Sight:
    """The eyes of one member."""

    membership: Membership

    def rows(self, queryset: Any, entity: str) -> Any:
        """Those rows of a kind that the member sees."""
        return permissions.seen_by(self.membership, queryset, entity)

    @property
    def language(self) -> str:
        """The one that the member reads, as Django calls it."""
        company = self.membership.company
        preferences = Preferences((company.settings,))
        return to_language(spoken_by(self.membership.user.language_id, preferences).locale)

    @property
    def has_figures(self) -> bool:
        """Whether the member sees what clients owe."""
        may = permissions.may
        return may(self.membership, "edit", "client") or may(self.membership, "view", "invoice")


def sight_of(user_id: int | None) -> Sight:
    """That of a user in the company in scope. Raises Membership.DoesNotExist for somebody who left."""
    return Sight(Membership.objects.select_related("user", "company").get(user_id=user_id))

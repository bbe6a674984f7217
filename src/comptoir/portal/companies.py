"""Whose portal it is, before anybody has signed in."""

from __future__ import annotations

from django.http import Http404

from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company


def company_of(key: str) -> Company | None:
    """The company of a key in the address; without one, the only company there is. Raises Http404."""
    rows = Company.objects.filter(deleted_at=None, is_disabled=0)
    if key:
        found = rows.filter(company_key=key).first()
        if found is None or not _has_portal(found):
            raise Http404
        return found
    return the_only_company()


def the_only_company() -> Company | None:
    """Most installations have one, and every page before the door can show its face."""
    some = list(Company.objects.filter(deleted_at=None, is_disabled=0)[:2])
    return some[0] if len(some) == 1 else None


def takes_registrations(company: Company) -> bool:
    """Whether strangers may register as clients (S5): by the company's switch or its setting."""
    chosen = Preferences((company.settings,))
    return _has_portal(company) and bool(company.switch("client_can_register") or chosen.client_can_register)


def _has_portal(company: Company) -> bool:
    return bool(Preferences((company.settings,)).enable_client_portal)

"""Which language an answer speaks: the user's, else the company's."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.reference import language
from comptoir.tenancy.models import Company


def locale_of(user: User, company: Company) -> str:
    """The code of one of our own languages."""
    return _code(user.language_id or str(Preferences((company.settings,)).language_id))


@lru_cache(maxsize=256)
def _code(language_id: str) -> str:
    found = language(language_id)
    code = found.locale.partition("_")[0].lower() if found else ""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

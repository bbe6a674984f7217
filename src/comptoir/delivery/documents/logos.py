"""The company's logo, as documents and mails carry it."""

from __future__ import annotations

from django.core.files.storage import storages

from comptoir.delivery.pdf.facts import Logo
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company


def logo_of(company: Company, preferences: Preferences) -> Logo:
    """The bytes and the width asked for; empty when there is none, or the file is gone."""
    path = str(company.switch("logo_path"))
    if not path:
        return Logo()
    storage = storages["default"]
    try:
        with storage.open(path) as stream:
            return Logo(stream.read(), str(preferences.company_logo_size))
    except OSError:
        return Logo()

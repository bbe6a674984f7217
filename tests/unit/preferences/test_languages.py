"""Which language somebody is spoken to in: their own, else that of the settings."""

from __future__ import annotations

import pytest

from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import of_pages, spoken_by


@pytest.mark.parametrize(
    ("own", "companys", "locale"),
    [
        ("3", "4", "de"),
        ("", "4", "fr"),
        ("3", "", "de"),
        ("", "9999", "en"),
        ("9999", "4", "en"),
    ],
)
def test_ones_own_comes_before_the_companys(own: str, companys: str, locale: str) -> None:
    assert spoken_by(own, Preferences(({"language_id": companys},))).locale == locale


@pytest.mark.parametrize(
    ("locale", "language"), [("fr", "fr"), ("fr_CA", "fr"), ("en_GB", "en"), ("es", "en"), ("ja", "en")]
)
def test_pages_are_whole_in_one_language(locale: str, language: str) -> None:
    assert of_pages(locale) == language

from __future__ import annotations

import re

import pytest
from django.utils import translation

from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.catalogue.templates import MESSAGES
from comptoir.preferences.texts import message, setting_keys

NAMES = (*MESSAGES, "quote_reminder1")
VARIABLES = re.compile(r"\$[a-z_.]+[a-z]")


@pytest.mark.parametrize("name", NAMES)
def test_every_message_has_a_text_in_both_languages_with_the_same_variables(name: str) -> None:
    for part in message(name):
        with translation.override("en"):
            english = str(part)
        with translation.override("fr"):
            french = str(part)
        assert english != french
        assert sorted(VARIABLES.findall(english)) == sorted(VARIABLES.findall(french))


@pytest.mark.parametrize("name", NAMES)
def test_every_message_can_be_replaced_by_settings(name: str) -> None:
    assert all(key in CATALOGUE for key in setting_keys(name))

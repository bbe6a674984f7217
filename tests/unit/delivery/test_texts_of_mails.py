from __future__ import annotations

import re

import pytest
from django.utils import translation

from comptoir.delivery.mail.texts import ours, setting_names
from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.catalogue.templates import MESSAGES

NAMES = (*MESSAGES, "quote_reminder1")
VARIABLES = re.compile(r"\$[a-z_.]+[a-z]")


@pytest.mark.parametrize("name", NAMES)
def test_every_message_has_a_text_in_both_languages_with_the_same_variables(name: str) -> None:
    for place in (0, 1):
        with translation.override("en"):
            english = ours(name)[place]
        with translation.override("fr"):
            french = ours(name)[place]
        assert english != french
        assert sorted(VARIABLES.findall(english)) == sorted(VARIABLES.findall(french))


@pytest.mark.parametrize("name", NAMES)
def test_every_message_can_be_replaced_by_settings(name: str) -> None:
    assert all(key in CATALOGUE for key in setting_names(name))

"""Every field that a person or a program can change is called by a name in the activity."""

from __future__ import annotations

from comptoir.billing import composition
from comptoir.clients import contacts, drafts
from comptoir.office.history.changes import LABELS
from comptoir.preferences.custom_fields import PLACES

_OTHERWISE = {f"custom_value{place}" for place in PLACES}


def test_no_field_is_shown_by_the_name_of_its_column() -> None:
    changed = drafts.EDITABLE | contacts.EDITABLE | composition.EDITABLE
    nameless = {name.removeprefix("shipping_") for name in changed} - set(LABELS) - _OTHERWISE
    assert nameless == set()

"""Keys in links and tokens: derived, told apart, and not closed by a new signing secret."""

from __future__ import annotations

from typing import Any

from comptoir.tenancy import keys


def test_a_key_depends_on_purpose_row_and_rotation() -> None:
    others = {keys.derive("invitation", 1), keys.derive("invitation", 2), keys.derive("contact", 1)}
    assert len(others | {keys.derive("invitation", 1, rotation=1)}) == 4
    assert keys.derive("invitation", 1) == keys.derive("invitation", 1)
    assert len(keys.derive("invitation", 1)) == 32


def test_a_new_signing_secret_leaves_every_link_open(settings: Any) -> None:
    before = keys.derive("invitation", 1)
    settings.SECRET_KEY = "another secret for signing sessions"
    assert keys.derive("invitation", 1) == before


def test_another_installation_has_other_keys(settings: Any) -> None:
    before = keys.derive("invitation", 1)
    settings.KEYS_SECRET = "the secret of another installation"
    assert keys.derive("invitation", 1) != before


def test_a_table_keeps_a_digest_that_does_not_show_the_key() -> None:
    key = keys.derive("invitation", 1)
    assert key not in keys.digest(key)
    assert len(keys.digest(key)) == 64

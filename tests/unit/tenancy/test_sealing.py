"""What is sealed says nothing to whoever reads the table."""

import pytest

from comptoir.tenancy.sealing import Unreadable, seal, unseal


def test_only_the_same_company_and_purpose_reads_it_again():
    sealed = seal("sk_live_é", "gateway", 1)
    assert "sk_live" not in sealed
    assert unseal(sealed, "gateway", 1) == "sk_live_é"
    for purpose, company in (("gateway", 2), ("mail", 1)):
        with pytest.raises(Unreadable):
            unseal(sealed, purpose, company)


def test_the_same_text_is_never_sealed_the_same_way():
    assert seal("secret", "gateway", 1) != seal("secret", "gateway", 1)


@pytest.mark.parametrize("damage", ["x", "1.", "1.abc", "2"])
def test_damaged_texts_are_not_guessed(damage):
    sealed = seal("secret", "gateway", 1)
    with pytest.raises(Unreadable):
        unseal(damage if damage != "2" else "2" + sealed[1:], "gateway", 1)


def test_another_installation_cannot_read_it(settings):
    sealed = seal("secret", "gateway", 1)
    settings.KEYS_SECRET = "another-secret-of-another-installation-0123456789"
    with pytest.raises(Unreadable):
        unseal(sealed, "gateway", 1)


def test_nothing_stays_nothing():
    assert seal("", "gateway", 1) == "" == unseal("", "gateway", 1)

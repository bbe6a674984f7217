"""The link that the console prints is the one that people/setup.py opens."""

from pathlib import Path

import pytest

from comptoir.config import setup_link
from comptoir.people import setup
from tests.factories import account_with_company, user


@pytest.mark.django_db
def test_the_printed_link_opens_an_empty_installation(tmp_path: Path) -> None:
    assert setup_link.url(tmp_path, "") is None
    word = setup.word(tmp_path)
    link = setup_link.url(tmp_path, "https://invoices.example.com")
    assert link == f"https://invoices.example.com/setup/{word}"
    assert setup.opens(tmp_path, link.rpartition("/")[2])


@pytest.mark.django_db
def test_no_link_is_printed_once_somebody_works_here(tmp_path: Path) -> None:
    setup.word(tmp_path)
    user(account_with_company())
    assert setup.word(tmp_path) is None
    assert setup_link.url(tmp_path, "") is None

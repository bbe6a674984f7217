"""EMAIL_URL, and DATABASE_URL where it is wrong."""

from pathlib import Path

import pytest

from comptoir.config.databases import database
from comptoir.config.environment import Misconfigured
from comptoir.config.mail import mail


def test_a_server_that_begins_plainly_then_encrypts() -> None:
    found = mail("smtp+tls://ada:l%40ce@mail.example.com")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.com", 587)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ada", "l@ce")


def test_a_server_that_encrypts_from_the_start() -> None:
    found = mail("smtps://mail.example.com")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (465, False, True)


def test_a_local_server_may_be_plain() -> None:
    found = mail("smtp://127.0.0.1:2525")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (2525, False, False)


@pytest.mark.parametrize("url", ["smtp+ssl://ada:lace@host", "mail.example.com", "http://host", "smtp://"])
def test_an_address_we_cannot_use_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(Misconfigured, match="EMAIL_URL") as refusal:
        mail(url)
    assert "lace" not in str(refusal.value)


@pytest.mark.parametrize("url", ["mysql://ada:lace@host/books", "sqlite:///x", "books"])
def test_another_kind_of_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL") as refusal:
        database(Path("/data"), url)
    assert "lace" not in str(refusal.value)

"""The first run: one link, one form, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from comptoir.people import setup
from comptoir.people.models import Membership, User

from .conftest import Office

GOOD = {
    "first_name": "Zoé",
    "last_name": "Martin",
    "email": "zoe@example.com",
    "password": "a-long-walk-by-the-sea",
    "company": "Atelier Zoé",
    "country_id": "56",
    "currency_id": "",
    "language": "fr",
}


@pytest.fixture
def word(db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The word of an installation where nobody works."""
    cache.clear()
    settings.DATA = tmp_path
    found = setup.word(tmp_path)
    assert found
    yield found


def visitor(language: str = "en") -> Browser:
    return Browser(headers={"accept-language": language})


@pytest.mark.parametrize("door", ["/", "/account/login/"])
def test_every_door_leads_to_the_set_up_page_while_nobody_works_here(word: str, door: str) -> None:
    answer = visitor().get(door, follow=True)
    assert answer.redirect_chain == [("/setup", 302)]
    assert word not in answer.content.decode()


def test_the_form_makes_the_owner_signs_in_and_is_gone(word: str, tmp_path: Path) -> None:
    browser = visitor()
    answer = browser.post(f"/setup/{word}", GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/welcome")
    owner = Membership.everywhere.get()
    assert (owner.is_owner, owner.user.name, owner.user.language_id) == (True, "Zoé Martin", "4")
    settings = owner.company.settings
    assert (settings["name"], settings["currency_id"], settings["country_id"]) == ("Atelier Zoé", "3", "56")
    assert owner.company.zone.key == "Europe/Brussels"
    assert browser.get("/welcome").status_code == 200
    assert not (tmp_path / "setup-link").exists()
    assert visitor().get(f"/setup/{word}").status_code == 404
    assert visitor().post(f"/setup/{word}", {**GOOD, "email": "two@example.com"}).status_code == 404
    assert visitor().get("/setup").headers["Location"] == "/"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "zoe"}, "email"),
        ({"password": "short"}, "password"),
        ({"company": " "}, "company"),
        ({"first_name": ""}, "first_name"),
        ({"country_id": "0"}, "country_id"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_made(
    word: str, wrong: dict[str, str], field: str
) -> None:
    answer = visitor().post(f"/setup/{word}", {**GOOD, **wrong})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors
    assert form.value("last_name") == "Martin"
    assert GOOD["password"] not in answer.content.decode()
    assert not User.objects.exists()
    assert setup.is_due()


def test_a_guess_is_nothing_and_guessing_on_is_stopped(word: str) -> None:
    answers = [visitor().get("/setup/guess").status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]
    assert visitor().get(f"/setup/{word}").status_code == 200
    assert not User.objects.exists()


def test_the_browsers_language_proposes_country_and_currency(word: str) -> None:
    form = visitor("fr-BE,fr;q=0.9").get(f"/setup/{word}").context["form"]
    assert form.values == {"language": "fr", "country_id": "56", "currency_id": "3"}
    page = visitor().get(f"/setup/{word}/currency?country_id=826").content.decode()
    assert '<option value="2" selected>GBP' in page


def test_the_language_of_the_doors_can_be_chosen(word: str, settings: Any) -> None:
    browser = visitor()
    answer = browser.post("/language/fr?next=/setup")
    assert (answer.headers["Location"], browser.cookies[settings.LANGUAGE_COOKIE_NAME].value) == (
        "/setup",
        "fr",
    )
    assert "Presque prêt" in browser.get("/setup").content.decode()
    assert browser.post("/language/fr?next=https://evil.example").headers["Location"] == "/"
    assert browser.post("/language/xx").status_code == 404


def test_once_somebody_works_here_the_doors_are_the_usual_ones(office: Office) -> None:
    assert visitor().get("/account/login/").status_code == 200
    assert visitor().get("/").headers["Location"].startswith("/account/login/")


def test_the_welcome_saves_what_was_given_and_may_be_skipped(office: Office) -> None:
    browser = office.browser()
    assert 'href="/"' in browser.get("/welcome").content.decode()
    refused = browser.post("/welcome", {"siret": "123", "city": "Lyon"})
    assert refused.status_code == 422
    assert (refused.context["form"].value("city"), "siret" in refused.context["form"].errors) == (
        "Lyon",
        True,
    )
    no_picture = SimpleUploadedFile("logo.png", b"not a picture", "image/png")
    refused = browser.post("/welcome", {"city": "Lyon", "logo": no_picture})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"logo"})
    assert "city" not in office.company.settings
    sent = {"siret": "73282932000074", "city": "Lyon", "invoice_number_pattern": "F-{$year}-{$counter}"}
    assert browser.post("/welcome", sent).headers["Location"] == "/"
    assert office.company.settings["city"] == "Lyon"
    assert office.company.settings["invoice_number_pattern"] == "F-{$year}-{$counter}"
    assert office.company.switch("siren") == "732829320"

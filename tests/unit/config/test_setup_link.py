"""The set-up page opens for whoever holds the link, while nobody works here, and for nobody else."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from comptoir.config import first_run, setup_link
from tests.factories import account_with_company, user


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Welcome")


def visit(link: str) -> HttpResponse:
    return first_run.behind_link(page)(RequestFactory().get("/"), link=link)


@pytest.mark.django_db
def test_an_empty_installation_offers_a_private_link(data: Path) -> None:
    first_run.keep_link()
    address = setup_link.url(data, "http://127.0.0.1:8000")
    assert address is not None
    assert address.startswith("http://127.0.0.1:8000/setup/")
    assert len(address.rpartition("/")[2]) >= 43
    assert stat.S_IMODE((data / setup_link.NAME).stat().st_mode) == 0o600


@pytest.mark.django_db
def test_the_link_stays_the_same_until_it_is_used(data: Path) -> None:
    first_run.keep_link()
    before = setup_link.url(data, "")
    first_run.keep_link()
    assert setup_link.url(data, "") == before


@pytest.mark.django_db
def test_whoever_holds_the_link_comes_in(data: Path) -> None:
    setup_link.make(data)
    response = visit((data / setup_link.NAME).read_text())
    assert response.content == b"Welcome"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
@pytest.mark.parametrize("guess", ["", "x", "é"])
def test_nobody_else_comes_in(data: Path, guess: str) -> None:
    setup_link.make(data)
    with pytest.raises(Http404):
        visit(guess)


@pytest.mark.django_db
def test_the_link_is_gone_once_somebody_works_here(data: Path) -> None:
    setup_link.make(data)
    link = (data / setup_link.NAME).read_text()
    user(account_with_company())
    with pytest.raises(Http404):
        visit(link)
    assert setup_link.url(data, "") is None


@pytest.mark.django_db
def test_an_empty_link_does_not_open_a_missing_file(data: Path) -> None:
    user(account_with_company())
    with pytest.raises(Http404):
        visit("")

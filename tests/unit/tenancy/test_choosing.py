"""The order of what rows hang on, walked: the same rows as when all are joined and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from comptoir.clients.models import Client
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy import choosing
from comptoir.tenancy.choosing import is_walked, keys_of
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db
BY_NAME = ("client__sort_name", "client_id", "pk")


@pytest.fixture
def home() -> Iterator[Company]:
    """Twelve clients, of whom three share a name and some have no invoice; a neighbour's beside them."""
    neighbour = factories.account_with_company("Elsewhere")
    with acting_for(neighbour):
        _invoices([_client("b")])
    company = factories.account_with_company()
    with acting_for(company):
        clients = [_client(name) for name in ("e", "b", "x", "b", "a", "y", "b", "d", "z", "c", "f", "g")]
        _invoices([clients[n] for n in (0, 1, 3, 1, 6, 4, 9, 3, 7, 11, 0, 6, 6, 10)])
        yield company


def _client(name: str) -> Client:
    made = Client(name=name, display_name=name, sort_name=name)
    insert([made])
    return made


def _invoices(clients: list[Client]) -> None:
    insert([Invoice(client=each, date=date(2026, 3, 2), currency_id="1") for each in clients])


@pytest.mark.parametrize("parents", [1, 2, 5, 200])
@pytest.mark.parametrize("back", ["", "-"])
def test_any_part_of_it_is_that_of_the_whole(
    home: Company, monkeypatch: pytest.MonkeyPatch, parents: int, back: str
) -> None:
    monkeypatch.setattr(choosing, "_PARENTS", parents)
    rows = Invoice.objects.order_by(*(f"{back}{path}" for path in BY_NAME))
    whole = list(rows.values_list("pk", flat=True))
    assert len(whole) == 14
    for start, stop in ((0, 1), (0, 5), (3, 9), (10, 14), (10, 30), (20, 40)):
        assert keys_of(rows, start, stop) == whole[start:stop]


def test_what_narrows_the_rows_narrows_the_walk(home: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_PARENTS", 2)
    last = Invoice.objects.order_by("-pk")[0]
    rows = Invoice.objects.filter(pk=last.pk).order_by(*BY_NAME)
    assert keys_of(rows, 0, 21) == [last.pk]


def test_only_what_every_row_hangs_on_is_walked(home: Company) -> None:
    assert is_walked(Invoice.objects.order_by(*BY_NAME))
    assert not is_walked(Client.objects.order_by("group__name"))
    assert not is_walked(Client.objects.order_by("sort_name"))

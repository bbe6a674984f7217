"""Search, bulk menus, static lists and the description of the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from comptoir.api.absent import PATHS
from comptoir.api.registry import registry
from comptoir.exchange.models import RateSheet
from comptoir.exchange.operations import set_rates
from comptoir.tenancy.scope import acting_for

from .conftest import Cast, Door


def test_a_term_finds_records_of_every_kind(cast: Cast, door: Door) -> None:
    made = door.post("clients", {"name": "Acme", "contacts": [{"first_name": "Zoe", "email": "z@acme.com"}]})
    client = made.rows["id"]
    door.post("clients", {"name": "Bravo"})
    door.post("invoices", {"client_id": client, "number": "ACME-1"})
    found = door.post("search", {"search": "acme"}).data
    assert [(row["id"], row["path"]) for row in found["clients"]] == [(client, f"/clients/{client}")]
    assert [(row["name"], row["path"]) for row in found["client_contacts"]] == [
        ("Zoe z@acme.com", f"/clients/{client}")
    ]
    assert [row["name"] for row in found["invoices"]] == ["ACME-1 Acme"]
    assert found["settings"] == found["tasks"] == []
    assert found == door.post("search?search=acme").data


def test_without_a_term_the_newest_come_first(cast: Cast, door: Door) -> None:
    for name in ("A", "B"):
        door.post("clients", {"name": name})
    found = door.post("search").data
    assert [row["name"].split()[0] for row in found["clients"]] == ["B", "A"]
    assert found["settings"]


def test_nothing_is_found_of_what_one_may_not_see(cast: Cast, door: Door, carols: Door, doras: Door) -> None:
    client = door.post("clients", {"name": "Acme"}).rows["id"]
    door.post("invoices", {"client_id": client, "number": "ACME-1"})
    found = carols.post("search", {"search": "acme"}).data
    assert len(found["clients"]) == 1
    assert found["invoices"] == found["settings"] == []
    assert not any(rows for name, rows in doras.post("search", {"search": "acme"}).data.items())


def test_the_bulk_actions_of_an_entity(cast: Cast, door: Door) -> None:
    assert {"archive", "restore", "delete"} <= set(door.post("filters/clients").data)
    assert door.post("filters/nonsense").status == 404


def test_static_lists_come_bare_and_whole(cast: Cast, door: Door, nobody: Door) -> None:
    lists = door.get("statics").data
    for name in ("currencies", "countries", "sizes", "industries", "timezones", "date_formats", "languages"):
        assert lists[name], name
    assert lists["templates"]["email_template_invoice"]["subject"]
    assert set(lists["bulk_updates"]) == {"client", "expense", "recurring_invoice", "task"}
    assert nobody.get("statics").status == 403


def test_static_lists_say_what_a_unit_of_ones_own_currency_is_in_others(cast: Cast, door: Door) -> None:
    def rates() -> dict[str, Any]:
        rows = door.get("statics").data["currencies"]
        return {row["id"]: row["exchange_rate"] for row in rows}

    assert set(rates().values()) == {1}
    today = timezone.now().date()
    RateSheet.objects.create(day=today, rates={"1": "1.0842", "2": "0.8365"}, source="bank.example")
    assert {unit: rate for unit, rate in rates().items() if rate != 1} == {"2": 0.771537, "3": 0.922339}
    with acting_for(cast.company):
        set_rates(cast.company, {"2": Decimal("0.8")}, by=cast.alice.actor(), on=today)
    assert (rates()["2"], rates()["1"]) == (0.8, 1)
    with_row = door.post("refresh?include_static=true").data["static"]["currencies"]
    assert next(row["exchange_rate"] for row in with_row if row["id"] == "2") == 0.8


def test_static_lists_speak_the_readers_language(cast: Cast, door: Door) -> None:
    english = door.get("statics").data
    cast.alice.user.language_id = "13"
    cast.alice.user.save()
    french = door.get("statics").data
    assert french["templates"] != english["templates"]
    assert {row["name"] for row in french["countries"]} != {row["name"] for row in english["countries"]}


@pytest.mark.parametrize("path", PATHS)
def test_what_this_version_lacks_is_an_empty_list(cast: Cast, door: Door, path: str) -> None:
    answer = door.get(f"{path}?status=active&per_page=100&sort=id|desc")
    assert answer.status == 200
    if path not in registry().resources:
        assert (answer.rows, answer.data["meta"]["pagination"]["total"]) == ([], 0)
        assert door.post(path, {}).status == 404


def test_built_in_designs_are_listed(cast: Cast, door: Door) -> None:
    rows = door.get("designs").rows
    assert ("Wpmbk5ezJn", "Clean") in [(row["id"], row["name"]) for row in rows]
    assert door.get("designs?template=true&status=active&sort=name|asc").rows == []
    assert door.get("designs/Wpmbk5ezJn").rows["name"] == "Clean"
    assert door.get("designs/XXXXXXXXXX").status == 400


def test_the_description_names_every_route(cast: Cast, nobody: Door) -> None:
    described = nobody.get("openapi.json").data
    paths = {f"{method.upper()} {path}" for path, verbs in described["paths"].items() for method in verbs}
    assert paths == {f"{route.method} /{route.path}" for route in registry().routes()}


@pytest.mark.urls("comptoir.api.urls")
def test_the_reference_page_lists_routes_and_keys(cast: Cast) -> None:
    page = Browser().get("/api/docs").content.decode()
    assert "/clients/{id}/purge" in page
    assert "<code>vat_number</code>" in page

"""Rows S14 to S17: the list, the ways to a client, its figures and notes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Client
from comptoir.kernel import ids

from .conftest import House, text


def listed(house: House, query: str = "") -> list[str]:
    """The clients of the list, in its order."""
    return [row.label for row in house.office.get(f"/clients{query}").context["list"].table.rows]


def stats(house: House, client: Client) -> dict[str, str]:
    """The figures of the overview, as they read."""
    from django.utils.html import strip_tags

    shown = house.office.get(f"/clients/{ids.encode(client.pk)}").context["stats"]
    return {str(one.label): strip_tags(str(one.value)) for one in shown}


def due(house: House, client: Client) -> tuple[str, str]:
    """Paid to date and balance due."""
    shown = stats(house, client)
    return shown["Paid to date"], shown["Balance due"]


def test_s14_the_list_shows_what_matters_and_can_show_much_more(house: House) -> None:
    people = [{"first_name": "Ann", "last_name": "Bell", "email": "ann@example.com"}]
    client = house.client(name="Bistro", contacts=people)
    house.invoice(client)
    Client.objects.filter(pk=client.pk).update(last_login="2026-11-20T09:30:00Z", paid_to_date=12)
    page = house.office.get("/clients")
    said = text(page)
    for word in ("0001", "Bistro", "Ann Bell", "ann@example.com", "€100.00", "€12.00"):
        assert word in said, word
    choosable = page.context["list"].columns
    assert '<time datetime="2026-11-20T10:30:00+01:00"' in page.content.decode()
    assert len(choosable) == 44
    every = [one.key for one in choosable]
    house.office.post("/columns/clients", {"columns": every})
    heads = [column.label for column in house.office.get("/clients").context["list"].table.columns]
    assert len(heads) == 44
    assert {"Group", "Street", "Assigned to", "Private notes", "Created by"} <= set(heads)


def test_s14_named_custom_fields_are_columns_and_others_are_not(house: House) -> None:
    house.client(name="Bistro", custom_value1="Gold", custom_value2="Hidden")
    house.company_put(custom_fields={"client1": "Level"})
    labels = [one.label for one in house.office.get("/clients").context["list"].columns]
    assert labels[-1] == "Level"
    assert len(labels) == 45
    house.office.post("/columns/clients", {"columns": ["name", "custom_value1"]})
    assert "Gold" in text(house.office.get("/clients"))
    assert "Hidden" not in text(house.office.get("/clients"))


def test_s14_the_list_sorts_searches_and_filters(house: House) -> None:
    group = house.group("Members")
    atlas = house.client(name="Atlas", id_number="M-7", custom_value1="blue", group_settings_id=group["id"])
    house.client(
        name="Éclair", contacts=[{"first_name": "Zoe", "last_name": "Roy", "email": "z@roy.example"}]
    )
    house.client(name="zinc")
    house.invoice(atlas)
    assert listed(house) == ["Atlas", "Éclair", "zinc"]
    assert listed(house, "?sort=name|desc") == ["zinc", "Éclair", "Atlas"]
    assert listed(house, "?sort=balance|desc")[0] == "Atlas"
    for words, found in (
        ("eclair", "Éclair"), ("M-7", "Atlas"), ("Zoe", "Éclair"), ("z@roy", "Éclair"), ("blue", "Atlas"),
        ("0003", "zinc"),
    ):  # fmt: skip
        assert listed(house, f"?q={words}") == [found], words
    assert listed(house, "?q=nothing") == []
    assert listed(house, f"?group={group['id']}") == ["Atlas"]


def test_s14_archived_and_deleted_ones_have_shelves_of_their_own(house: House) -> None:
    here, shelved, gone = (house.client(name=name) for name in ("Here", "Shelved", "Gone"))
    house.office.post("/clients/bulk", {"action": "archive", "ids": [ids.encode(shelved.pk)]})
    house.office.post("/clients/bulk", {"action": "delete", "ids": [ids.encode(gone.pk)]})
    assert (listed(house), listed(house, "?shelf=archived"), listed(house, "?shelf=deleted")) == (
        ["Here"], ["Shelved"], ["Gone"],
    )  # fmt: skip
    house.office.post(
        "/clients/bulk", {"action": "restore", "ids": [ids.encode(shelved.pk), ids.encode(gone.pk)]}
    )
    assert listed(house) == ["Gone", "Here", "Shelved"]
    assert here.pk


def test_s14_a_long_list_turns_its_pages(house: House) -> None:
    for n in range(30):
        house.client(name=f"Client {n:02}")
    first = house.office.get("/clients?size=25").context["list"]
    assert len(first.table.rows) == 25
    rest = house.office.get(first.paging.next_url).context["list"]
    assert [row.label for row in rest.table.rows] == [f"Client {n}" for n in range(25, 30)]
    assert rest.paging.next_url == ""


def _of_client(house: House, client: Client) -> dict[str, str]:
    """One record of every kind, and the address of its page."""
    key = {"client_id": ids.encode(client.pk)}
    line = {"line_items": [{"product_key": "Day", "cost": 100, "quantity": 1}]}
    made = {
        "invoices": house.invoice(client),
        "quotes": house.api("POST", "quotes", key | line),
        "credits": house.api("POST", "credits", key | line),
        "payments": house.api("POST", "payments", key | {"amount": 5, "date": "2026-11-24"}),
        "recurring": house.api(
            "POST", "recurring_invoices",
            key | line | {"frequency_id": 5, "next_send_date": "2026-12-01", "remaining_cycles": -1},
        ),
    }  # fmt: skip
    return {kind: f"/{kind}/{record['id']}" for kind, record in made.items()}


def test_s15_every_record_links_to_its_client(house: House) -> None:
    client = house.client(name="Bistro")
    for kind, url in _of_client(house, client).items():
        page = house.office.get(url)
        assert page.status_code == 200, kind
        assert f'href="/clients/{ids.encode(client.pk)}"' in page.content.decode(), kind


def test_s16_the_figures_stay_right_through_everything(house: House) -> None:
    client = house.client(name="Bistro")
    draft = house.invoice(client, sent=False)
    assert due(house, client) == ("€0.00", "€0.00")
    house.api("POST", "invoices/bulk", {"action": "mark_sent", "ids": [draft["id"]]})
    assert due(house, client) == ("€0.00", "€100.00")
    paid = house.api(
        "POST", "payments",
        {"client_id": ids.encode(client.pk), "amount": 60, "date": "2026-11-24",
         "invoices": [{"invoice_id": draft["id"], "amount": 60}]},
    )  # fmt: skip
    assert due(house, client) == ("€60.00", "€40.00")
    refund = {"id": paid["id"], "date": "2026-11-24", "invoices": [{"invoice_id": draft["id"], "amount": 10}]}
    house.api("POST", "payments/refund", refund)
    assert due(house, client) == ("€50.00", "€50.00")
    house.api("POST", "payments/bulk", {"action": "delete", "ids": [paid["id"]]})
    assert due(house, client) == ("€0.00", "€100.00")
    house.api("POST", "payments/bulk", {"action": "restore", "ids": [paid["id"]]})
    assert due(house, client) == ("€50.00", "€50.00")
    other = house.invoice(client)
    assert due(house, client) == ("€50.00", "€150.00")
    house.api("POST", "invoices/bulk", {"action": "cancel", "ids": [other["id"]]})
    assert due(house, client) == ("€50.00", "€50.00")
    house.wishes(country_id="840")  # in France an issued invoice is cancelled, not deleted
    third = house.invoice(client)
    house.api("POST", "invoices/bulk", {"action": "delete", "ids": [third["id"]]})
    assert due(house, client) == ("€50.00", "€50.00")
    house.api("POST", "invoices/bulk", {"action": "restore", "ids": [third["id"]]})
    assert due(house, client) == ("€50.00", "€150.00")


def test_s16_money_that_waits_is_shown_in_the_clients_currency(house: House) -> None:
    client = house.client(name="Bistro", settings={"currency_id": "1"})
    key = {"client_id": ids.encode(client.pk)}
    house.api("POST", "payments", key | {"amount": 25, "date": "2026-11-24"})
    line = {"line_items": [{"product_key": "Back", "cost": 30, "quantity": 1}]}
    house.api("POST", "credits?mark_sent=true", key | line)
    shown = stats(house, client)
    assert (shown["Credit"], shown["To apply"], shown["Paid to date"]) == ("$30.00", "$25.00", "$25.00")
    assert house.shown(client)["payment_balance"] == Decimal(25)


@pytest.mark.parametrize("which", ["public_notes", "private_notes"])
def test_s17_notes_are_shown_as_they_were_typed_and_not_when_empty(house: House, which: str) -> None:
    heading = {"public_notes": "Public notes", "private_notes": "Private notes"}[which]
    client = house.client(name="Bistro", **{which: "One\n<b>two</b>"})
    body = _overview(house, client)
    assert '<p class="whitespace-pre-line">One\n&lt;b&gt;two&lt;/b&gt;</p>' in body
    assert heading in body
    house.put(client, **{which: ""})
    assert heading not in _overview(house, client)


def test_s17_private_notes_come_first_with_a_lock_and_public_ones_last_to_copy(house: House) -> None:
    client = house.client(name="Bistro", public_notes="Ring twice", private_notes="Pays late")
    body = _overview(house, client)
    assert body.index("Pays late") < body.index('class="tiles"') < body.index("Ring twice")
    assert 'data-copy="Ring twice"' in body
    assert 'data-copy="Pays late"' not in body


def _overview(house: House, client: Client) -> str:
    return house.office.get(f"/clients/{ids.encode(client.pk)}").content.decode()


def test_s14_the_row_opens_the_client(house: House) -> None:
    client = house.client(name="Bistro")
    row: Any = house.office.get("/clients").context["list"].table.rows[0]
    assert row.url == f"/clients/{ids.encode(client.pk)}"
    assert Browser().get(row.url).status_code == 302
    assert house.office.get(row.url).status_code == 200

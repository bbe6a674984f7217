"""Rows S37 to S41: what came and went on a client's account, what it comes to, the way to each record."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import strip_tags
from time_machine import travel

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.ledger.models import Account, Entry

from .conftest import House, text

Row = tuple[str, str, str, str, str, str]


def ledger(house: House, client: Client, query: str = "") -> Any:
    return house.office.get(f"/clients/{ids.encode(client.pk)}/tab/ledger{query}")


def rows(page: Any) -> list[Row]:
    """Kind, number, what happened, debit, credit, balance; as they read."""
    names = ("kind", "label", "note", "debit", "credit", "balance")
    return [tuple(strip_tags(str(entry[name])) for name in names) for entry in page.context["entries"]]  # type: ignore[misc]


def pay(house: House, client: Client, amount: int, invoice: Any = None) -> Any:
    parts = [{"invoice_id": invoice["id"], "amount": amount}] if invoice else []
    fields = {"client_id": ids.encode(client.pk), "amount": amount, "date": "2026-11-24", "invoices": parts}
    return house.api("POST", "payments", fields)


def bulk(house: House, path: str, action: str, record: Any) -> None:
    house.api("POST", f"{path}/bulk", {"action": action, "ids": [record["id"]]})


def test_s37_everything_that_moved_money_stands_there_newest_first(house: House) -> None:
    house.wishes(country_id="840")  # in France an issued invoice is cancelled, not deleted
    client = house.client(name="Bistro")
    key = {"client_id": ids.encode(client.pk)}
    line = {"line_items": [{"product_key": "Day", "cost": 30, "quantity": 1}]}
    house.invoice(client, sent=False)
    house.api("POST", "quotes", key | line)
    invoice = house.invoice(client)
    house.api("PUT", f"invoices/{invoice['id']}", line)
    payment = pay(house, client, 20, invoice)
    refund = {
        "id": payment["id"],
        "date": "2026-11-24",
        "invoices": [{"invoice_id": invoice["id"], "amount": 5}],
    }
    house.api("POST", "payments/refund", refund)
    other = house.invoice(client)
    bulk(house, "invoices", "cancel", other)
    bulk(house, "payments", "delete", payment)
    bulk(house, "payments", "restore", payment)
    page = ledger(house, client)
    number, paid, second = invoice["number"], payment["number"], other["number"]
    assert rows(page) == [
        ("Payment", paid, "restored", "", "€15.00", "€15.00"),
        ("Payment", paid, "deleted", "€15.00", "", "€30.00"),
        ("Invoice", second, "cancelled", "", "€100.00", "€15.00"),
        ("Invoice", second, "issued", "€100.00", "", "€115.00"),
        ("Payment", paid, "refunded", "€5.00", "", "€15.00"),
        ("Payment", paid, "received", "", "€20.00", "€10.00"),
        ("Invoice", number, "changed", "", "€70.00", "€30.00"),
        ("Invoice", number, "issued", "€100.00", "", "€100.00"),
    ]
    last = page.context["last"]
    assert (last["said"], strip_tags(last["balance"])) == ("Client created", "€0.00")
    assert re.search(r"Nov \d+, 2026", text(page))
    assert re.search(r'title="[^"]*\d{1,2}:\d{2}', page.content.decode())


def test_s37_a_deleted_and_a_restored_invoice_leave_their_trace(house: House) -> None:
    house.wishes(country_id="840")
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    bulk(house, "invoices", "delete", invoice)
    bulk(house, "invoices", "restore", invoice)
    assert [row[2:] for row in rows(ledger(house, client))] == [
        ("restored", "€100.00", "", "€100.00"),
        ("deleted", "", "€100.00", "€0.00"),
        ("issued", "€100.00", "", "€100.00"),
    ]


def test_s37_a_merge_brings_the_other_ledger_along(house: House) -> None:
    kept, gone = house.client(name="Kept"), house.client(name="Gone")
    house.invoice(kept)
    house.invoice(gone)
    house.office.post(f"/clients/{ids.encode(gone.pk)}/merge", {"kept": ids.encode(kept.pk)})
    kept.refresh_from_db()
    assert kept.balance == 200
    assert rows(ledger(house, kept))[0][5] == "€200.00"


@travel(datetime(2026, 3, 2, 13, 5, tzinfo=UTC), tick=False)
def test_s37_each_row_says_the_day_and_the_time(house: House) -> None:
    client = house.client(name="Bistro")
    house.invoice(client)
    page = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/ledger")
    (entry,) = page.context["entries"]
    assert (entry["on"], entry["time"]) == (date(2026, 3, 2), "2:05 p.m.")
    assert '<span class="sub">2:05 p.m.</span>' in page.content.decode()


def test_s38_the_sum_of_the_rows_is_the_balance_at_all_times(house: House) -> None:
    """Random lives are led in tests/stories/test_books_always_balance.py."""
    client = house.client(name="Bistro")

    def agrees() -> None:
        client.refresh_from_db()
        amounts = Entry.objects.filter(client=client, account=Account.RECEIVABLE).values_list(
            "amount", flat=True
        )
        assert sum(amounts, Decimal(0)) == client.balance

    invoice = house.invoice(client)
    agrees()
    payment = pay(house, client, 60, invoice)
    agrees()
    bulk(house, "payments", "delete", payment)
    agrees()
    bulk(house, "invoices", "cancel", invoice)
    agrees()
    assert client.balance == 0


def test_s39_debits_and_credits_have_columns_colours_and_signs(house: House) -> None:
    client = house.client(name="Bistro")
    pay(house, client, 40, house.invoice(client))
    body = ledger(house, client).content.decode()
    assert re.search(r'<td class="end debit phone-end"><bdi class="num">€100.00</bdi></td>', body)
    assert re.search(r'<td class="end credit phone-end">−&#8239;<bdi class="num">€40.00</bdi></td>', body)
    heads = re.findall(r"<th[^>]*>([^<]+)</th>", body)
    assert heads[-6:] == ["Date", "Record", "What happened", "Debit", "Credit", "Balance"]


def test_s39_what_changed_nothing_is_no_row(house: House) -> None:
    house.wishes(country_id="840")
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    house.api("PUT", f"invoices/{invoice['id']}", {"public_notes": "Thank you"})
    assert len(rows(ledger(house, client))) == 1


def test_s39_a_period_begins_with_what_was_carried_forward(house: House) -> None:
    client = house.client(name="Bistro")
    house.invoice(client)
    page = ledger(house, client, "?period=2020-01-01..2020-12-31")
    assert rows(page) == []
    page = ledger(house, client, "?period=month")
    assert (page.context["last"]["said"], strip_tags(page.context["last"]["balance"])) == (
        "Balance carried forward",
        "€0.00",
    )
    assert len(rows(page)) == 1


def test_s39_the_ledger_can_be_kept_as_a_file(house: House) -> None:
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    pay(house, client, 40, invoice)
    answer = ledger(house, client, "?export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    kept = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert kept[0] == [
        "Date", "Record", "Number", "What happened", "Debit", "Credit", "Balance", "Currency",
    ]  # fmt: skip
    assert [row[1:] for row in kept[1:]] == [
        ["Payment", "0001", "received", "", "40", "60", "EUR"],
        ["Invoice", invoice["number"], "issued", "100", "", "100", "EUR"],
    ]
    assert ledger(house, client, "?export=xlsx").getvalue().startswith(b"PK")


def test_s40_a_row_is_a_link_with_the_number(house: House) -> None:
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    payment = pay(house, client, 40, invoice)
    body = ledger(house, client).content.decode()
    for path, record in (("invoices", invoice), ("payments", payment)):
        assert f'<a class="name" href="/{path}/{record["id"]}">{record["number"]}</a>' in body


def test_s41_the_link_opens_the_record_even_a_deleted_one(house: House) -> None:
    house.wishes(country_id="840")
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    payment = pay(house, client, 40)
    bulk(house, "invoices", "delete", invoice)
    bulk(house, "payments", "delete", payment)
    for url in {entry["url"] for entry in ledger(house, client).context["entries"]} | {
        f"/payments/{payment['id']}"
    }:
        page = house.office.get(url)
        assert page.status_code == 200, url
        assert "Deleted" in text(page), url


def test_s37_a_long_ledger_turns_its_pages_and_ends_with_the_beginning(house: House) -> None:
    client = house.client(name="Bistro")
    for _n in range(51):
        house.invoice(client)
    first = ledger(house, client)
    assert (len(rows(first)), first.context["last"], rows(first)[0][5]) == (50, None, "€5,100.00")
    rest = house.office.get(first.context["next_url"])
    assert [row[5] for row in rows(rest)] == ["€100.00"]
    assert rest.context["last"]["said"] == "Client created"
    assert rest.context["next_url"] == ""

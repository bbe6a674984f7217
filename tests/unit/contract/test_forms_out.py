"""Every field form, from the database to the wire."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from comptoir.clients.models import Client, Contact
from comptoir.contract.fetching import fetch
from comptoir.contract.fields import (
    Amount,
    Code,
    Constant,
    DayTime,
    Deleted,
    Derived,
    Flag,
    Json,
    Key,
    Masked,
    Moment,
    Secret,
    Settings,
    Text,
    Whole,
)
from comptoir.contract.fields.objects import EXACT
from comptoir.contract.registries import Registry
from comptoir.contract.shapes import Shape
from comptoir.kernel.ids import encode
from comptoir.tenancy.keyed import fresh

WHEN = datetime(2026, 11, 24, 13, 45, 10, 987654, tzinfo=UTC)


class Shown(Shape):
    model = Client
    id = Key("pk")
    group_settings_id = Key("group")
    balance = Amount()
    name = Text()
    country_id = Code()
    modules = Whole("last_login", sql="{t}.id + 41")
    is_tax_exempt = Flag()
    is_deleted = Deleted()
    last_login = Moment()
    last_login_text = DayTime("last_login")
    archived_at = Moment()
    settings = Settings()
    tax_info = Json()
    password = Masked("private_notes")
    hidden = Secret("private_notes")
    entity_type = Constant("client")
    hash = Derived(lambda pk, name: f"{pk}:{name}", "pk", "name")
    later = Derived(default={"a": 1})
    renamed = Text("phone", wire="class")
    odd = Text(sql={"sqlite": "upper({t}.name)", "postgresql": "upper({t}.name)"})


def shown(client: Client) -> dict[str, Any]:
    (row,) = fetch(Registry().plan(Shown), [client.pk])
    return json.loads(EXACT.encode(row), parse_float=Decimal)


@pytest.fixture
def client(scope: Any) -> Client:
    return Client.objects.create(
        name="<b>Ann</b>",
        balance=Decimal("12.500000"),
        is_tax_exempt=True,
        last_login=WHEN,
        country_id="250",
        settings={"currency_id": "3", "rate": 75.5},
        private_notes="secret",
        phone="1",
    )


def test_a_row_as_the_wire_wants_it(client: Client) -> None:
    assert shown(client) == {
        "id": encode(client.pk),
        "group_settings_id": "",
        "balance": Decimal("12.5"),
        "name": "<b>Ann</b>",
        "country_id": "250",
        "modules": client.pk + 41,
        "is_tax_exempt": True,
        "is_deleted": False,
        "last_login": 1795527910,
        "last_login_text": "2026-11-24 13:45:10",
        "archived_at": 0,
        "settings": {"currency_id": "3", "rate": Decimal("75.5")},
        "tax_info": {},
        "password": "**********",
        "entity_type": "client",
        "hash": f"{client.pk}:<b>Ann</b>",
        "later": {"a": 1},
        "class": "1",
        "odd": "<B>ANN</B>",
    }


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("100", "100"),
        ("-100", "-100"),
        ("0.1", "0.1"),
        ("0.000001", "0.000001"),
        ("-0.5", "-0.5"),
        ("12.50", "12.5"),
        ("9223372036854", "9223372036854"),
        ("1234567890.123456", "1234567890.123456"),
    ],
)
def test_amounts_go_out_digit_by_digit(scope: Any, amount: str, text: str) -> None:
    client = Client.objects.create(balance=Decimal(amount))
    (row,) = fetch(Registry().plan(Shown), [client.pk])
    assert f'"balance":{text},'.encode() in EXACT.encode(row)


def test_nothing_is_never_null(scope: Any) -> None:
    client = Client.objects.create()
    row = shown(client)
    assert None not in row.values()
    assert (row["last_login"], row["last_login_text"], row["password"], row["settings"]) == (0, "", "", {})
    assert (row["name"], row["country_id"], row["is_tax_exempt"]) == ("", "", False)


def test_a_shared_default_is_not_shared_between_rows(scope: Any) -> None:
    keys = [Client.objects.create().pk, Client.objects.create().pk]
    first, second = fetch(Registry().plan(Shown), keys)
    first["later"]["a"] = 2
    assert second["later"] == {"a": 1}


def test_rows_come_in_the_order_of_their_keys(scope: Any) -> None:
    keys = [Client.objects.create(name=name).pk for name in "abc"]
    wanted = [keys[2], 10**9, keys[0]]
    assert [row["name"] for row in fetch(Registry().plan(Shown), wanted)] == ["c", "a"]
    assert fetch(Registry().plan(Shown), []) == []


def test_dates_have_no_time() -> None:
    from comptoir.contract.fields import Day

    assert Day().form("t.date", "sqlite") == "CAST(t.date AS TEXT)"
    assert "YYYY-MM-DD" in Day().form("t.date", "postgresql")


def test_the_statement_is_written_for_both_databases() -> None:
    lite, heavy = Shown.compiled("sqlite"), Shown.compiled("postgresql")
    assert 'unixepoch(t."last_login")' in lite.select
    assert 'floor(extract(epoch from t."last_login"))::bigint' in heavy.select
    assert 't."settings"::text' in heavy.select
    assert lite.slots['t."id"'] == heavy.slots['t."id"'] == 0


def test_a_column_is_read_once(scope: Any) -> None:
    assert Shown.compiled("sqlite").select.count('t."name"') == 1
    Contact.objects.create(client=Client.objects.create(), **fresh("contact"))


def test_a_blank_record_has_every_key() -> None:
    blank = Shown.empty()
    assert "hidden" not in blank
    assert (blank["id"], blank["balance"], blank["is_deleted"], blank["settings"]) == ("", 0, False, {})
    assert blank["entity_type"] == "client"
    assert blank["later"] == {"a": 1}
    assert blank["later"] is not Shown.fields["later"].default

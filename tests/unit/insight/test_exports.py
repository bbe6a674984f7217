"""What is exported opens harmlessly in a spreadsheet, and an import brings it back as it was (S7)."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.clients.purging import purge_client
from comptoir.insight.exports.declaring import Column
from comptoir.insight.exports.sheets import SHEETS
from comptoir.insight.exports.tables import csv_text, workbook
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.insight.imports.running import run_import
from comptoir.insight.imports.sheets import Manner
from comptoir.insight.imports.sheets import rows as read
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 11, 24)
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "\t=1", "\r=1", "'=1",
    "''", "-", "+33 1 23", "=", "@", "= 1", "+", "=A1;B2", '="a""b"', "-2+3+cmd|' /C'!A1", "=IMPORTXML(1)",
    "+A1", "@A1", "=1\n=2", "'quoted'", ";=1", ",=1", "|=1", "=é", "+é", "-é",
]  # fmt: skip


@pytest.fixture
def paul(db: None, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    company = factories.account_with_company(country_id="250", currency_id="3", language_id="1")
    person = factories.actor(factories.user(company, "paul@example.com", is_owner=True))
    with acting_for(company):
        yield person


def chosen(*names: str) -> list[Column]:
    return SHEETS["clients"].chosen(names)


def cells(columns: list[Column], *, everybody: bool) -> list[list[Any]]:
    keys = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    found = SHEETS["clients"].rows(keys, columns, {"everybody": everybody})
    return [[column.cell(row) for column in columns] for row in found]


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula_and_all_come_back(text: str, locale: str) -> None:
    content = "".join(csv_text(["Nom"], [[text, "x"]], locale)).encode()
    delimiter = ";" if locale == "fr" else ","
    cells = read(content, "csv", Manner("utf-8", delimiter))[1].cells
    assert cells[0] in (text, text.strip())
    assert (
        not content.decode("utf-8-sig")
        .splitlines()[1]
        .lstrip('"')
        .startswith(("=", "+", "-", "@", "\t", "\r"))
    )


def test_a_workbook_holds_texts_numbers_and_days_as_such() -> None:
    with workbook(["A", "B", "C"], [["=1+1", Decimal("12.5"), date(2026, 3, 31)]]) as book:
        content = book.read()
    assert read(content, "xlsx", Manner())[1].cells == ["=1+1", "12.5", "2026-03-31"]
    assert b"<f>" not in content


def test_each_contact_has_a_row_or_only_the_first(paul: Any) -> None:
    people = [{"first_name": "Ada", "email": "a@example.com"}, {"first_name": "Bob"}]
    create_client({"name": "Durand", "contacts": people}, by=paul, on=ON)
    create_client({"name": "Martin"}, by=paul, on=ON)
    some = chosen("client.name", "contact.first_name", "client.balance")
    assert cells(some, everybody=True) == [["Durand", "Ada", 0], ["Durand", "Bob", 0], ["Martin", "", 0]]
    assert [row[:2] for row in cells(some, everybody=False)] == [["Durand", "Ada"], ["Martin", ""]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@override_settings(LANGUAGE_CODE="fr")
def test_what_was_exported_is_imported_as_it_was(paul: Any, kind: str) -> None:
    fields = {
        "name": "=Durand & Fils",
        "id_number": "X1",
        "country_id": "56",
        "classification": "charity",
        "siret": "73282932000074",
        "is_tax_exempt": True,
        "private_notes": "- one\n- two",
        "phone": "+33 1 23",
        "settings": {"currency_id": "1", "language_id": "4", "payment_terms": "30"},
        "contacts": [
            {"first_name": "Ada", "email": "a@example.com", "send_email": False},
            {"last_name": "B"},
        ],
    }
    client = create_client(fields, by=paul, on=ON)
    before = shape(client)
    every = SHEETS["clients"].columns()
    heads, found = [str(each.label) for each in every], cells(every, everybody=True)
    if kind == "xlsx":
        with workbook(heads, found) as book:
            content = book.read()
    else:
        content = "".join(csv_text(heads, found, "fr")).encode()
    purge_client(client, by=paul, on=ON)
    file = SimpleUploadedFile(f"c.{kind}", io.BytesIO(content).read())
    run = upload_import("client", file, by=paul, on=ON)
    run = run_import(start_import(run, {}, by=paul, on=ON))
    assert (run.made, run.merged, run.refused) == (1, 1, 0)
    assert shape(Client.objects.get()) == before


def shape(client: Client) -> dict[str, Any]:
    """All that a person has typed about a client."""
    client = Client.objects.get(pk=client.pk)
    names = (
        *("name", "number", "id_number", "country_id", "classification", "siret", "siren"),
        *("is_tax_exempt", "private_notes", "phone", "settings"),
    )
    people = client.contacts.live().values_list(
        "first_name", "last_name", "email", "send_email", "is_primary"
    )
    return {name: getattr(client, name) for name in names} | {"people": list(people)}

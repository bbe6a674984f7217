"""A sum is the same wherever it is read: API, office, portal, PDF and export, held against fractions.

``tests/unit/billing/oracle.py`` is the other calculator. COMPTOIR_ORACLE_STORED says how many documents
are saved (60), COMPTOIR_ORACLE_SEED which; a failing test prints the seed.
"""

from __future__ import annotations

import os
import random
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Contact
from comptoir.config import audit
from comptoir.insight.exports.sheets import SHEETS
from comptoir.kernel import formats, ids
from comptoir.people.models import User
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests.stories.asking import App
from tests.stories.test_differences import app, clock
from tests.unit.billing.oracle import figures
from tests.unit.billing.test_totals_oracle import SEED, sketch
from tests.unit.delivery.printed import pages

__all__ = ["app", "clock"]

COUNT = int(os.environ.get("COMPTOIR_ORACLE_STORED", "60"))
CURRENCIES = {0: "45", 2: "1", 3: "89"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def stored(text: str) -> str:
    """What six decimals keep of a number."""
    return str(Decimal(text).quantize(Decimal("0.000001")))


def drawn(dice: random.Random) -> dict[str, Any]:
    """A document whose numbers a database keeps."""
    one = sketch(dice)
    for line in one["lines"]:
        for name in ("cost", "quantity", "discount"):
            line[name] = stored(line[name])
    one["discount"] = stored(one["discount"])
    one["surcharges"] = [stored(charge) for charge in one["surcharges"]]
    return one


def taxed(taxes: list[list[str]]) -> dict[str, Any]:
    return {
        f"tax_{word}{slot}": value
        for slot, (name, rate) in enumerate(taxes, 1)
        for word, value in (("name", name), ("rate", float(rate)))
    }


def body(one: dict[str, Any], client: str) -> dict[str, Any]:
    """As an app sends it."""
    lines = [
        {
            "cost": line["cost"],
            "quantity": line["quantity"],
            "discount": line["discount"],
            **taxed(line["taxes"]),
        }
        for line in one["lines"]
    ]
    charges = {f"custom_surcharge{n}": charge for n, charge in enumerate(one["surcharges"], 1)}
    return {
        "client_id": client,
        "line_items": lines,
        "discount": one["discount"],
        "is_amount_discount": one["is_amount_discount"],
        "uses_inclusive_taxes": one["inclusive"],
        **taxed(one["taxes"]),
        **charges,
    }


def clients(app: App) -> dict[tuple[int, bool], str]:
    """One for each number of decimals, and for each the same without taxes."""
    made = {}
    for places, unit in CURRENCIES.items():
        for exempt in (False, True):
            contact = {"first_name": "Paul", "email": f"p{places}{exempt}@orchard.example"}
            said = {"name": f"C{places}{exempt}", "contacts": [contact], "is_tax_exempt": exempt}
            row = app("POST", "clients", {**said, "settings": {"currency_id": unit}})
            made[places, exempt] = row["id"]
    return made


def saved(app: App, one: dict[str, Any], client: str) -> Any:
    """Its surcharges are taxed, and its sum rounded, as the company says just then."""
    company = app("GET", "companies")[0]
    taxed = {f"custom_surcharge_taxes{n}": on for n, on in enumerate(one["surcharge_taxes"], 1)}
    said = {**taxed, "settings": {"enable_rappen_rounding": one["rappen"]}}
    app("PUT", f"companies/{company['id']}", said)
    return app("POST", "invoices?mark_sent=true", body(one, client))


def told(row: Any) -> tuple[Fraction, Fraction, list[tuple[Fraction, Fraction, Fraction]]]:
    """What the API says of a saved document: amount, taxes, and of each line total, tax and gross."""
    names = ("line_total", "tax_amount", "gross_line_total")
    lines = [tuple(Fraction(line[name]) for name in names) for line in row["line_items"]]
    return Fraction(row["amount"]), Fraction(row["total_taxes"]), lines  # type: ignore[return-value]


def test_saved_documents_say_what_fractions_say(app: App) -> None:
    print(f"COMPTOIR_ORACLE_SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    dice, whose = random.Random(SEED), clients(app)
    for _n in range(COUNT):
        one = drawn(dice)
        made = saved(app, one, whose[one["precision"], one["exempt"]])
        right = figures(one)
        want = (right["amount"], right["taxes"], right["lines"])
        for row in (made, app("GET", f"invoices/{made['id']}")):
            assert told(row) == want, one
            assert Fraction(row["balance"]) == right["amount"]
    assert audit.examine() == []


def text(answer: Any) -> str:
    words = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("place", range(3))
def test_every_paper_and_page_shows_the_stored_sum(app: App, place: int) -> None:
    print(f"COMPTOIR_ORACLE_SEED={SEED}")  # noqa: T201
    dice, whose = random.Random(SEED + place), clients(app)
    one = {**drawn(dice), "rappen": False, "exempt": False, "precision": (0, 2, 3)[place]}
    row = saved(app, one, whose[one["precision"], False])
    right = figures(one)["amount"]
    amount = Decimal(right.numerator) / Decimal(right.denominator)
    unit = currency(CURRENCIES[one["precision"]])
    assert unit is not None
    written = formats.money(amount, unit, "en").replace("\N{NO-BREAK SPACE}", " ")
    invoice = Invoice.everywhere.select_related("company").get(pk=ids.decode(row["id"]))
    office = Browser(headers={"accept-language": "en"})
    office.force_login(User.objects.get(), backend=BACKEND)
    portal = Browser(headers={"accept-language": "en"})
    contact = Contact.everywhere.get(client_id=invoice.client_id)
    assert portal.get(f"/client/key_login/{contact.contact_key}").status_code == 302
    paper = " ".join(pages(app("GET", f"invoice/{row['invitations'][0]['key']}/download")))
    for where in (
        text(office.get(f"/invoices/{row['id']}")),
        text(office.get("/invoices")),
        text(portal.get(f"/client/invoices/{row['id']}")),
        text(portal.get("/client/invoices")),
        paper,
    ):
        assert written in where, (written, where, one)
    with acting_for(invoice.company):
        sheet = SHEETS["invoices"]
        columns = sheet.chosen(["invoice.amount", "invoice.balance", "invoice.total_taxes"])
        (cells,) = (
            [column.cell(found) for column in columns] for found in sheet.rows([invoice.pk], columns, {})
        )
    assert [Fraction(cell) for cell in cells[:2]] == [right, right]
    assert Fraction(cells[2]) == figures(one)["taxes"]

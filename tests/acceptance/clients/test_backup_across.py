"""Row S36: a backup made on SQLite is restored into the database of this run and back; every figure holds."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import empty_database

from .test_backup import comptoir, parts, run

pytestmark = pytest.mark.django_db  # on PostgreSQL too
OWNER = ("--email", "alice@example.com", "--password", "correct horse battery", "--company", "Bleu")

LIVE = """
import django; django.setup()
from datetime import date
from decimal import Decimal
from django.core.files.base import ContentFile
from comptoir.clients import groups
from comptoir.clients.operations import create_client, delete_clients
from comptoir.delivery.papers.keeping import keep
from comptoir.files.operations import attach_files
from comptoir.payments.operations import record_payment
from comptoir.people.models import Membership
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as send_credit
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.sales.quotes.operations import create_quote
from comptoir.tenancy.scope import acting_for
alice = Membership.everywhere.select_related('company').get(); on = date(2026, 11, 24)
with acting_for(alice.company):
    by = alice.actor()
    group = groups.create_group({"name": "Amis", "settings": {"payment_terms": "30"}}, by=by, on=on)
    people = [{"first_name": "Zoé", "email": "zoe@example.com"}, {"first_name": "Łukasz"}]
    said = {"name": "Éclair 東京", "contacts": people, "group": group, "public_notes": "a\\nb\\t\\u00a0c"}
    client = create_client(said, by=by, on=on)
    tax = {"tax_name1": "TVA", "tax_rate1": 20}
    lines = [{"product_key": "Day", "cost": "33.333333", "quantity": "3", **tax}]
    bill = mark_sent(create_invoice({"client": client, "line_items": lines}, by=by, on=on), by=by, on=on)
    part = {"invoice": bill, "amount": Decimal(50)}
    fields = {"client": client, "amount": Decimal("50.10"), "invoices": [part]}
    record_payment(fields, by=by, on=on)
    send_credit(create_credit({"client": client, "line_items": lines}, by=by, on=on), by=by, on=on)
    create_quote({"client": client, "line_items": lines}, by=by, on=on)
    attach_files(client, [ContentFile(b"%PDF-1.4 contract", "contract.pdf")], by=by, on=on)
    keep(bill, b"%PDF-1.4 as it was sent", "mailed")
    delete_clients([create_client({"name": "Gone"}, by=by, on=on)], by=by, on=on)
"""


@pytest.fixture
def database() -> Iterator[str]:
    with empty_database("restored") as address:
        yield address


def held(path: Path) -> dict[str, Any]:
    """What an archive holds: rows as objects, since PostgreSQL keeps no order of keys; files, secrets."""
    return {
        name: [json.loads(line) for line in content.splitlines()] if name.startswith("tables/") else content
        for name, content in parts(path).items()
    }


def audit(data: Path, database: str = "") -> str:
    return comptoir(data, "audit", database=database)


def test_s36_from_sqlite_into_another_database_and_back(tmp_path: Path, database: str) -> None:
    """Three archives, one after each move, hold the very same rows; and the audit is content on both."""
    here, there, again = (tmp_path / name for name in ("here", "there", "again"))
    comptoir(here, "setup", *OWNER)
    run(here, "-c", LIVE)
    first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
    assert "2 files" in comptoir(here, "backup", str(first))
    comptoir(there, "restore", str(first), database=database)
    assert audit(there, database) == audit(here)
    assert "Every figure and every file holds." in audit(there, database)
    comptoir(there, "backup", str(second), database=database)
    assert held(second) == held(first)
    comptoir(again, "restore", str(second))
    assert audit(again) == audit(here)
    comptoir(again, "backup", str(third))
    assert held(third) == held(first)
    with zipfile.ZipFile(third) as archive:
        kept = {archive.read(name) for name in archive.namelist() if name.startswith("storage/")}
    assert kept == {b"%PDF-1.4 contract", b"%PDF-1.4 as it was sent"}


def test_s36_after_the_move_new_rows_take_ids_of_their_own(tmp_path: Path, database: str) -> None:
    """Counters stand behind the ids that came along."""
    here, there = tmp_path / "here", tmp_path / "there"
    comptoir(here, "setup", *OWNER)
    run(here, "-c", LIVE)
    archive = tmp_path / "all.zip"
    comptoir(here, "backup", str(archive))
    comptoir(there, "restore", str(archive), database=database)
    more = LIVE.replace("Amis", "Voisins")
    run(there, "-c", more, database=database)
    assert "Every figure and every file holds." in audit(there, database)

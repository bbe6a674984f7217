"""A company emptied for good: by its owner, with the password, and not while the law wants its documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from comptoir.activity import worker
from comptoir.activity.models import Activity
from comptoir.catalogue.models import PaymentTerm, TaxRate
from comptoir.config import audit
from comptoir.kernel import ids
from comptoir.people.models import Membership
from comptoir.tenancy.models import Company
from comptoir.tenancy.rows import CompanyOwned
from comptoir.tenancy.scope import acting_for

from .conftest import PASSWORD, Cast, Door

TYPED = {"x_api_password": PASSWORD}
LINES = [{"product_key": "Advice", "cost": 100, "quantity": 1}]
FRANCE = {"country_id": "250", "currency_id": "3"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def busy(door: Door, *, issued: bool = True) -> None:
    """A paid invoice, a credit, a quote, a schedule and what goes with them."""
    client = door.post("clients", {"name": "Bistro", "contacts": [{"email": "bea@bistro.test"}]}).rows["id"]
    said = {"client_id": client, "line_items": LINES}
    flag = "?mark_sent=true" if issued else ""
    invoice = door.post(f"invoices{flag}", said).rows["id"]
    door.post(f"quotes{flag}", said)
    door.post("products", {"product_key": "Advice"})
    door.post("tax_rates", {"name": "VAT", "rate": 20})
    turn = {"template": "email_statement", "frequency_id": "5", "next_run": "2099-01-31"}
    assert door.post("task_schedulers", turn).status == 200
    door.post("expenses", {"amount": 5})
    if issued:
        door.post(f"invoices/{invoice}/mark_paid")
        door.post("credits?mark_sent=true", said)
    while worker.run_once() is not None:
        pass


def left(company: Company) -> dict[str, int]:
    """How many rows each table has of the company."""
    tables: list[Any] = [table for table in apps.get_models() if issubclass(table, CompanyOwned)]
    counts = {t._meta.label: t.everywhere.filter(company=company).count() for t in tables}
    return {label: count for label, count in counts.items() if count}


def at(company: Company, what: str) -> str:
    return f"companies/{what}/{ids.encode(company.pk)}"


def test_everything_goes_but_who_works_there(cast: Cast, door: Door, doras: Door, media: Path) -> None:
    busy(door)
    busy(doras)
    before, theirs = left(cast.company), left(cast.dora.company)
    door.put(f"companies/{ids.encode(cast.company.pk)}", {"settings": {"payment_terms": "30"}})
    assert door.post(at(cast.company, "purge"), **TYPED).status == 200
    after = left(cast.company)
    staying = ("people.Membership", "people.Token")
    assert {label: after.pop(label) for label in staying} == {label: before[label] for label in staying}
    assert after.pop("sealing.Seal") >= before["sealing.Seal"]
    assert after.pop("sealing.Chain") == 1
    assert after == {"activity.Activity": 1, "catalogue.PaymentTerm": 8}
    assert left(cast.dora.company) == theirs
    with acting_for(cast.company):
        assert Activity.objects.get().fact == "CompanyEmptied"
    company = Company.objects.get(pk=cast.company.pk)
    assert (company.settings["name"], company.settings.get("payment_terms")) == ("Alice Ltd", None)
    assert audit.examine() == []


def test_what_was_set_up_can_stay(cast: Cast, door: Door) -> None:
    busy(door)
    door.put(f"companies/{ids.encode(cast.company.pk)}", {"settings": {"payment_terms": "30"}})
    path = at(cast.company, "purge_save_settings").replace("companies", "migration")
    assert door.post(path, **TYPED).status == 200
    with acting_for(cast.company):
        assert (TaxRate.objects.count(), PaymentTerm.objects.count()) == (1, 8)
    assert door.get("clients").rows == []
    assert door.get("products").rows == []
    assert door.get("task_schedulers").rows == []
    assert Company.objects.get(pk=cast.company.pk).settings["payment_terms"] == "30"
    assert door.post("clients", {"name": "New"}).status == 200
    assert audit.examine() == []


def test_the_law_keeps_issued_documents(cast: Cast, door: Door) -> None:
    door.put(f"companies/{ids.encode(cast.company.pk)}", {"settings": FRANCE})
    busy(door)
    before = left(cast.company)
    for what in ("purge", "purge_save_settings"):
        answer = door.post(at(cast.company, what), **TYPED)
        assert (answer.status, list(answer.data["errors"])) == (422, ["id"])
        assert "The law keeps this company’s documents until" in answer.data["errors"]["id"][0]
    assert left(cast.company) == before


def test_drafts_alone_may_go(cast: Cast, door: Door) -> None:
    door.put(f"companies/{ids.encode(cast.company.pk)}", {"settings": FRANCE})
    busy(door, issued=False)
    assert door.post(at(cast.company, "purge"), **TYPED).status == 200
    assert door.get("invoices").rows == []


def test_only_the_owner_with_the_password_may(cast: Cast, door: Door, carols: Door, doras: Door) -> None:
    busy(door)
    before = left(cast.company)
    assert door.post(at(cast.company, "purge")).status == 412
    Membership.everywhere.filter(pk=cast.carol.pk).update(is_admin=True)
    assert carols.post(at(cast.company, "purge"), **TYPED).status == 401
    assert doras.post(at(cast.company, "purge"), **TYPED).status == 400
    assert left(cast.company) == before

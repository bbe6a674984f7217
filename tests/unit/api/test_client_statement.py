"""Statements at the API's door (contract rules 23)."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.delivery.mail.models import MailDelivery
from comptoir.tenancy.scope import acting_for

from .conftest import Cast, Door
from .test_charts import invoiced

SPAN = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


@pytest.fixture
def ann(door: Door) -> str:
    contact = {"first_name": "Ann", "email": "ann@example.com", "send_email": True}
    key = str(door.post("clients", {"name": "Ann", "contacts": [contact]}).rows["id"])
    invoiced(door, key, "100.10")
    return key


def mails(cast: Cast) -> list[MailDelivery]:
    with acting_for(cast.company):
        return list(MailDelivery.objects.filter(kind="statement"))


def told(cast: Cast) -> int:
    with acting_for(cast.company):
        return int(Activity.objects.filter(code=140).count())


def test_a_statement_is_a_pdf(door: Door, ann: str) -> None:
    flags = {"show_payments_table": True, "show_aging_table": True, "show_credits_table": False}
    found = door.post("client_statement", {"client_id": ann, **SPAN, **flags, "status": "all"})
    assert found.status == 200
    assert found.headers["Content-Type"] == "application/pdf"
    assert 'filename="statement-Ann-2026-01-01-2026-12-31.pdf"' in found.headers["Content-Disposition"]
    assert found.raw.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start_date": ""}, "start_date"),
        ({"end_date": "soon"}, "end_date"),
        ({"end_date": "2025-12-31"}, "end_date"),
        ({"status": "late"}, "status"),
        ({"client_id": ""}, "client_id"),
        ({"client_id": "nonsense"}, "client_id"),
        ({"show_aging_table": "perhaps"}, "show_aging_table"),
        ({"template": "nonsense"}, "template"),
    ],
)
def test_what_is_wrong_is_said_at_its_key(
    cast: Cast, door: Door, ann: str, wrong: dict[str, Any], field: str
) -> None:
    found = door.post("client_statement?send_email=true", {"client_id": ann, **SPAN, **wrong})
    assert found.status == 422
    assert list(found.data["errors"]) == [field]
    assert (mails(cast), told(cast)) == ([], 0)


def test_another_companys_client_is_as_unknown_as_none(doras: Door, cast: Cast, ann: str) -> None:
    found = doras.post("client_statement?send_email=true", {"client_id": ann, **SPAN})
    assert (found.status, list(found.data["errors"])) == (422, ["client_id"])
    assert (mails(cast), told(cast)) == ([], 0)


def test_who_may_only_look_gets_the_pdf_and_sends_nothing(carols: Door, cast: Cast, ann: str) -> None:
    body = {"client_id": ann, **SPAN}
    assert carols.post("client_statement", body).status == 200
    assert carols.post("client_statement?send_email=true", body).status == 401
    assert (mails(cast), told(cast)) == ([], 0)


def test_mailed_it_goes_to_the_contacts_and_is_told_once(door: Door, cast: Cast, ann: str) -> None:
    body = {"client_id": ann, **SPAN}
    for _time in range(2):
        found = door.post("client_statement?send_email=true", body, idempotency_key="once")
        assert (found.status, list(found.data)) == (200, ["message"])
    sent = mails(cast)
    assert [each.recipient for each in sent] == ["ann@example.com"]
    assert "$100.10" in sent[0].text
    assert sent[0].attachments[0]["options"]["wish"]["start"] == "2026-01-01"
    assert told(cast) == 1


def test_nobody_to_write_to_is_said(door: Door, cast: Cast) -> None:
    key = door.post("clients", {"name": "Bob"}).rows["id"]
    found = door.post("client_statement?send_email=true", {"client_id": key, **SPAN})
    assert (found.status, list(found.data["errors"])) == (422, ["contacts"])
    assert (mails(cast), told(cast)) == ([], 0)

"""Mailing records, mails before they are sent, and PDFs of what is typed (contract rules 22 and 27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from comptoir.delivery.mail.models import MailDelivery
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for

from .conftest import Cast, Door
from .test_charts import invoiced

LINES = [{"product_key": "Day", "cost": 500, "quantity": 2}]


@pytest.fixture
def ann(door: Door) -> str:
    contact = {"first_name": "Ann", "email": "ann@example.com", "send_email": True}
    return str(door.post("clients", {"name": "Ann Ltd", "contacts": [contact]}).rows["id"])


@pytest.fixture
def draft(door: Door, ann: str) -> str:
    return str(door.post("invoices", {"client_id": ann, "line_items": LINES}).rows["id"])


@pytest.fixture
def mails(cast: Cast) -> Iterator[Any]:
    def found() -> list[MailDelivery]:
        with acting_for(cast.company):
            return list(MailDelivery.objects.order_by("pk"))

    return found  # type: ignore[return-value]


def wish(key: str, **more: Any) -> dict[str, Any]:
    return {"entity": "invoice", "entity_id": key, "template": "email_template_invoice", **more}


def test_an_invoice_is_mailed_and_shown_as_sent(door: Door, draft: str, mails: Any) -> None:
    asked = wish(draft, subject="Yours: $amount", body="Hello $contact.first_name", cc_email="b@example.com")
    answer = door.post("emails", asked)
    assert (answer.status, answer.rows["id"], answer.rows["status_id"]) == (200, draft, "2")
    assert answer.rows["last_sent_date"] == "2026-11-24"
    [mail] = mails()
    assert (mail.recipient, mail.cc, mail.subject) == (
        "ann@example.com",
        ["b@example.com"],
        "Yours: $1,000.00",
    )
    assert "Hello Ann" in mail.text


@pytest.mark.parametrize("name", ["Invoice", "invoices", "App\\Models\\Invoice"])
def test_the_kind_may_be_named_as_apps_do(door: Door, draft: str, name: str) -> None:
    assert door.post("emails", wish(draft) | {"entity": name}).status == 200


def test_a_receipt_is_mailed(door: Door, ann: str, mails: Any) -> None:
    paid = door.post("payments", {"client_id": ann, "amount": 10}).rows["id"]
    answer = door.post(
        "emails", {"entity": "payment", "entity_id": paid, "template": "email_template_payment"}
    )
    assert (answer.status, answer.rows["id"]) == (200, paid)
    assert [(mail.kind, mail.recipient) for mail in mails()] == [("payment", "ann@example.com")]


@pytest.mark.parametrize(
    ("more", "where", "says"),
    [
        ({"template": "email_template_nothing"}, "template", "The selected template is invalid."),
        ({"cc_email": "nobody"}, "cc_email", "This is not an email address."),
        (
            {"cc_email": ",".join(f"{n}@example.com" for n in range(5))},
            "cc_email",
            "A mail goes to four copies at most.",
        ),
    ],
)
def test_what_cannot_be_sent_moves_nothing(
    door: Door, draft: str, mails: Any, more: dict[str, Any], where: str, says: str
) -> None:
    answer = door.post("emails", wish(draft, **more))
    assert (answer.status, answer.data["errors"]) == (422, {where: [says]})
    assert mails() == []
    assert door.get(f"invoices/{draft}").rows["status_id"] == "1"


def test_who_may_not_write_to_clients_mails_nothing(
    cast: Cast, door: Door, carols: Door, draft: str, mails: Any
) -> None:
    cast.carol.permissions = "edit_all,view_all,create_all,disable_emails"
    cast.carol.save(update_fields=["permissions"])
    assert carols.post("emails", wish(draft)).status == 401
    assert carols.put(f"invoices/{draft}?send_email=true", {"po_number": "7"}).status == 401
    carols.post("invoices/bulk", {"action": "email", "ids": [draft]})  # does what one may: nothing
    assert mails() == []
    found = door.get(f"invoices/{draft}").rows
    assert (found["status_id"], found["po_number"]) == ("1", "")


def test_the_history_of_mails_of_a_record_and_of_a_client(door: Door, ann: str, draft: str) -> None:
    door.post("emails", wish(draft, subject="Yours"))
    [row] = door.post("emails/entityHistory", {"entity": "invoice", "entity_id": draft}).data
    assert (row["entity"], row["entity_id"], row["subject"]) == ("invoice", draft, "Yours")
    assert (row["recipients"], row["events"][0]["status"]) == ("ann@example.com", "queued")
    assert door.post(f"emails/clientHistory/{ann}", {}).data == [row]


def test_a_mail_is_seen_before_it_is_sent(door: Door, draft: str, mails: Any) -> None:
    asked = wish(draft, subject="To $client.name", body="**$amount**")
    seen = door.post("templates", asked).data
    assert (seen["subject"], seen["raw_subject"], seen["raw_body"]) == (
        "To Ann Ltd",
        "To $client.name",
        "**$amount**",
    )
    assert "<strong>$1,000.00</strong>" in seen["body"]
    assert seen["body"] in seen["wrapper"] or "$1,000.00" in seen["wrapper"]
    assert mails() == []


def test_an_unknown_template_is_refused(door: Door) -> None:
    answer = door.post("templates", {"template": "email_template_nothing"})
    assert answer.data["errors"] == {"template": ["The selected template is invalid."]}


def test_what_is_typed_is_printed_and_nothing_is_kept(cast: Cast, door: Door, ann: str) -> None:
    answer = door.post("live_preview?entity=invoice", {"client_id": ann, "line_items": LINES})
    assert (answer.status, answer.headers["Content-Type"], answer.raw[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    with acting_for(cast.company):
        assert Invoice.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [{}, {"client_id": ""}, {"client_id": "nonsense", "date": "tomorrow", "line_items": [{"cost": "x"}]}],
)
@pytest.mark.parametrize("entity", ["invoice", "quote", "credit"])
def test_what_is_half_typed_is_printed_too(door: Door, entity: str, body: dict[str, Any]) -> None:
    assert door.post(f"live_preview?entity={entity}", body).raw[:5] == b"%PDF-"


def test_a_stored_document_is_printed_with_what_was_changed(cast: Cast, door: Door, ann: str) -> None:
    key = invoiced(door, ann, "12")
    answer = door.post(f"live_preview?entity=invoice&entity_id={key}", {"id": key, "line_items": LINES})
    assert answer.raw[:5] == b"%PDF-"
    assert door.get(f"invoices/{key}").rows["amount"] == 12


def test_documents_that_one_may_not_see_are_not_printed(door: Door, carols: Door, ann: str) -> None:
    key = invoiced(door, ann, "12")
    assert carols.post(f"live_preview?entity=invoice&entity_id={key}", {}).status == 401


def test_a_document_of_another_company_is_a_blank_one(door: Door, doras: Door, ann: str) -> None:
    path = f"live_preview?entity=invoice&entity_id={invoiced(door, ann, '12')}"
    theirs, blank = doras.post(path, {}), doras.post("live_preview?entity=invoice", {})
    assert len(theirs.raw) == len(blank.raw)


def test_a_mail_that_came_back_leaves_once_more(
    cast: Cast, door: Door, doras: Door, carols: Door, draft: str, ann: str
) -> None:
    door.post("emails", wish(draft))
    with acting_for(cast.company):
        MailDelivery.objects.update(state="failed", error="550 No such mailbox")
    (shown,) = door.post(f"emails/clientHistory/{ann}").data
    event = shown["events"][0]
    bounce = event["bounce_id"]
    assert (event["status"], event["delivery_message"]) == ("bounced", "550 No such mailbox")
    assert carols.post(f"reactivate_email/{bounce}").status == 401
    assert doras.post(f"reactivate_email/{bounce}").status == 400
    for unknown in ("unknown", "VolejRejNZ"):
        assert door.post(f"reactivate_email/{unknown}").status == 400
    assert door.post(f"reactivate_email/{bounce}").data == {"message": "The mail is on its way once more."}
    (again,) = door.post(f"emails/clientHistory/{ann}").data
    assert (again["events"][0]["status"], again["events"][0]["bounce_id"]) == ("queued", "")
    assert door.post(f"reactivate_email/{bounce}").status == 400

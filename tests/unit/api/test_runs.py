"""Templates run over records by the API: asked for in bulk, polled, mailed."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.delivery.mail.attachments import made as attachments
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Bundle
from comptoir.tenancy.scope import acting_for
from tests.unit.api.conftest import Cast, Door
from tests.unit.delivery.printed import pages


def client(door: Door, name: str, *costs: int) -> str:
    key = str(door.post("clients", {"name": name}).rows["id"])
    for cost in costs:
        lines = [{"product_key": "Day", "cost": cost, "quantity": 1}]
        door.post("invoices?mark_sent=true", {"client_id": key, "line_items": lines})
    return key


def template(door: Door, body: str, entities: str = "client", **more: Any) -> str:
    row = {"name": "List", "design": {"body": body}, "is_template": True, "entities": entities, **more}
    answer = door.post("designs", row)
    assert answer.status == 200, answer.raw
    return str(answer.rows["id"])


def asked(door: Door, path: str, keys: list[str], design: str, **more: Any) -> Any:
    return door.post(f"{path}/bulk", {"action": "template", "ids": keys, "template_id": design, **more})


def work(cast: Cast) -> None:
    jobs.discover()
    Job.objects.exclude(name="papers.bundle").update(state=Job.State.DONE)
    while worker.run_once() is not None:
        pass


def printed(door: Door, cast: Cast, path: str, keys: list[str], design: str) -> list[str]:
    """The pages of a run, polled until it is there."""
    answer = asked(door, path, keys, design)
    assert answer.status == 200, answer.raw
    at = f"templates/preview/{answer.data['message']}"
    waiting = door.post(at)
    assert (waiting.status, waiting.data["message"]) == (409, "This document is not ready yet.")
    work(cast)
    ready = door.post(at)
    assert (ready.status, ready.headers["Content-Type"]) == (200, "application/pdf"), ready.raw
    return pages(ready.raw)


def test_a_page_for_each_client_with_what_belongs_to_it(cast: Cast, door: Door) -> None:
    keys = [client(door, "Ann", 10, 20), client(door, "Bob", 5)]
    design = template(
        door,
        '<h1>$title of $client.name</h1><p data-each="invoices">$invoice.number $invoice.amount</p>'
        "<b>$invoices.count: $invoices.balance</b>",
    )
    assert printed(door, cast, "clients", keys, design) == [
        "List of Ann 0001 $10.00 0002 $20.00 2: $30.00",
        "List of Bob 0003 $5.00 1: $5.00",
    ]


def test_all_records_on_one_page_where_the_template_repeats_them(cast: Cast, door: Door) -> None:
    client(door, "Ann", 10, 20)
    keys = [row["id"] for row in door.get("invoices?sort=id|asc").rows]
    body = (
        '<table><tr data-each="invoices"><td>$invoice.number $client.name $invoice.amount</td></tr></table>'
    )
    design = template(door, f"{body}$invoices.count = $invoices.amount", "invoice")
    assert printed(door, cast, "invoices", keys[::-1], design) == [
        "0002 Ann $20.00 0001 Ann $10.00 2 = $30.00"
    ]


def test_a_document_has_all_that_its_design_has(cast: Cast, door: Door) -> None:
    client(door, "Ann", 10)
    key = door.get("invoices").rows[0]["id"]
    body = '<p>$entity $number</p><p data-each="products">$product.item</p><p>$total</p>'
    assert printed(door, cast, "invoices", [key], template(door, body, "invoice")) == [
        "Invoice 0001 Day $10.00"
    ]


def test_a_payment_names_its_invoices(cast: Cast, door: Door) -> None:
    ann = client(door, "Ann", 10)
    invoice = door.get("invoices").rows[0]["id"]
    parts = [{"invoice_id": invoice, "amount": 10}]
    paid = door.post("payments", {"client_id": ann, "amount": 12, "invoices": parts, "type_id": "1"}).rows
    body = '<p>$number $amount $payment.unapplied</p><p data-each="invoices">$invoice.number $invoice.applied'
    assert printed(door, cast, "payments", [paid["id"]], template(door, body, "payment")) == [
        "0001 $12.00 $2.00 0001 $10.00"
    ]


def test_it_is_mailed_to_the_person_who_asks(cast: Cast, door: Door) -> None:
    keys = [client(door, "Ann")]
    answer = asked(door, "clients", keys, template(door, "<p>$client.name</p>"), send_email=True)
    assert answer.data == {"message": "The document is being prepared; you will receive it by e-mail."}
    with acting_for(cast.company):
        (mail,) = MailDelivery.objects.all()
        (file,) = attachments(mail.attachments)
        assert (mail.recipient, mail.subject, file.name) == ("alice@example.com", "List", "list.pdf")
        assert pages(file.content) == ["Ann"]
        assert Bundle.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"template_id": ""}, "There is no such template."),
        ({"template_id": "Wpmbk5ezJn"}, "There is no such template."),
        ({"entities": "payment"}, "This template is not made for these records."),
        ({"is_template": False}, "There is no such template."),
    ],
)
def test_what_is_no_template_of_these_records_is_refused(
    cast: Cast, door: Door, wrong: dict[str, Any], sentence: str
) -> None:
    key = template(door, "<p>x</p>", **{k: v for k, v in wrong.items() if k != "template_id"})
    answer = asked(door, "clients", [client(door, "Ann")], wrong.get("template_id", key))
    assert (answer.status, answer.data["errors"]) == (422, {"template_id": [sentence]})
    with acting_for(cast.company):
        assert Bundle.objects.count() == 0


def test_nobody_else_may_fetch_it_and_what_one_may_not_see_is_not_in_it(
    cast: Cast, door: Door, carols: Door, doras: Door
) -> None:
    """Carol sees clients, but no invoice and nothing of what they owe."""
    keys = [client(door, "Ann", 10)]
    body = '<p>$client.name [$client.balance] $invoices.count<i data-each="invoices">$invoice.number</i></p>'
    design = template(door, body)
    run = asked(door, "clients", keys, design).data["message"]
    work(cast)
    assert [each.post(f"templates/preview/{run}").status for each in (carols, doras, door)] == [409, 409, 200]
    assert door.post("templates/preview/unknown").status == 409
    assert printed(carols, cast, "clients", keys, design) == ["Ann [] 0"]
    assert printed(door, cast, "clients", keys, design) == ["Ann [$10.00] 10001"]


def test_a_template_that_went_away_says_so(cast: Cast, door: Door) -> None:
    design = template(door, "<p>x</p>")
    run = asked(door, "clients", [client(door, "Ann")], design).data["message"]
    door.delete(f"designs/{design}")
    work(cast)
    answer = door.post(f"templates/preview/{run}")
    assert (answer.status, answer.data["message"]) == (422, "The template is not there any more.")


def test_lists_offer_the_action(door: Door) -> None:
    for entity in ("client", "invoice", "quote", "credit", "payment", "recurring_invoice"):
        assert "template" in door.post(f"filters/{entity}").data

"""Templates in the office: made in the settings, run from the kebab of a record or over ticked rows."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Bundle
from comptoir.delivery.pdf.own.remarks import remarks
from comptoir.delivery.runs.subjects import LISTS, NAMES, SUBJECTS
from comptoir.designs.models import Design
from comptoir.designs.starting import STARTS, template
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from tests.unit.delivery.printed import pages

from . import papers
from .conftest import Office
from .reading import faults, labels, text, toasts

AT = "/settings/designs/own"


def kept(office: Office, body: str, *entities: str, name: str = "List") -> str:
    said = {"name": name, "design.body": body, "is_template": "1", "entities": list(entities)}
    answer = office.browser().post(f"{AT}/new", said)
    assert answer.status_code == 302, faults(answer)
    return ids.encode(Design.objects.get(name=name).pk)


def work() -> None:
    jobs.discover()
    Job.objects.exclude(name="papers.bundle").update(state=Job.State.DONE)
    while worker.run_once() is not None:
        pass


def test_a_template_is_begun_from_one_of_ours_and_saved(office: Office) -> None:
    page = office.browser().get(f"{AT}/new?start=statement")
    values = page.context["form"].values
    assert (values["name"], values["is_template"], values["entities"]) == (
        "Statement of account",
        True,
        ["client"],
    )
    assert values["design.body"] == template("statement")["body"]
    kept(office, "<p>$client.name</p>", "client", "payment")
    design = Design.objects.get()
    assert (design.is_template, design.entities) == (True, "client,payment")
    assert "Template: Clients, Payments" in text(office.browser().get(AT))
    key = ids.encode(design.pk)
    office.browser().post(f"{AT}/{key}/edit", {"name": "List", "design.body": "x", "is_template": ""})
    design.refresh_from_db()
    assert (design.is_template, design.entities) == (False, "")


def test_kinds_that_an_app_wrote_with_spaces_are_ticked_and_listed(office: Office) -> None:
    key = kept(office, "<p>$client.name</p>", "client")
    Design.objects.update(entities="client, payment")
    values = office.browser().get(f"{AT}/{key}/edit").context["form"].values
    assert values["entities"] == ["client", "payment"]
    assert "Template: Clients, Payments" in text(office.browser().get(AT))


def test_saving_keeps_what_a_design_of_documents_is_meant_for(office: Office) -> None:
    """Its ticks are sent although they are hidden; a kind that an app wrote has none."""
    key = kept(office, "<p>$number</p>", "invoice")
    Design.objects.update(is_template=False, entities="statement,invoice")
    form = office.browser().get(f"{AT}/{key}/edit").context["form"]
    said = {"name": "Other", "design.body": "y", "is_template": "", "entities": form.values["entities"]}
    office.browser().post(f"{AT}/{key}/edit", said)
    design = Design.objects.get()
    assert (design.name, design.is_template, design.entities) == ("Other", False, "invoice,statement")


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.key)
def test_what_ours_name_is_known_and_they_print(office: Office, start: Any) -> None:
    invoice = papers.invoice(office.alice, office.client)
    papers.payment(office.alice, office.client, "40", of=invoice)
    assert remarks(template(start.key), names=NAMES, lists=LISTS) == []
    parts = {f"design.{part}": words for part, words in template(start.key).items()}
    said = {"name": str(start.name), "is_template": "1", "entities": [start.entity], **parts}
    drawn = office.browser().post(f"{AT}/paper", said)
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/webp")
    assert "no list" not in text(office.browser().post(f"{AT}/remarks", said))


def test_an_unknown_list_is_remarked_and_without_records_there_is_no_picture(office: Office) -> None:
    said = {"name": "x", "design.body": '<p data-each="toasters">', "is_template": "1", "entities": "quote"}
    found = text(office.browser().post(f"{AT}/remarks", said))
    assert "“toasters” is no list that can be repeated." in found
    answer = office.browser().post(f"{AT}/paper", said)
    assert (answer.status_code, "There is no record yet to show it with." in answer.content.decode()) == (
        422,
        True,
    )


def test_it_is_run_from_the_kebab_and_waited_for(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    design = kept(office, "<h1>$title: $client.name, $invoices.count</h1>", "client")
    browser, key = office.browser(), ids.encode(office.client.pk)
    actions = browser.get(f"/clients/{key}").context["kebab"]
    (url,) = [action.url for action in actions if str(action.label) == "Run a template"]
    dialog = browser.get(url)
    assert dialog.context["templates"] == [(design, "List")]
    assert dialog.context["ids"] == [key]
    answer = browser.post("/run-template/client", {"ids": [key], "template_id": design}, follow=True)
    bundle = Bundle.objects.get()
    assert answer.redirect_chain == [(f"/bundles/{ids.encode(bundle.pk)}", 302)]
    assert "List" in text(answer)
    work()
    assert "The PDF is ready." in text(browser.get(f"/bundles/{ids.encode(bundle.pk)}"))
    file = browser.get(f"/bundles/{ids.encode(bundle.pk)}/file")
    assert pages(file.content) == [f"List: {office.client.display_name}, 1"]


@pytest.mark.parametrize("path", ["/clients", "/invoices", "/payments", "/recurring"])
def test_lists_offer_it_for_ticked_rows(office: Office, path: str) -> None:
    paid = papers.invoice(office.alice, office.client)
    papers.payment(office.alice, office.client, "40", of=paid)
    bulk = office.browser().get(path).context["list"].table.bulk
    assert "Run a template" in labels(bulk) or not bulk


def test_it_is_run_over_ticked_rows_or_mailed(office: Office) -> None:
    rows = [papers.invoice(office.alice, office.client) for _n in range(2)]
    design = kept(office, '<p data-each="invoices">$invoice.number;</p>', "invoice")
    keys = [ids.encode(row.pk) for row in rows]
    office.browser().post("/run-template/invoice", {"ids": keys, "template_id": design})
    assert Bundle.objects.get().document_ids == [row.pk for row in rows]
    said = {"ids": keys, "template_id": design, "send_email": "1"}
    answer = office.browser().post("/run-template/invoice", said, follow=True)
    assert toasts(answer) == ["The document is on its way to alice@example.com."]
    (mail,) = MailDelivery.objects.all()
    assert (mail.recipient, mail.subject) == ("alice@example.com", "List")
    assert Bundle.objects.count() == 1


def test_what_cannot_be_is_refused_in_the_dialog(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    design = kept(office, "x", "payment")
    key = ids.encode(Invoice.objects.get().pk)
    wrong = office.browser().post("/run-template/invoice", {"ids": [key], "template_id": design})
    assert (wrong.status_code, faults(wrong)) == (
        422,
        {"template_id": ["This template is not made for these records."]},
    )
    nothing = office.browser().post("/run-template/payment", {"ids": [key], "template_id": design})
    assert (nothing.status_code, faults(nothing)) == (422, {"": ["Choose at least one record."]})
    assert office.browser().get("/run-template/toaster").status_code == 404
    assert Bundle.objects.count() == 0


def test_without_a_template_the_dialog_says_what_one_is(office: Office) -> None:
    key = ids.encode(office.client.pk)
    assert "There is no template for these records yet." in text(
        office.browser().get(f"/run-template/client?ids={key}")
    )


def test_templates_are_no_designs_of_documents(office: Office) -> None:
    kept(office, "x", "client")
    options = text(office.browser().get("/settings/designs"))
    assert "List" not in options.partition("Design of invoices")[2].partition("Design of quotes")[0]


def test_every_name_is_written(office: Office) -> None:
    """What the editor offers is what the records say."""
    from django.utils import translation

    from comptoir.delivery.documents.facts import facts_of
    from comptoir.delivery.pdf.labels import Labels
    from comptoir.delivery.runs.subjects import DOCUMENT, PAYMENT
    from comptoir.delivery.runs.writing import Writer

    invoice = papers.invoice(office.alice, office.client)
    payment = papers.payment(office.alice, office.client, "40", of=invoice)
    facts = facts_of(invoice)
    with translation.override("en"):
        writer = Writer(facts.reader, Labels({}), has_figures=True)
        document, paid = writer.document(invoice).values, writer.payment(payment).values
    assert {f"invoice.{name}" for name in DOCUMENT} <= document.keys()
    assert {f"payment.{name}" for name in PAYMENT} <= paid.keys()
    assert set(SUBJECTS) == {"client", "invoice", "quote", "credit", "recurring_invoice", "payment"}

"""E-mails with other words, looked at first and planned; kept versions; many documents at once."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from comptoir.activity import jobs, worker
from comptoir.activity.models import Activity
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Bundle, Planned, Version
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.reading import faults, text, toasts


@pytest.fixture(autouse=True)
def at_noon(settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-11-24 12:00Z", tick=True):
        yield


def work_off() -> None:
    while worker.run_once() is not None:
        pass


def give_up(name: str, **args: int) -> None:
    """What follows a job of that name that is never run again."""
    jobs.discover()
    known = jobs.registered(name)
    assert known is not None
    assert known.given_up is not None
    known.given_up(**args)


def bill(office: Office, **more: Any) -> Invoice:
    return papers.invoice(office.alice, papers.client(office.alice, "Zinc", "bea@zinc.test"), **more)


def at(document: Invoice, *more: str) -> str:
    return "/".join(["/invoices", ids.encode(document.pk), *more])


def test_other_words_are_chosen_looked_at_and_sent(office: Office) -> None:
    invoice, browser = bill(office), office.browser()
    shown = browser.get(at(invoice, "mail?template=reminder1"))
    assert shown.context["form"].values["subject"] == f"Reminder: invoice {invoice.number} – Atelier Alice"
    looked = browser.post(
        at(invoice, "mail/look"),
        {"template": "reminder1", "subject": "Hello $number", "body": "Pay $amount!"},
    )
    assert f"Hello {invoice.number}" in text(looked)
    frame = re.search(r'src="([^"]+)"', looked.content.decode())
    assert frame is not None
    letter = browser.get(frame[1])
    assert "Pay €100.00!" in text(letter)
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert office.browser(office.carol).get(frame[1]).status_code in (403, 404)
    browser.post(at(invoice, "mail"), {**shown.context["form"].values, "body": "Please pay."})
    sent = MailDelivery.objects.get()
    assert (sent.template, "Please pay." in sent.text) == ("reminder1", True)


def test_a_draft_keeps_the_number_to_come_in_the_subject_somebody_edits(office: Office) -> None:
    browser, draft = office.browser(), bill(office, sent=False)
    assert draft.number == ""
    assert 'value="Invoice $number – ' in browser.get(at(draft, "mail")).text
    said = {"subject": "Voilà $number", "body": "Please pay.", "template": "invoice", "day": ""}
    assert browser.post(at(draft, "mail"), said).status_code == 302
    work_off()
    draft.refresh_from_db()
    assert draft.number and MailDelivery.objects.get().subject == f"Voilà {draft.number}"


def test_an_email_is_planned_shown_and_taken_back(office: Office) -> None:
    invoice, browser = bill(office), office.browser()
    words = {"template": "invoice", "subject": "Soon", "body": "Here it is.", "day": "2026-12-01"}
    answer = browser.post(at(invoice, "mail"), words, follow=True)
    assert toasts(answer) == ["It leaves by e-mail on that day."]
    assert "It leaves by e-mail on Dec 1, 2026" in text(answer)
    planned = Planned.objects.get()
    assert (planned.day, planned.subject, planned.body) == (date(2026, 12, 1), "Soon", "Here it is.")
    back = browser.post(at(invoice, "mail/back"), follow=True)
    assert "It leaves by e-mail" not in text(back)
    planned.refresh_from_db()
    assert (planned.state, MailDelivery.objects.count()) == ("cancelled", 0)


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "tomorrow"])
def test_a_day_that_cannot_be_planned_is_said_at_its_field(office: Office, day: str) -> None:
    invoice = bill(office)
    answer = office.browser().post(at(invoice, "mail"), {"subject": "S", "body": "B", "day": day})
    assert (answer.status_code, list(faults(answer))) == (422, ["day"])
    assert (Planned.objects.count(), MailDelivery.objects.count()) == (0, 0)


def test_what_was_planned_and_is_given_up_waits_no_longer(office: Office) -> None:
    invoice = bill(office)
    office.browser().post(at(invoice, "mail"), {"subject": "S", "body": "B", "day": "2026-12-01"})
    planned = Planned.objects.get()
    for _ in range(2):
        give_up("papers.send", planned=planned.pk)
    planned.refresh_from_db()
    assert (planned.state, planned.error) == (
        "failed",
        "Something went wrong on the server; the log says what.",
    )
    assert Activity.objects.filter(fact="SendingFailed").count() == 1


def test_versions_are_listed_and_open_as_they_were(office: Office) -> None:
    invoice, browser = bill(office), office.browser()
    assert "No version yet" in text(browser.get(at(invoice, "tab/versions")))
    work_off()
    version = Version.objects.get()
    shown = text(browser.get(at(invoice, "tab/versions")))
    assert "Issued" in shown
    assert version.checksum[:12] in shown
    pdf = browser.get(at(invoice, "versions", str(version.pk)))
    assert pdf.content.startswith(b"%PDF")
    assert browser.get(at(bill(office), "versions", str(version.pk))).status_code == 404
    assert office.browser(office.dora).get(at(invoice, "versions", str(version.pk))).status_code == 404


@pytest.mark.parametrize(("action", "kind"), [("zip", "application/zip"), ("print", "application/pdf")])
def test_ticked_documents_become_one_file_while_a_page_follows(
    office: Office, action: str, kind: str
) -> None:
    first, second, browser = bill(office), bill(office), office.browser()
    chosen = [ids.encode(first.pk), ids.encode(second.pk)]
    page = browser.post("/invoices/bulk", {"action": action, "ids": chosen}, follow=True)
    assert "Printing the documents… 0 / 2" in text(page)
    bundle = Bundle.objects.get()
    at_bundle = f"/bundles/{ids.encode(bundle.pk)}"
    assert browser.get(f"{at_bundle}/file").status_code == 404
    work_off()
    assert "2 documents are ready." in text(browser.get(f"{at_bundle}/progress"))
    file = browser.get(f"{at_bundle}/file")
    assert file.headers["Content-Type"] == kind
    if action == "zip":
        names = zipfile.ZipFile(io.BytesIO(file.content)).namelist()
        assert names == [f"invoice-{one.number}.pdf" for one in (first, second)]
    for other in (office.carol, office.dora):
        assert office.browser(other).get(f"{at_bundle}/file").status_code == 404


def test_a_bundle_is_stopped(office: Office) -> None:
    browser, invoice = office.browser(), bill(office)
    browser.post("/invoices/bulk", {"action": "zip", "ids": [ids.encode(invoice.pk)]})
    at_bundle = f"/bundles/{ids.encode(Bundle.objects.get().pk)}"
    assert "Stopped." in text(browser.post(f"{at_bundle}/stop", follow=True))


def test_a_bundle_whose_printing_is_given_up_is_not_waited_for(office: Office) -> None:
    browser, invoice = office.browser(), bill(office)
    browser.post("/invoices/bulk", {"action": "zip", "ids": [ids.encode(invoice.pk)]})
    bundle = Bundle.objects.get()
    give_up("papers.bundle", bundle=bundle.pk)
    shown = text(browser.get(f"/bundles/{ids.encode(bundle.pk)}"))
    assert "The documents could not be printed; the system logs say why." in shown


def test_ticked_documents_are_each_sent(office: Office) -> None:
    first, second, mute = bill(office), bill(office, sent=False), papers.invoice(office.alice, office.client)
    chosen = [ids.encode(one.pk) for one in (first, second, mute)]
    office.browser().post("/invoices/bulk", {"action": "email", "ids": chosen})
    assert sorted(MailDelivery.objects.values_list("object_id", flat=True)) == [first.pk, second.pk]
    second.refresh_from_db()
    assert (second.status_id, second.last_sent_date) == (2, date(2026, 11, 24))


def test_who_may_only_look_prints_but_sends_nothing(office: Office) -> None:
    invoice = bill(office)
    other = office.browser(office.dora)
    for action in ("zip", "email"):
        other.post("/invoices/bulk", {"action": action, "ids": [ids.encode(invoice.pk)]})
    assert (Bundle.objects.count(), MailDelivery.objects.count()) == (0, 0)

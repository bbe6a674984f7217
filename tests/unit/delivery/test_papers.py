"""Kept versions, planned sendings, and many documents as one file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.utils import timezone

from comptoir.activity import worker
from comptoir.activity.models import Job
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.delivery.documents import email_document
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.bundling import begin_bundle, stop_bundle
from comptoir.delivery.papers.keeping import content_of, is_whole, linked, versions
from comptoir.delivery.papers.models import Bundle, Planned
from comptoir.delivery.papers.planning import cancel_sending, plan_sending, send_planned
from comptoir.files import shelves, upkeep
from comptoir.kernel.refused import Refused, WrongState
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


class Cast:
    def __init__(self) -> None:
        company = factories.account_with_company(timezone_id="41", entity_send_time="6")
        self.by: dict[str, Any] = {"by": factories.actor(factories.user(company, is_owner=True)), "on": ON}
        self.company = company

    def client(self, email: str = "bea@bistro.test") -> Client:
        contacts = [{"first_name": "Bea", "email": email, "send_email": True}] if email else []
        return create_client({"name": "Bistro", "contacts": contacts}, **self.by)

    def draft(self, client: Client, cost: int = 100) -> Invoice:
        lines = [{"cost": Decimal(cost), "quantity": Decimal(1)}]
        return invoices.create_invoice({"client": client, "line_items": lines}, **self.by)

    def sent(self, client: Client, cost: int = 100) -> Invoice:
        return invoices.mark_sent(self.draft(client, cost), **self.by)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path
    cast = Cast()
    with acting_for(cast.company):
        yield cast


def work_off() -> None:
    while worker.run_once() is not None:
        pass


def test_what_was_issued_is_kept_and_chained_and_a_change_is_kept_beside_it(cast: Cast) -> None:
    invoice = cast.sent(cast.client())
    work_off()
    first = versions(invoice).get()
    content = content_of(first)
    assert (first.occasion, first.number, first.amount) == ("issued", "0001", 100)
    assert first.checksum == hashlib.sha256(content).hexdigest()
    assert first.link == linked("", first.checksum)
    assert content.startswith(b"%PDF")
    invoices.update_invoice(invoice, {"line_items": [{"cost": 80, "quantity": 1}]}, **cast.by)
    work_off()
    second = versions(invoice).last()
    assert second is not None
    assert (second.occasion, second.amount) == ("changed", 80)
    assert second.link == linked(first.link, second.checksum)
    assert content_of(first) == content
    assert set(upkeep.orphans()) == set()


def test_a_version_whose_bytes_were_changed_is_found_out(cast: Cast) -> None:
    invoice = cast.sent(cast.client())
    work_off()
    version = versions(invoice).get()
    assert is_whole(version)
    with shelves.storage().open(version.path, "wb") as file:
        file.write(b"%PDF another one")
    assert not is_whole(version)
    shelves.remove([version.path])
    assert not is_whole(version)


def test_drafts_are_not_kept_and_the_same_print_is_kept_once(cast: Cast) -> None:
    draft = cast.draft(cast.client())
    invoices.update_invoice(draft, {"po_number": "7"}, **cast.by)
    work_off()
    assert versions(draft).count() == 0
    email_document(draft, **cast.by)
    work_off()
    kept = [one.occasion for one in versions(draft)]
    email_document(draft, **cast.by)
    work_off()
    assert [one.occasion for one in versions(draft)] == kept
    assert MailDelivery.objects.count() == 2


def test_a_planned_document_leaves_at_the_send_hour_of_its_day_exactly_once(cast: Cast) -> None:
    invoice = cast.draft(cast.client())
    planned = plan_sending(invoice, date(2026, 3, 10), **cast.by)
    assert planned.moment == datetime(2026, 3, 10, 5, tzinfo=UTC)  # six o'clock in Paris
    assert Job.objects.get(name="papers.send").run_at == planned.moment
    with time_machine.travel("2026-03-10 04:59Z", tick=False):
        work_off()
    assert MailDelivery.objects.count() == 0
    with time_machine.travel("2026-03-10 05:00Z", tick=False):
        work_off()
    send_planned(planned=planned.pk)
    send_planned(planned=planned.pk)
    planned.refresh_from_db()
    invoice.refresh_from_db()
    assert (planned.state, MailDelivery.objects.count(), invoice.status_id) == ("sent", 1, 2)
    assert (invoice.number, invoice.last_sent_date) == ("0001", date(2026, 3, 10))


def test_a_plan_is_replaced_taken_back_and_then_nothing_leaves(cast: Cast) -> None:
    invoice = cast.draft(cast.client())
    first = plan_sending(invoice, date(2026, 3, 10), **cast.by)
    second = plan_sending(invoice, date(2026, 3, 12), **cast.by)
    first.refresh_from_db()
    assert (first.state, Planned.objects.filter(state="waiting").get()) == ("cancelled", second)
    cancel_sending(invoice, **cast.by)
    for planned in (first, second):
        send_planned(planned=planned.pk)
    assert MailDelivery.objects.count() == 0
    with pytest.raises(WrongState):
        cancel_sending(invoice, **cast.by)


@pytest.mark.parametrize(
    ("day", "template", "email", "field"),
    [
        (ON, "", "a@b.test", "day"),
        (date(2026, 3, 10), "no_such", "a@b.test", "template"),
        (date(2026, 3, 10), "", "", "contacts"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_and_nothing_waits(
    cast: Cast, day: date, template: str, email: str, field: str
) -> None:
    invoice = cast.draft(cast.client(email))
    with pytest.raises(Refused) as refusal:
        plan_sending(invoice, day, template=template, **cast.by)
    assert list(refusal.value.errors) == [field]
    assert (Planned.objects.count(), Job.objects.filter(name="papers.send").count()) == (0, 0)


def test_a_document_that_went_meanwhile_is_said_and_not_sent(cast: Cast) -> None:
    invoice = cast.draft(cast.client())
    planned = plan_sending(invoice, date(2026, 3, 10), **cast.by)
    invoices.delete_invoice(invoice, **cast.by)
    send_planned(planned=planned.pk)
    planned.refresh_from_db()
    assert (planned.state, bool(planned.error), MailDelivery.objects.count()) == ("failed", True, 0)


def test_an_archive_holds_every_document_and_one_pdf_all_their_pages(cast: Cast) -> None:
    client = cast.client()
    bills = [cast.sent(client, cost) for cost in (10, 20, 30)]
    for form in ("zip", "pdf"):
        bundle = begin_bundle(bills, form, by=cast.by["by"])
        assert (bundle.done, bundle.total, bundle.state) == (0, 3, "waiting")
        work_off()
        bundle.refresh_from_db()
        assert (bundle.done, bundle.state) == (3, "ready")
        with shelves.storage().open(bundle.path) as file:
            content = file.read()
        if form == "zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert archive.namelist() == [f"invoice-000{n}.pdf" for n in (1, 2, 3)]
        else:
            assert len(pypdfium2.PdfDocument(content)) == 3


def test_the_file_of_a_bundle_goes_after_a_day(cast: Cast) -> None:
    begin_bundle([cast.sent(cast.client())], "zip", by=cast.by["by"])
    work_off()
    path = Bundle.objects.get().path
    assert upkeep.remove_orphans(now=timezone.now()) == 0
    upkeep.remove_orphans(now=timezone.now() + timedelta(days=2))
    assert not shelves.storage().exists(path)
    assert is_whole(versions(Invoice.objects.get()).get())


def test_a_bundle_that_was_stopped_stays_without_a_file(cast: Cast) -> None:
    bundle = begin_bundle([cast.sent(cast.client())], "zip", by=cast.by["by"])
    stop_bundle(bundle)
    work_off()
    bundle.refresh_from_db()
    assert (bundle.state, bundle.path, bundle.done) == ("stopped", "", 0)

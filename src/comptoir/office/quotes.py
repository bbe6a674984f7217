"""Quotes in the office: the documents' pages, and their answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.office.desk import Desk
from comptoir.office.documents import mailing
from comptoir.office.documents.kinds import DRAFT, Kind, Verb, Words
from comptoir.office.documents.routes import routes
from comptoir.office.documents.signatures import proofs
from comptoir.office.invoices import INVOICES
from comptoir.sales.quotes import operations
from comptoir.sales.quotes.models import Quote, Status
from comptoir.ui.parts import Action, Detail


def narrow(rows: Any, value: str, on: date) -> Any:
    """The rows of a status of the filter."""
    if value == "sent":
        return rows.awaiting(on)
    if value == "expired":
        return rows.expired(on)
    stored = {
        "draft": Status.DRAFT,
        "approved": Status.APPROVED,
        "converted": Status.CONVERTED,
        "rejected": Status.REJECTED,
    }
    return rows.filter(status_id=stored[value]) if value in stored else rows


def expired(quote: Quote, on: date) -> tuple[Any, str] | None:
    return (pgettext_lazy("status of a quote", "Expired"), "expired") if quote.is_expired(on) else None


def is_open(quote: Quote, on: date) -> bool:
    return (
        not quote.is_deleted and quote.status_id in (Status.DRAFT, Status.SENT) and not quote.is_expired(on)
    )


def can_become_invoice(quote: Quote, on: date) -> bool:
    return not quote.is_deleted and quote.invoice_id is None and quote.status_id != Status.REJECTED


def actions(place: Desk, document: BillingDocument) -> list[Action]:
    """The next step first: send it, then make an invoice of it."""
    assert isinstance(document, Quote)
    if document.is_deleted or not place.may("edit", "quote", document):
        return []
    send = Action(_("Send by e-mail"), QUOTES.url("mail", document), "send", "dialog")
    if document.status_id == Status.APPROVED and place.may("create", "invoice"):
        at = QUOTES.url("act", document, "convert")
        return [Action(_("Turn into an invoice"), at, "file-invoice", "post"), send]
    return [send]


def more_details(quote: Quote) -> list[Detail]:
    """What became of it."""
    found = []
    if quote.invoice is not None:
        label = quote.invoice.number or _("No number yet")
        found.append(Detail(_("Invoice"), label, url=INVOICES.url("show", quote.invoice)))
    said = quote.approval
    if said.get("by") and quote.status_id != Status.REJECTED:
        found.append(Detail(_("Approved by"), str(said["by"])))
    found += proofs(quote)
    if said.get("reason"):
        found.append(Detail(_("Reason"), str(said["reason"])))
    return found


QUOTES = Kind(
    key="quotes",
    entity="quote",
    model=Quote,
    icon="file-text",
    words=Words(
        one=gettext_lazy("Quote"),
        many=gettext_lazy("Quotes"),
        new=gettext_lazy("New quote"),
        edit=gettext_lazy("Edit quote"),
        none_yet=gettext_lazy("No quote here"),
        none_text=gettext_lazy("Offer something: your client can approve it online."),
        search=gettext_lazy("Number, client, line…"),
        created=gettext_lazy("The quote is saved."),
        saved=gettext_lazy("The quote is saved."),
        deleted=pgettext_lazy("status of a quote", "Deleted"),
        archived=pgettext_lazy("status of a quote", "Archived"),
        due=gettext_lazy("Valid until"),
    ),
    create=operations.create_quote,
    update=operations.update_quote,
    own_columns=("invoice",),
    wants_money=False,
    statuses={
        Status.DRAFT: (DRAFT, "draft"),
        Status.SENT: (pgettext_lazy("status of a quote", "Sent"), "sent"),
        Status.APPROVED: (pgettext_lazy("status of a quote", "Approved"), "approved"),
        Status.CONVERTED: (pgettext_lazy("status of a quote", "Converted"), "converted"),
        Status.REJECTED: (pgettext_lazy("status of a quote", "Rejected"), "rejected"),
    },
    live_status=expired,
    narrow=narrow,
    filters=(
        ("draft", gettext_lazy("Drafts")),
        ("sent", gettext_lazy("Awaiting an answer")),
        ("approved", pgettext_lazy("quotes", "Approved")),
        ("expired", pgettext_lazy("quotes", "Expired")),
        ("converted", pgettext_lazy("quotes", "Converted")),
        ("rejected", pgettext_lazy("quotes", "Rejected")),
    ),
    more_details=more_details,
    extra_actions=actions,
    verbs=(
        Verb(
            "mark_sent", gettext_lazy("Mark as sent"), "circle-check", operations.mark_sent,
            lambda quote, on: quote.is_draft and not quote.is_deleted, gettext_lazy("The quote is sent."),
            divided=True,
        ),
        Verb(
            "approve", gettext_lazy("Mark as approved"), "checks", operations.approve_quote, is_open,
            gettext_lazy("The quote is approved."),
        ),
        Verb(
            "reject", gettext_lazy("Mark as rejected"), "x", operations.reject_quote, is_open,
            gettext_lazy("The quote is rejected."),
        ),
        Verb(
            "convert", gettext_lazy("Turn into an invoice"), "file-invoice", operations.convert_quote,
            can_become_invoice, gettext_lazy("The invoice is drafted."), divided=True,
            makes=lambda quote: ("invoice",),
            then=lambda invoice: INVOICES.url("show", invoice),
        ),
        Verb(
            "archive", gettext_lazy("Archive"), "archive", operations.archive_quote,
            lambda quote, on: quote.archived_at is None, gettext_lazy("The quote is archived."),
            undo="restore", divided=True,
        ),
        Verb(
            "restore", gettext_lazy("Restore"), "archive-off", operations.restore_quote,
            lambda quote, on: quote.archived_at is not None, gettext_lazy("The quote is back."),
        ),
        Verb(
            "delete", gettext_lazy("Delete"), "trash", operations.delete_quote,
            lambda quote, on: not quote.is_deleted, gettext_lazy("The quote is deleted."),
            danger=True, undo="restore", asks=True,
        ),
    ),
)  # fmt: skip

urlpatterns = [*mailing.routes(QUOTES), *routes(QUOTES)]

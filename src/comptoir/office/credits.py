"""Credits in the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.collecting import rights
from comptoir.kernel import ids
from comptoir.numbering.rules import is_gap_free
from comptoir.office.desk import Desk
from comptoir.office.documents import mailing
from comptoir.office.documents.kinds import DRAFT, Kind, Verb, Words
from comptoir.office.documents.routes import routes
from comptoir.office.invoices import INVOICES
from comptoir.office.links import page_url
from comptoir.payments.reversing import mark_credit_paid
from comptoir.sales.credits import operations
from comptoir.sales.credits.models import Credit, Status
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.ui.parts import Action, Detail


def narrow(rows: Any, value: str, on: date) -> Any:
    """The rows of a status of the filter."""
    states = {
        "draft": (Status.DRAFT,),
        "open": (Status.SENT, Status.PARTIAL),
        "applied": (Status.APPLIED,),
    }
    if value == "applicable":
        return rows.applicable(on)
    return rows.filter(status_id__in=states[value]) if value in states else rows


def actions(place: Desk, document: BillingDocument) -> list[Action]:
    assert isinstance(document, Credit)
    if document.is_deleted or not place.may("edit", "credit", document):
        return []
    found = [Action(_("Send by e-mail"), CREDITS.url("mail", document), "send", "dialog")]
    if place.may("create", "payment") and is_usable(document, place.on):
        whose, which = ids.encode(document.client_id), ids.encode(document.pk)
        at = page_url("new-payment") + f"?client={whose}&credit={which}"
        found.insert(0, Action(_("Apply to invoices"), at, "file-invoice"))
    return found


def is_usable(credit: Credit, on: date) -> bool:
    """Whether it can settle invoices today."""
    return Credit.objects.filter(pk=credit.pk).applicable(on).exists()


def editable(credit: Credit, on: date) -> bool:
    """Where numbers have no gaps, an issued credit note stands as it was sent (M13)."""
    return not credit.is_deleted and (credit.is_draft or not is_gap_free("credit"))


def deletable(credit: Credit, on: date) -> bool:
    """Not one that an invoice was reversed by."""
    invoice = credit.invoice
    reverses = invoice is not None and invoice.status_id == InvoiceStatus.REVERSED
    return editable(credit, on) and (credit.is_draft or not reverses)


def asks_for_money(credit: Credit, on: date) -> bool:
    """Below zero, it is the client who pays."""
    return not credit.is_deleted and (credit.amount if credit.is_draft else credit.balance) < 0


def more_details(credit: Credit) -> list[Detail]:
    """The invoice that it corrects."""
    if credit.invoice is None:
        return []
    label = credit.invoice.number or _("No number yet")
    return [Detail(_("Corrects invoice"), label, url=INVOICES.url("show", credit.invoice))]


CREDITS = Kind(
    key="credits",
    entity="credit",
    model=Credit,
    icon="receipt-refund",
    words=Words(
        one=gettext_lazy("Credit"),
        many=gettext_lazy("Credits"),
        new=gettext_lazy("New credit"),
        edit=gettext_lazy("Edit credit"),
        none_yet=gettext_lazy("No credit here"),
        none_text=gettext_lazy("A credit note is what you owe a client; it can pay their invoices."),
        search=gettext_lazy("Number, client, line…"),
        created=gettext_lazy("The credit is saved."),
        saved=gettext_lazy("The credit is saved."),
        deleted=pgettext_lazy("status of a credit", "Deleted"),
        archived=pgettext_lazy("status of a credit", "Archived"),
        due=gettext_lazy("Valid until"),
        paid=pgettext_lazy("credit", "Used"),
        left=pgettext_lazy("credit", "Left to use"),
    ),
    create=operations.create_credit,
    update=operations.update_credit,
    own_columns=("invoice", "invoice__company", "invoice__status_id"),
    own_related=("invoice",),
    statuses={
        Status.DRAFT: (DRAFT, "draft"),
        Status.SENT: (pgettext_lazy("status of a credit", "Sent"), "sent"),
        Status.PARTIAL: (pgettext_lazy("status of a credit", "Partly used"), "partial"),
        Status.APPLIED: (pgettext_lazy("status of a credit", "Used"), "applied"),
    },
    narrow=narrow,
    filters=(
        ("draft", gettext_lazy("Drafts")),
        ("open", pgettext_lazy("credits", "Open")),
        ("applied", pgettext_lazy("credits", "Used")),
    ),
    editable=editable,
    locked=gettext_lazy("An issued credit note is locked."),
    more_details=more_details,
    extra_actions=actions,
    verbs=(
        Verb(
            "mark_sent", gettext_lazy("Mark as sent"), "circle-check", operations.mark_sent,
            lambda credit, on: credit.is_draft and not credit.is_deleted,
            gettext_lazy("The credit is issued."), divided=True,
        ),
        Verb(
            "mark_paid", pgettext_lazy("credit", "Mark as paid"), "cash", mark_credit_paid, asks_for_money,
            gettext_lazy("The payment is recorded."), makes=rights.paying,
        ),
        Verb(
            "archive", gettext_lazy("Archive"), "archive", operations.archive_credit,
            lambda credit, on: credit.archived_at is None, gettext_lazy("The credit is archived."),
            undo="restore", divided=True,
        ),
        Verb(
            "restore", gettext_lazy("Restore"), "archive-off", operations.restore_credit,
            lambda credit, on: credit.archived_at is not None, gettext_lazy("The credit is back."),
        ),
        Verb(
            "delete", gettext_lazy("Delete"), "trash", operations.delete_credit,
            deletable, gettext_lazy("The credit is deleted."),
            danger=True, undo="restore", asks=True,
        ),
    ),
)  # fmt: skip

urlpatterns = [*mailing.routes(CREDITS), *routes(CREDITS)]

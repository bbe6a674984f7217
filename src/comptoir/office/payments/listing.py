"""The list of payments."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.clients.queries import of_live_clients
from comptoir.kernel import ids
from comptoir.office import owned
from comptoir.office.assigning.entries import ASSIGN, Assigning
from comptoir.office.desk import Desk
from comptoir.office.documents.listing import (
    BY_CLIENT,
    CURRENCY,
    amount,
    by_client,
    who,
    without_rate,
)
from comptoir.office.links import page_url
from comptoir.office.lists import ListColumn, ListFilter, ListPage, Rows
from comptoir.office.lists.money import sums
from comptoir.office.lists.periods import by_date
from comptoir.office.pages import page
from comptoir.office.payments import RECEIPT, means, status, url
from comptoir.office.runs import TEMPLATE, run_action
from comptoir.office.tags.bearing import Tags
from comptoir.payments.models import Payment, Status
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action

COLUMNS: Final = (
    "company", "user", "assigned_user", "number", "status_id", "type_id", "date", "amount", "unapplied",
    "refunded",
    "currency_id", "transaction_reference", "archived_at", "deleted_at",
)  # fmt: skip
OF_CLIENT: Final = ("client__company", "client__display_name", "client__deleted_at")
FILTERS = (
    ("completed", pgettext_lazy("payments", "Received")),
    ("unapplied", gettext_lazy("With money left to apply")),
    ("refunded", pgettext_lazy("payments", "Refunded")),
)


def show(place: Desk) -> HttpResponseBase:
    """The list, or a file of what it shows."""
    rows = place.seen(of_live_clients(Payment.objects.all()), "payment")
    rows = rows.select_related("client").only(*COLUMNS, *OF_CLIENT)
    declared = list_page(place)
    if file := declared.export(place, rows):
        return file
    context = {
        "list": declared.listing(place, rows),
        "may_create": place.may("create", "payment"),
        "new_url": url("new"),
    }
    return page(place, "payments/list.html", context, module="payments")


def list_page(place: Desk) -> ListPage:
    """The declaration of the list."""
    new = [Action(_("New payment"), url("new"), "plus")] if place.may("create", "payment") else []
    tags, assigning = Tags("payment"), Assigning(place, "payment")
    return ListPage(
        name="payments",
        url=page_url("payments"),
        columns=[*_columns(), *tags.columns(), *owned.columns(place, "payment")],
        row=lambda payment, shown: _row(place, payment, shown),
        placeholder=_("Number, client, reference…"),
        filters=[
            STATUS,
            by_date(place),
            *tags.filters(),
            *assigning.filters(),
            by_client(place),
            without_rate(),
            *owned.filters(place, "payment"),
        ],
        actions=[
            Action(_("Edit"), _act_url("edit"), "pencil", key="edit"),
            *_receipt(place, _act_url("receipt")),
            Action(_("Archive"), _act_url("archive"), "archive", "post", key="archive", divided=True),
            Action(_("Restore"), _act_url("restore"), "archive-off", "post", key="restore", divided=True),
            Action(_("Delete"), _act_url("delete"), "trash", "dialog", key="delete", danger=True),
        ],
        bulk=[
            *_receipt(place, ""),
            Action(_("Archive"), "", "archive", "post", key="archive"),
            Action(_("Restore"), "", "archive-off", "post", key="restore"),
            *assigning.bulk(),
            *tags.bulk(),
            Action(_("Export"), page_url("export-payment"), "download", "dialog", key="export"),
            run_action("payment"),
            Action(_("Delete"), page_url("ask-many-payment"), "trash", "dialog", key="delete", danger=True),
        ],
        bulk_url=page_url("bulk-payment"),
        empty_title=_("No payment here"),
        empty_text=_("Enter what you received, over one invoice or several."),
        empty_icon="credit-card",
        empty_actions=new,
        exported=[CURRENCY],
        export_url=page_url("export-payment"),
        ready=tags.ready(),
        totals=lambda keys: sums(
            Payment, keys, ("amount", "unapplied", "refunded"), str(place.preferences.currency_id)
        ),
    )


def _receipt(place: Desk, at: str) -> list[Action]:
    return [Action(_("Send a receipt"), at, "send", "post", key=RECEIPT)] if place.may_send_email else []


def _columns() -> list[ListColumn]:
    quiet = partial(ListColumn, quiet=True)
    return [
        ListColumn(
            "number", _("Number"), _number, "number", strong=True, phone="main", plain=attrgetter("number")
        ),
        ListColumn("client", _("Client"), lambda row: who(row.client), BY_CLIENT, phone="sub", wide=True),
        quiet("date", _("Date"), lambda row: cells.day(row.date), "date", plain=attrgetter("date")),
        quiet("type", _("Means of payment"), means),
        quiet("reference", _("Reference"), attrgetter("transaction_reference")),
        ListColumn("status", _("Status"), _badge, phone="end"),
        amount("amount", _("Amount"), strong=True, phone="end"),
        amount("unapplied", _("To apply"), "", shown=False),
        amount("refunded", _("Refunded"), "", shown=False),
    ]


def _number(payment: Payment) -> Any:
    return cells.link(payment.number, url("show", payment))


def _act_url(name: str) -> str:
    return reverse("office:act-payment", args=["ID", name]).replace("ID", "{id}")


def _narrow(rows: Rows, value: str) -> Any:
    match value:
        case "completed":
            return rows.filter(status_id=Status.COMPLETED)
        case "unapplied":
            return rows.unapplied()  # type: ignore[attr-defined]
        case "refunded":
            return rows.filter(status_id__in=(Status.PARTLY_REFUNDED, Status.REFUNDED))
        case _:
            return rows


STATUS = ListFilter("status", gettext_lazy("Status"), FILTERS, _narrow)


def _badge(payment: Payment) -> Any:
    label, badge = status(payment)
    return cells.badge(label, status=badge)


def _row(place: Desk, payment: Payment, shown: list[Any]) -> Row:
    allowed = place.may("edit", "payment", payment)
    can = ["export", *(["restore" if payment.archived_at else "archive"] if allowed else [])]
    can += ["edit", "delete", ASSIGN, "tag"] if allowed and not payment.is_deleted else []
    can += [RECEIPT] if allowed and place.may_send_email and not payment.is_deleted else []
    can += [] if payment.is_deleted else [TEMPLATE]
    editable = allowed and not payment.is_deleted
    return Row(
        ids.encode(payment.pk),
        payment.number,
        shown,
        url("show", payment),
        url("edit", payment) if editable else "",
        can=" ".join(can),
    )

"""The page of a payment: where the money went."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.office import owned
from comptoir.office.assigning.entries import assign_actions, assigned_to
from comptoir.office.clients import client_url, named
from comptoir.office.credits import CREDITS
from comptoir.office.desk import Desk
from comptoir.office.history import history
from comptoir.office.invoices import INVOICES
from comptoir.office.links import page_url
from comptoir.office.pages import page
from comptoir.office.payments import converting, find, means, status, url
from comptoir.office.runs import run_action
from comptoir.office.tags.editing import editor
from comptoir.payments.models import Payment
from comptoir.reference import currency
from comptoir.ui.parts import Action, Crumb, Detail, Stat
from comptoir.ui.tags.figures import day, money


def show(place: Desk, key: str) -> HttpResponse:
    """The page."""
    payment = find(place, key)
    label, badge = status(payment)
    may_edit = place.may("edit", "payment", payment)
    context = {
        "payment": payment,
        "status_label": label,
        "status": badge,
        "archived_label": pgettext("status of a payment", "Archived"),
        "crumbs": [Crumb(_("Payments"), page_url("payments"))],
        "client_url": client_url(payment.client),
        "client_name": named(payment.client),
        "stats": _stats(payment),
        "parts": _parts(payment),
        "refunds": _refunds(payment),
        "details": [
            Detail(_("Date"), day(payment.date)),
            Detail(_("Means of payment"), means(payment)),
            Detail(_("Gateway"), payment.company_gateway.name if payment.company_gateway else ""),
            Detail(_("Reference"), payment.transaction_reference, copy=True),
            *converting.details(payment),
            assigned_to(payment),
            *owned.details(place, "payment", payment),
        ],
        "kebab": kebab(place, payment) if may_edit else [],
        "edit_url": url("edit", payment) if may_edit and not payment.is_deleted else "",
        "apply_url": url("apply", payment) if may_edit and _is_applicable(payment) else "",
        "refund_url": url("refund", payment) if may_edit and is_refundable(payment) else "",
        "activity": history(place, "payment", payment.pk),
        "editor": editor(place, payment),
    }
    return page(place, "payments/show.html", context, module="payments")


def is_refundable(payment: Payment) -> bool:
    """Whether some of it can still go back."""
    return not payment.is_deleted and payment.amount > payment.refunded


def _is_applicable(payment: Payment) -> bool:
    return not payment.is_deleted and payment.unapplied > 0


def _stats(payment: Payment) -> list[Stat]:
    unit = currency(payment.currency_id)
    return [
        Stat(_("Amount"), money(payment.amount, unit)),
        Stat(_("Applied"), money(payment.applied, unit)),
        Stat(_("To apply"), money(payment.unapplied, unit)),
        Stat(_("Refunded"), money(payment.refunded, unit)),
    ]


def _parts(payment: Payment) -> list[dict[str, Any]]:
    """The invoices that it paid, and the credits that it used."""
    unit = currency(payment.currency_id)
    rows = payment.allocations.live().select_related("invoice", "credit").order_by("pk")
    return [
        {
            "label": document.number,
            "kind": _("Invoice") if each.invoice else _("Credit"),
            "url": (INVOICES if each.invoice else CREDITS).url("show", document),
            "amount": money(each.amount, unit),
            "refunded": money(each.refunded, unit) if each.refunded else "",
        }
        for each in rows
        if (document := each.invoice or each.credit) is not None
    ]


def _refunds(payment: Payment) -> list[dict[str, Any]]:
    """What was given back; what the bank sent back is told with it."""
    unit = currency(payment.currency_id)
    return [
        {"on": each.date, "amount": money(each.amount, unit), "came_back": each.came_back}
        for each in payment.refunds.filter(undoes=None)
        .order_by("-pk")
        .annotate(came_back=F("undone_by__date"))
    ]


def kebab(place: Desk, payment: Payment) -> list[Action]:
    """What may be done with it now."""
    acts = []
    if not payment.is_deleted and place.may_send_email:
        acts.append(Action(_("Send a receipt"), url("receipt", payment), "send", "post"))
    if not payment.is_deleted:
        paper = url("receipt-paper", payment)
        acts.append(Action(_("Receipt as PDF"), paper, "file-type-pdf", new_tab=True))
        acts += assign_actions(place, "payment", payment)
        acts.append(run_action("payment", payment.pk))
    if payment.archived_at:
        acts.append(Action(_("Restore"), url("act", payment, "restore"), "archive-off", "post", divided=True))
    else:
        acts.append(Action(_("Archive"), url("act", payment, "archive"), "archive", "post", divided=True))
    if not payment.is_deleted:
        acts.append(Action(_("Delete"), url("act", payment, "delete"), "trash", "dialog", danger=True))
    return acts

"""Invoices on the wire (contract rules 9, 11-13; schemas.json invoice)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from comptoir.activity.actors import Actor
from comptoir.api.resources import printing, runs
from comptoir.api.resources.billing import (
    SAVE_DEFAULTS,
    Document,
    document_filters,
    document_includes,
    invitation_shape,
    is_late,
)
from comptoir.api.resources.copying import clones
from comptoir.api.resources.payments import Allocations
from comptoir.api.resources.tags import tagged
from comptoir.collecting import rights
from comptoir.collecting.wishes import charge_now
from comptoir.contract.actions import Action, Figure, Switch, read_params
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Amount, Constant, Flag, Json, Key, Nested, Text
from comptoir.contract.fields.keys import read_key
from comptoir.contract.filters import codes, contains, when, words
from comptoir.contract.idempotency import once
from comptoir.contract.relations import Many, Through
from comptoir.delivery import documents as delivery
from comptoir.kernel.money import parse
from comptoir.payments import operations as payments
from comptoir.payments.reversing import reverse_invoice
from comptoir.sales.invoices import operations
from comptoir.sales.invoices.instalments import planned
from comptoir.sales.invoices.models import OPEN, Invoice, InvoiceInvitation, Status
from comptoir.sales.invoices.rules import is_locked

Invitations = invitation_shape(InvoiceInvitation, "invoice")


def issue(invoice: Invoice, *, by: Actor, on: date) -> None:
    """Send a draft; an invoice that was sent stays as it is (contract rules 13)."""
    if invoice.is_draft:
        operations.mark_sent(invoice, by=by, on=on)


def settle(invoice: Invoice, *, by: Actor, on: date, reference: str = "") -> None:
    payments.mark_paid(invoice, by=by, on=on, reference=reference)


def payable_by(rows: Any, value: str, who: Any) -> Any:
    """Open invoices of a client, or of anybody with ``true`` (apps.md 4)."""
    key = read_key(value)
    found = rows.payable()
    return found.filter(client_id=key) if key is not None else found


class Instalments(Json):
    """A list of ``{date, amount}`` or ``{date, percent}``; the operation says what is wrong with one."""

    def __init__(self) -> None:
        super().__init__(shape=list, convert=lambda said: [_instalment(one) for one in said])


def _instalment(one: Any) -> dict[str, Any]:
    sent = one if isinstance(one, dict) else {}
    try:
        day = date.fromisoformat(str(sent.get("date") or ""))
    except ValueError:
        day = None
    key = "percent" if "percent" in sent else "amount"
    try:
        return {"date": day, key: parse(sent.get(key))}
    except ValueError:
        return {"date": day, key: None}


SCHEDULE = {"schedule": Instalments(), "send_email": Flag(default=True), "auto_bill": Flag()}


def _planned(call: Call, said: list[dict[str, Any]], **wishes: bool) -> HttpResponse:
    invoice = call.row("edit")

    def work() -> HttpResponse:
        operations.set_instalments(invoice, said, by=call.who.actor, on=call.who.today, **wishes)
        return call.one(invoice.pk)

    return once(call, lambda: work)


class Invoices(Document):
    path, entity, model = "invoices", "invoice", Invoice
    takes_one_id = False
    kind = "invoice"

    recurring_id = Key(writable=False)
    auto_bill_enabled = Flag()
    entity_type = Constant("invoice")
    invitations = Nested(Many(Invitations, by="invoice", where="{t}.deleted_at IS NULL"))

    includes = document_includes(
        "invoice",
        payments=Through(
            "payments",
            link="payments_allocation",
            near="invoice_id",
            far="payment_id",
            where="l.deleted_at IS NULL",
        ),
        paymentables=Many(Allocations, by="invoice", where="{t}.deleted_at IS NULL"),
    )
    filters = document_filters(
        client_status=words(
            {
                "draft": Q(status_id=Status.DRAFT),
                "paid": Q(status_id=Status.PAID),
                "cancelled": Q(status_id=Status.CANCELLED),
                "reversed": Q(status_id=Status.REVERSED),
                "unpaid": Q(status_id__in=OPEN),
                "overdue": lambda who: is_late(who) & Q(status_id__in=OPEN),
            }
        ),
        status_id=codes("status_id"),
        private_notes=contains("private_notes"),
        upcoming=when(lambda who: Q(status_id__in=OPEN) & (Q(due_date__gte=who.today) | Q(due_date=None))),
        overdue=when(lambda who: is_late(who) & Q(status_id__in=OPEN)),
        payable=payable_by,
    )
    create, update = tagged(operations.create_invoice), tagged(operations.update_invoice)
    flags = {
        "auto_bill": Switch(charge_now, makes=rights.paying),
        "paid": Switch(settle, {"reference": Text()}, makes=rights.paying),
        "mark_sent": issue,
        "amount_paid": Figure(
            payments.record_amount_paid, {"reference": Text()}, form=Amount(), makes=rights.paying
        ),
        "send_email": Switch(delivery.email_document, verb="send"),
        "cancel": operations.cancel_invoice,
        **SAVE_DEFAULTS,
    }
    actions = {
        "archive": Action(operations.archive_invoice, single=True),
        "restore": Action(operations.restore_invoice, single=True),
        "delete": Action(operations.delete_invoice, single=True),
        "auto_bill": Action(charge_now, single=True, makes=rights.paying),
        "mark_sent": Action(issue, single=True),
        "mark_paid": Action(settle, single=True, makes=rights.paying),
        "cancel": Action(operations.cancel_invoice, single=True),
        "reverse": Action(reverse_invoice, single=True),
        "email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "send_email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "download": Action(verb="view", single=True, answer=printing.download),
        "history": Action(verb="view", single=True, bulk=False, answer=printing.history),
        "bulk_download": Action(verb="view", answer=printing.download),
        "bulk_print": Action(verb="view", answer=printing.print_together),
        "delivery_note": Action(verb="view", single=True, bulk=False, answer=printing.delivery_note),
        **clones("invoices"),
        "template": runs.over("invoice"),
    }
    uploads = {"documents": printing.attach}

    @route("POST", "{id}/payment_schedule")
    def plan_instalments(call: Call) -> HttpResponse:
        """Let an invoice be paid in instalments: ``schedule`` [{date, amount}], together its amount.

        ``percent`` of the amount may stand in the place of ``amount``. ``send_email`` false: nobody is
        written to on the day of each. ``auto_bill`` true: the stored method is charged on that day.
        """
        said = read_params(SCHEDULE, call)
        wishes = {"mails": said["send_email"]} if "send_email" in said else {}
        if "auto_bill" in said:
            wishes["charges"] = said["auto_bill"]
        return _planned(call, said.get("schedule", []), **wishes)

    @route("DELETE", "{id}/payment_schedule")
    def drop_instalments(call: Call) -> HttpResponse:
        """Let it be due at once again."""
        return _planned(call, [])

    @classmethod
    def finish(cls, row: Any, view: Any) -> None:
        """``is_locked`` and ``schedule`` are shown when asked for."""
        if view.asks("show_schedule"):
            found = Invoice.objects.only("instalments").get(pk=read_key(row["id"]) or 0)
            row["schedule"] = [
                {
                    "date": one.on.isoformat(),
                    "amount": one.amount,
                    "send_email": not one.silent,
                    "is_asked": one.called,
                }
                for one in planned(found)
            ]
        if view.asks("is_locked"):
            invoice = Invoice.objects.select_related("client__group", "company").get(
                pk=read_key(row["id"]) or 0
            )
            row["is_locked"] = is_locked(invoice, invoice.client.preferences, view.who.today)

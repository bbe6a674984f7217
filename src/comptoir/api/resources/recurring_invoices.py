"""Recurring invoices on the wire (contract rules 9, 12, 15; schemas.json recurring_invoice)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.api.resources import printing, runs
from comptoir.api.resources.billing import (
    SAVE_DEFAULTS,
    Document,
    document_filters,
    document_includes,
    invitation_shape,
)
from comptoir.api.resources.copying import clones
from comptoir.api.resources.tags import tagged
from comptoir.catalogue.models import TaxRate
from comptoir.clients.columns import too_long
from comptoir.collecting import rights
from comptoir.contract.actions import Action, Switch
from comptoir.contract.fields import Amount, Code, Constant, Day, DayTime, Derived, Flag, Nested, Text, Whole
from comptoir.contract.fields.keys import read_key
from comptoir.contract.filters import codes, words
from comptoir.contract.relations import Many
from comptoir.contract.shapes import Row
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.reference import BULK_UPDATES
from comptoir.sales.recurring import calendar, operations, running
from comptoir.sales.recurring.models import AutoBill, RecurringInvitation, RecurringInvoice, Status

Invitations = invitation_shape(RecurringInvitation, "recurring_invoice")


def midnight(on: Any) -> str:
    """A day as the wire's date with a time: the client's own day."""
    return f"{on} 00:00:00" if on else ""


def write_column(
    recurring: RecurringInvoice, *, by: Actor, on: date, column: str, new_value: str = ""
) -> None:
    """One value in one column, as apps write it to many. Raises Refused at ``column`` or ``new_value``."""
    if column not in BULK_UPDATES["recurring_invoice"]:
        raise Refused("column", _("This column cannot be changed for many recurring invoices at once."))
    operations.update_recurring(recurring, _fields(column, new_value), by=by, on=on)


def _fields(column: str, value: str) -> dict[str, Any]:
    if column == "uses_inclusive_taxes":
        return {column: value.lower() in ("1", "true", "yes")}
    if not column.startswith("tax"):
        if faults := [sentence for _path, sentence in too_long(RecurringInvoice, {column: value})]:
            raise Refused.many({"new_value": faults})
        return {column: value}
    slot, rate = column.removeprefix("tax"), None
    if value:
        rate = TaxRate.objects.filter(pk=read_key(value), deleted_at=None).first()
        if rate is None:
            raise Refused("new_value", _("This is not one of your taxes."))
    return {f"tax_name{slot}": rate.name if rate else "", f"tax_rate{slot}": rate.rate if rate else ZERO}


class NextDay(Day):
    """``next_send_date``: the client's day, shown with a time behind it; takes a date or both."""

    code = "{v} + ' 00:00:00' if {v} else ''"


class RecurringInvoices(Document):
    path, entity, model = "recurring_invoices", "recurring_invoice", RecurringInvoice
    kind = "invoice"

    date = Constant("")  # type: ignore[assignment]
    due_date = Constant("")  # type: ignore[assignment]
    last_sent_date = Derived(midnight, "last_sent_date")  # type: ignore[assignment]
    next_send_date = NextDay("next_on")  # type: ignore[assignment]
    next_send_datetime = DayTime("next_send_date", writable=False)
    frequency_id = Code(default="5", required=True)
    remaining_cycles = Whole(default=-1)
    recurring_dates = Derived(kind="array", default=[])
    auto_bill = Text(default="off", choices=AutoBill.values)
    auto_bill_enabled = Flag(writable=False)
    due_date_days = Text(default="terms")
    entity_type = Constant("recurringInvoice")
    invitations = Nested(Many(Invitations, by="recurring", where="{t}.deleted_at IS NULL"))
    reminder1_sent = Constant("")  # type: ignore[assignment]
    reminder2_sent = Constant("")  # type: ignore[assignment]
    reminder3_sent = Constant("")  # type: ignore[assignment]
    reminder_last_sent = Constant("")  # type: ignore[assignment]

    includes = document_includes("recurringinvoice")
    filters = document_filters(
        client_status=words(
            {
                "draft": Q(status_id=Status.DRAFT),
                "active": Q(status_id=Status.ACTIVE),
                "paused": Q(status_id=Status.PAUSED),
                "completed": Q(status_id=Status.COMPLETED),
            }
        ),
        frequency_id=codes("frequency_id"),
    )
    sorts = {**Document.sorts, "status_id": ("status_id", "next_send_date")}
    create, update = tagged(operations.create_recurring), tagged(operations.update_recurring)
    flags = {
        "start": operations.start,
        "stop": operations.stop,
        "send_now": Switch(running.send_now, makes=rights.sending_now),
        **SAVE_DEFAULTS,
    }
    actions = {
        "archive": Action(operations.archive_recurring, single=True),
        "restore": Action(operations.restore_recurring, single=True),
        "delete": Action(operations.delete_recurring, single=True),
        "start": Action(operations.start, single=True),
        "stop": Action(operations.stop, single=True),
        "send_now": Action(running.send_now, single=True, makes=rights.sending_now),
        "update_prices": Action(operations.update_prices, single=True),
        "increase_prices": Action(
            operations.increase_prices, params={"percentage_increase": Amount(required=True)}, single=True
        ),
        "bulk_update": Action(write_column, params={"column": Text(required=True), "new_value": Text()}),
        **clones("recurring_invoices"),
        "template": runs.over("recurring_invoice"),
    }
    uploads = {"documents": printing.attach}

    @classmethod
    def finish(cls, row: Row, view: Any) -> None:
        """The dates that come, when they are asked for."""
        if view.asks("show_dates"):
            recurring = RecurringInvoice.objects.select_related("client__group", "company").get(
                pk=read_key(row["id"]) or 0
            )
            dates = calendar.preview(recurring, recurring.client.preferences)
            row["recurring_dates"] = [
                {"send_date": sent.isoformat(), "due_date": due.isoformat() if due else ""}
                for sent, due in dates
            ]

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        super().blank(row, view)
        row |= {"date": "", "exchange_rate": 0}

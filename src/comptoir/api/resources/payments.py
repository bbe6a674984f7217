"""Payments on the wire (contract rules 14; schemas.json payment, paymentable)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.api.resources import printing, runs
from comptoir.api.resources.parts import Parts
from comptoir.api.resources.tags import Tagged, tagged, with_tags
from comptoir.api.resources.wire import CustomValues, Dated, Owned, by_client, documents_of, matching
from comptoir.clients.models import Client
from comptoir.collecting.models import fresh_key
from comptoir.collecting.refunding import refund_by_gateway
from comptoir.contract.actions import Action, Switch, read_params
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Amount, Code, Constant, Day, Flag, Key, Moment, Nested, Text
from comptoir.contract.filters import exact, words
from comptoir.contract.idempotency import key_of, once
from comptoir.contract.reading import Reading
from comptoir.contract.relations import Many, One, Through
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row, Shape
from comptoir.delivery import receipts
from comptoir.kernel import ids
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.payments import operations
from comptoir.payments.models import Allocation, Payment, Refund, Status
from comptoir.payments.rules import refuse_repeating
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.keys import digest
from comptoir.tenancy.locking import lock


def settled_part(invoice: int | None, credit: int | None) -> str:
    """The id of what an allocation is for."""
    return ids.encode(invoice or credit or 0)


class Allocations(Shape):
    """A paymentable: ``invoice_id`` or ``credit_id``, never both."""

    model = Allocation
    id = Key("pk", writable=False)
    invoice_id = Key(writable=False)
    credit_id = Key(writable=False)
    amount = Amount(writable=False)
    refunded = Amount(writable=False)
    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()

    @classmethod
    def finish(cls, row: Row, view: Any) -> None:
        """The key that does not apply is left out."""
        del row["credit_id" if row["invoice_id"] else "invoice_id"]


def record_once(fields: Mapping[str, Any], *, by: Actor, on: date) -> Payment:
    """Record a payment; without a key of its sender's, the same one again in a moment is refused (T3)."""
    said = dict(fields)
    has_key, client = said.pop("has_key"), said["client"]
    if not has_key:
        lock(client)
        refuse_repeating(
            client, said.get("amount") or _together(said, "invoices") - _together(said, "credits")
        )
    return operations.record_payment(said, by=by, on=on)


def _together(said: Mapping[str, Any], kind: str) -> Decimal:
    return sum((one.get("amount") or ZERO for one in said.get(kind) or ()), ZERO)


class Payments(Owned, Dated, CustomValues, Tagged, Resource):
    path, entity, model = "payments", "payment", Payment

    id = Key("pk", writable=False)
    client_id = Key(to=Client, live=True, required=True, fixed=True)
    amount = Amount()
    refunded = Amount(writable=False)
    applied = Amount(writable=False)
    transaction_reference = Text()
    transaction_id = Constant("")
    date = Day()
    is_manual = Flag(writable=False)
    type_id = Code()
    invitation_id = Constant("")
    private_notes = Text()
    number = Text()
    client_contact_id = Key("contact", writable=False)
    company_gateway_id = Key("company_gateway", writable=False)
    gateway_type_id = Code(writable=False)
    status_id = Code(writable=False, default="1")
    project_id = Constant("")
    vendor_id = Constant("")
    currency_id = Code(writable=False)
    exchange_rate = Amount(
        least=0,
        default=1,
        convert=lambda rate: rate or None,
        means="units of the other currency for one of the company's; 1 is none",
    )
    exchange_currency_id = Code()
    idempotency_key = Text(most=64)
    paymentables = Nested(Many(Allocations, by="payment", where="{t}.deleted_at IS NULL"), writable=False)
    invoices = Parts("invoice", Invoice)
    credits = Parts("credit", Credit)

    includes = {
        "client": One("clients", by="client"),
        "invoices": Through(
            "invoices", link="payments_allocation", near="payment_id", far="invoice_id",
            where="l.deleted_at IS NULL",
        ),
        "credits": Through(
            "credits", link="payments_allocation", near="payment_id", far="credit_id",
            where="l.deleted_at IS NULL",
        ),
        "documents": documents_of("payment"),
    }  # fmt: skip
    default_includes = ("documents",)
    also_known = ("type", "user", "assigned_user")
    filters = {
        "number": exact("number"),
        "tag_ids": with_tags,
        "client_status": words(
            {
                "pending": Q(status_id=Status.PENDING),
                "cancelled": Q(status_id=Status.CANCELLED),
                "failed": Q(status_id=Status.FAILED),
                "completed": Q(status_id=Status.COMPLETED),
                "partially_refunded": Q(status_id=Status.PARTLY_REFUNDED),
                "refunded": Q(status_id=Status.REFUNDED),
                "partially_unapplied": Q(
                    status_id__in=(Status.COMPLETED, Status.PARTLY_REFUNDED), unapplied__gt=ZERO
                ),
            }
        ),
    }
    sorts = {"client_id": by_client("sort_name"), "client.name": by_client("sort_name")}
    date_column = "date"
    create, update = tagged(record_once), tagged(operations.update_payment)
    actions = {
        "archive": Action(operations.archive_payment, single=True),
        "restore": Action(operations.restore_payment, single=True),
        "delete": Action(operations.delete_payment, single=True),
        "email": Action(receipts.email_receipt, "send", single=True),
        "email_receipt": Action(receipts.email_receipt, "send", single=True),
        "template": runs.over("payment"),
    }
    flags = {"email_receipt": Switch(receipts.email_receipt, verb="send")}
    uploads = {"documents": printing.attach}
    search = matching

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        if reading.row is None:
            header = reading.who.headers.get("Idempotency-Key")
            values["has_key"] = bool(header or values.get("idempotency_key"))

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        user = view.who.actor.user_id
        row |= {"date": view.who.today.isoformat(), "user_id": ids.encode(user) if user else ""}

    @route("POST", "refund")
    def refund(call: Call) -> HttpResponse:
        """Refund a payment, whole or in part, per invoice."""
        payment = named(call)
        call.need("edit", payment)

        def prepare() -> Any:
            said = read_params(REFUND, call)
            on = said.get("date") or call.who.today
            if mails := is_wanted(call, "email_receipt"):
                call.need("send", payment)
                receipts.reached(payment)  # refused before any money moves
            if is_wanted(call, "gateway_refund"):
                given = refund_at_gateway(call, payment, said, on)
                return lambda: shown(call, payment, given if mails else None)

            def work() -> HttpResponse:
                amount, parts = said.get("amount", ZERO), said.get("invoices", [])
                operations.refund_payment(payment, amount, parts, by=call.who.actor, on=on)
                return shown(call, payment, payment.refunds.latest("pk") if mails else None)

            return work

        return once(call, prepare)


def is_wanted(call: Any, name: str) -> bool:
    """A wish beside a refund: apps say it in the query, others in the body (contract rules 14)."""
    return call.asked(name) in (True, 1, "1", "true")


def shown(call: Any, payment: Payment, told: Refund | None) -> HttpResponse:
    """The payment that was refunded, and the client told of that refund where it is wanted."""
    if told is not None and told.amount > 0:
        receipts.email_refund(told, by=call.who.actor, on=call.who.today)
    response: HttpResponse = call.one(payment.pk)
    return response


def refund_at_gateway(call: Any, payment: Payment, said: Mapping[str, Any], on: date) -> Refund | None:
    """Ask the gateway before the write begins: nobody waits for it inside a transaction.

    A request sent again under its key goes on with the refund that it had begun.
    """
    key = digest(f"{call.who.actor.token_id}:{key_of(call)}") if key_of(call) else fresh_key()
    amount, parts = said.get("amount", ZERO), said.get("invoices", [])
    refund_by_gateway(payment, amount, parts, by=call.who.actor, on=on, key=key)
    given: Refund | None = payment.gateway_refunds.get(key=key).refund
    return given


REFUND = {"amount": Amount(), "date": Day(), "invoices": Parts("invoice", Invoice, source="invoices")}


def named(call: Any) -> Payment:
    """The payment that the body names. Raises Refused at ``id``."""
    key = ids.decode(str(call.body.get("id") or ""))
    payment = Payment.objects.filter(pk=key).first() if key is not None else None
    if payment is None:
        raise Refused("id", _("This payment is not available."))
    return payment

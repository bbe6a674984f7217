"""What the worker does: follow what is open, charge what is due, go on with what a crash cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import Retry, job
from comptoir.activity.outbox import queue
from comptoir.activity.schedule import every
from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts
from comptoir.gateways import interface
from comptoir.gateways.interface import GatewayFault, Outcome
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.registry import gateway_of
from comptoir.kernel.refused import Refused
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.models import Company
from comptoir.tenancy.portions import in_portions
from comptoir.tenancy.scope import acting_for

from . import by_itself, charging, log, refunding
from .listening import FOLLOW
from .models import OPEN, Agreement, Attempt, GatewayRefund, Kind, RefundState, State
from .settling import follow, recognise, settle
from .wishes import AUTO_BILL, pays_itself

A_WHILE: Final = timedelta(minutes=5)
AN_HOUR: Final = timedelta(hours=1)
LONGEST: Final = {State.STARTED: timedelta(hours=25), State.PENDING: timedelta(days=30)}
"""Longer than a provider's page can be paid, or a bank takes for a debit; then a try is over."""

AN_OUTAGE: Final = timedelta(days=7)
"""As much longer, while the provider does not answer at all: the money may be there."""


@job(FOLLOW)
def follow_attempt(*, attempt: int, reference: str = "", by_clock: bool = False) -> None:
    """Ask what became of a try; one that does not answer is asked again, by the clock if that asked."""
    row = Attempt.objects.filter(pk=attempt).select_related("gateway", "company").first()
    if row is None:
        return
    try:
        recognise(row, reference)
        follow(row)
    except interface.Unreachable as fault:
        if not by_clock and row.state in OPEN:
            raise Retry(timedelta(minutes=1), str(fault)) from fault
    except GatewayFault as fault:  # a wrong set-up: it may be mended before the try is over
        log.error(row.gateway, str(fault), client_id=row.client_id, reference=row.reference)


@every(name="collecting.follow_open", minutes=5)
def follow_open(*, turn: str = "") -> None:
    """Whatever is still open a while later is asked about: notifications get lost, browsers are closed."""
    late = timezone.now() - A_WHILE
    for company, pk in _late(Attempt, OPEN, late):
        with acting_for(company):
            row = Attempt.objects.select_related("gateway", "method").get(pk=pk)
            _go_on(row)
    for company, pk in _late(GatewayRefund, (RefundState.STARTED,), late):
        with acting_for(company):
            try:
                refunding.carry_out(GatewayRefund.objects.select_related("payment").get(pk=pk))
            except Refused:
                continue  # it is on record, and the next turn comes


def _late(
    table: type[Attempt] | type[GatewayRefund], states: object, late: object
) -> Iterator[tuple[Company, int]]:
    rows = table.everywhere.filter(state__in=states, updated_at__lt=late).select_related("company")
    for row in rows.order_by("pk").iterator():
        assert row.company is not None
        yield row.company, row.pk


def _go_on(row: Attempt) -> None:
    """Young ones are asked about at every turn, older ones once an hour, and none for ever."""
    now = timezone.now()
    age = now - row.created_at
    if row.reference:
        if age < AN_HOUR or now.minute < A_WHILE.seconds // 60:
            if age > LONGEST[State(row.state)]:
                _end(row, is_patient=age < LONGEST[State(row.state)] + AN_OUTAGE)
            else:
                queue(FOLLOW, {"attempt": row.pk, "by_clock": True})
    elif row.kind == Kind.CHARGE and age < interface.REMEMBERED + AN_OUTAGE:
        charging.ask(row)
    else:
        settle(row, Outcome(interface.State.FAILED, said=_("No answer came.")))


def _end(row: Attempt, *, is_patient: bool) -> None:
    """Ask a last time and close the page. Money that comes all the same is still taken (``settling``)."""
    try:
        outcome = gateway_of(row.gateway).call_off(row.reference)
    except GatewayFault as fault:
        if is_patient and isinstance(fault, interface.Unreachable):
            return
        outcome = Outcome(interface.State.FAILED, said=str(fault))
    if outcome.state in (interface.State.OPEN, interface.State.PENDING):
        outcome = Outcome(interface.State.FAILED, said=_("No answer came."))
    settle(row, outcome)


@job(AUTO_BILL)
def auto_bill(*, id: int, **_: object) -> None:  # noqa: A002
    """Charge the stored method for an invoice; a try that a crash cut off is gone on with."""
    invoice = Invoice.objects.select_related("client").filter(pk=id, deleted_at=None).first()
    if invoice is None or not invoice.is_open:
        return
    on = timezone.now().astimezone(invoice.company.zone).date()
    attempt = charging.charge_stored_method(invoice, by=SYSTEM, on=on)
    if attempt is not None and attempt.state == State.STARTED:
        raise Retry(timedelta(minutes=5), "The provider does not answer.")


@every(name="collecting.charge_due", days=1, at="06:20")
def charge_due(*, turn: str = "") -> None:
    """Invoices, deposits and instalments that fall due and pay themselves: each once a day (rules 20)."""
    ids = StoredMethod.everywhere.filter(deleted_at=None, archived_at=None).values_list(
        "company_id", flat=True
    )
    for company in Company.objects.filter(pk__in=ids.distinct(), deleted_at=None):
        with acting_for(company):
            on = timezone.now().astimezone(company.zone).date()
            payers = StoredMethod.objects.usable().values("client_id")
            due = Invoice.objects.payable().filter(
                Q(due_date__lte=on) | Q(partial__gt=0, partial_due_date__lte=on),
                client_id__in=payers, auto_bill_tries__lt=by_itself.MOST_TRIES,
            )  # fmt: skip
            for invoice in in_portions(due.select_related("client").order_by("pk")):
                if pays_itself(invoice):
                    queue(AUTO_BILL, {"id": invoice.pk}, key=f"auto_bill:{invoice.pk}:{on}")


def move_attempts(fact: ClientMerged) -> None:
    move_rows(fact, Attempt)
    repoint_contacts(fact, Attempt, Agreement)


def erase_attempts(fact: ClientPurged) -> None:
    erase_rows(fact, Attempt)

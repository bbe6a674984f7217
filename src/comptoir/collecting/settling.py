"""What a try has come to, compared and written down once, however often and from where we are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing.lines import PAID_FEE
from comptoir.clients.models import Client
from comptoir.gateways import interface
from comptoir.gateways.interface import Outcome
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.registry import gateway_of
from comptoir.gateways.storing import keep_method, prefer_method
from comptoir.kernel.money import ZERO, round_half_up
from comptoir.payments.collected import Help, collect_payment
from comptoir.payments.models import Payment
from comptoir.payments.operations import update_payment
from comptoir.payments.parts import Part, is_payable, owed
from comptoir.reference import currency
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.fees import Fee, add_fee
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.auto_billing import choose_auto_bill, may_choose
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.locking import lock

from . import by_itself, facts, log, own_money
from .models import Attempt, Kind, State


def follow(attempt: Attempt) -> Attempt:
    """Ask the provider what became of a try, and write it down. Raises GatewayFault."""
    if attempt.is_over or not attempt.reference:
        return attempt
    return settle(attempt, gateway_of(attempt.gateway).look(attempt.reference))


def recognise(attempt: Attempt, reference: str) -> None:
    """A notification names the money of a charge whose own answer was lost: if the provider says so too,
    it is followed by that name. Raises GatewayFault.
    """
    if attempt.kind != Kind.CHARGE or attempt.reference or not reference:
        return
    if gateway_of(attempt.gateway).look(reference).key == attempt.key:
        attempt.reference = reference
        Attempt.objects.filter(pk=attempt.pk, reference="").update(reference=reference)


def settle(attempt: Attempt, outcome: Outcome) -> Attempt:
    """Write down what a provider answered when asked; what is known already changes nothing."""
    with transaction.atomic():
        lock(attempt)
        if _is_news(attempt, outcome):
            _write_down(attempt, outcome, by=_actor(attempt), on=_today(attempt))
    return attempt


def _is_news(attempt: Attempt, outcome: Outcome) -> bool:
    if attempt.is_over or outcome.state is interface.State.OPEN:
        return False
    return str(attempt.state) != outcome.state.value


@operation
def _write_down(attempt: Attempt, outcome: Outcome, *, by: Actor, on: date) -> None:
    """The caller has locked the attempt and knows that this is news."""
    attempt.said = outcome.said[:500]
    match outcome.state:
        case interface.State.FAILED:
            _failed(attempt, by)
        case interface.State.PENDING:
            attempt.state = State.PENDING
            tell(facts.PayingPending(attempt, actor=by, notes=attempt.said))
        case _ if attempt.kind == Kind.STORE:
            _stored(attempt, outcome, by=by, on=on)
        case _:
            _paid(attempt, outcome, by=by, on=on)
    attempt.save()
    by_itself.tell_outcome(attempt, by=by, on=on)


def _failed(attempt: Attempt, by: Actor) -> None:
    attempt.state = State.FAILED
    log.failure(attempt.gateway, attempt.said, client_id=attempt.client_id, reference=attempt.reference)
    tell(facts.PayingFailed(attempt, actor=by, notes=attempt.said))


def _stored(attempt: Attempt, outcome: Outcome, *, by: Actor, on: date) -> None:
    attempt.state = State.PAID
    if outcome.stored is not None:
        attempt.method = keep_method(attempt.client, attempt.gateway, outcome.stored, by=by, on=on)
    tell(facts.PayingSettled(attempt, actor=by))


def _paid(attempt: Attempt, outcome: Outcome, *, by: Actor, on: date) -> None:
    """Record the money. What is not what was asked for is applied to nothing, and said."""
    attempt.money_reference = outcome.reference
    known = Payment.objects.filter(
        company_gateway=attempt.gateway, transaction_reference=outcome.reference
    ).first()
    if known is not None:
        attempt.state, attempt.payment = State.PAID, known
        tell(facts.PayingSettled(attempt, actor=by, refs={"payment": known}))
        return
    fault = _mismatch(attempt, outcome)
    if not fault or _is_own_currency(attempt, outcome):
        parts = [] if fault else _parts(attempt, by=by, on=on)
        attempt.payment = _collect(attempt, outcome, parts, by=by, on=on)
        _use_unapplied(attempt, parts, by=by, on=on)
    method = attempt.method
    if outcome.stored is not None and attempt.keep:
        method = keep_method(attempt.client, attempt.gateway, outcome.stored, by=by, on=on)
    if attempt.auto_bill and method is not None:
        _turn_on_auto_bill(attempt, method, by=by, on=on)
    if fault:
        _odd(attempt, fault, by)
        return
    attempt.state = State.PAID
    log.success(
        attempt.gateway, "paid", client_id=attempt.client_id, reference=outcome.reference,
        amount=str(outcome.amount), currency=outcome.currency,
    )  # fmt: skip
    tell(facts.PayingSettled(attempt, actor=by, refs={"payment": attempt.payment} if attempt.payment else {}))


def _odd(attempt: Attempt, fault: str, by: Actor) -> None:
    attempt.state, attempt.said = State.ODD, fault[:500]
    log.error(attempt.gateway, fault, client_id=attempt.client_id, reference=attempt.money_reference)
    tell(facts.PayingOdd(attempt, actor=by, notes=fault))


def _mismatch(attempt: Attempt, outcome: Outcome) -> str:
    """What is wrong with the money, in words; "" when it is what was asked for."""
    if outcome.key and outcome.key != attempt.key:
        return _("The gateway names another payment: it was not asked for here.")
    if not _is_own_currency(attempt, outcome):
        return _("%(amount)s %(currency)s came in another currency than was asked for.") % {
            "amount": outcome.amount,
            "currency": outcome.currency,
        }
    if round_half_up(outcome.amount, 2) != round_half_up(attempt.amount, 2):
        return _("%(amount)s came where %(asked)s was asked for: it is left unapplied.") % {
            "amount": outcome.amount,
            "asked": attempt.amount,
        }
    return ""


def _is_own_currency(attempt: Attempt, outcome: Outcome) -> bool:
    own = currency(attempt.currency_id)
    return own is not None and own.code == outcome.currency and attempt.client.currency_id == own.id


def _parts(attempt: Attempt, *, by: Actor, on: date) -> list[Part]:
    """What the money is for, with the fee on the invoice that carries it.

    All share one locked client, as the operations below expect.
    """
    wanted = attempt.wanted
    invoices = Invoice.objects.in_bulk([pk for pk, _amount in wanted])
    client = attempt.client
    lock(client, *invoices.values())
    parts = [Part(_of(invoices[pk], client), amount) for pk, amount in wanted if pk in invoices]
    payable = [part for part in parts if is_payable(part.invoice) and owed(part.invoice) > 0]
    if not attempt.fee or not payable:
        return parts
    first = payable[0]
    carrier = add_fee(first.invoice, fee_of(attempt), by=by, on=on)
    if carrier.pk != first.invoice.pk:
        return [*parts, Part(_of(carrier, client), attempt.fee)]
    with_fee = Part(_of(carrier, client), first.amount + attempt.fee)
    return [with_fee if part is first else part for part in parts]


def fee_of(attempt: Attempt) -> Fee:
    """The fee as it was shown to the client."""
    line = attempt.fee_line
    taxes = tuple((name, Decimal(rate)) for name, rate in line.get("taxes", []))
    return Fee(PAID_FEE, str(line.get("label", "")), Decimal(line.get("cost", "0")), taxes)


def _of(invoice: Invoice, client: Client) -> Invoice:
    invoice.client = client
    return invoice


def _collect(attempt: Attempt, outcome: Outcome, parts: list[Part], *, by: Actor, on: date) -> Payment:
    fields = {"transaction_reference": outcome.reference, "type_id": outcome.payment_type, "date": on}
    origin = {
        "company_gateway": attempt.gateway,
        "gateway_type_id": attempt.gateway_type_id,
        "contact": attempt.contact,
    }
    lent = [one for one in own_money.pieces_of(attempt) if one.kind == own_money.CREDIT] if parts else []
    credits_ = Credit.objects.in_bulk({one.row for one in lent})
    helps = [Help(credits_[one.row], one.invoice, one.amount) for one in lent if one.row in credits_]
    return collect_payment(
        attempt.client, outcome.amount, parts, fields, by=by, on=on, origin=origin, helps=helps
    )


def _use_unapplied(attempt: Attempt, parts: Sequence[Part], *, by: Actor, on: date) -> None:
    """Older payments give what was counted on, as far as they still have it and it is still owed."""
    invoices = {part.invoice.pk: part.invoice for part in parts}
    for piece in own_money.pieces_of(attempt):
        invoice = invoices.get(piece.invoice)
        if piece.kind != own_money.PAYMENT or invoice is None or not is_payable(invoice):
            continue
        payment = Payment.objects.unapplied().filter(pk=piece.row, client=attempt.client).first()
        if payment is not None:
            payment.client = attempt.client
            amount = min(piece.amount, payment.unapplied, max(invoice.balance, ZERO))
            if amount > 0:
                said = [{"invoice": invoice, "amount": amount}]
                update_payment(payment, {"invoices": said}, by=by, on=on)


def _turn_on_auto_bill(attempt: Attempt, method: StoredMethod, *, by: Actor, on: date) -> None:
    """The schedules behind what was paid pay themselves from now on, with what was paid with."""
    rows = Invoice.objects.filter(pk__in=attempt.invoice_ids, recurring_id__isnull=False)
    schedules = RecurringInvoice.objects.live().filter(
        pk__in=rows.values("recurring_id"), client=attempt.client, auto_bill_enabled=False
    )
    chosen = [one for one in schedules.order_by("pk") if may_choose(one)]
    if chosen and not method.is_default:
        prefer_method(method, by=by, on=on)
    for one in chosen:
        choose_auto_bill(one, is_on=True, by=by, on=on)


def _actor(attempt: Attempt) -> Actor:
    contact = attempt.contact
    if contact is None or attempt.by_itself:
        return SYSTEM
    return Actor("contact", contact.pk, str(contact))


def _today(attempt: Attempt) -> date:
    return timezone.now().astimezone(attempt.company.zone).date()

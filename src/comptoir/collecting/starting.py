"""A client wishes to pay: the try is written down first, then the provider is asked for its page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing.lines import PAID_FEE
from comptoir.clients.models import Client, Contact
from comptoir.gateways.interface import Asked, GatewayFault, Outcome, State, Unreachable
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.offers import Offer, offers
from comptoir.gateways.registry import gateway_of
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments.parts import Part, total
from comptoir.reference import currency, language
from comptoir.sales.invoices.fees import Fee, amount_of
from comptoir.tenancy.locking import lock

from . import agreeing, facts, log, own_money, rules
from .agreeing import Proof
from .models import Attempt, Kind
from .models import State as AttemptState
from .settling import settle


@dataclass(frozen=True)
class Wish:
    """What a contact wants to pay, how, and the addresses to come back to (``{key}`` names the try).

    ``amount`` is paid in advance, for no invoice. ``own`` are the kinds of own money that help to pay, and
    ``own_shown`` what the page said they come to. ``auto_bill``: the schedules behind the invoices pay
    themselves from now on. ``once`` is a word of the page: a stored method is charged once for it.
    """

    client: Client
    contact: Contact | None
    parts: Sequence[Part]
    way: str
    fee_shown: Decimal = ZERO
    keep: bool = False
    back: str = ""
    cancel: str = ""
    locale: str = ""
    amount: Decimal = ZERO
    own: Collection[str] = ()
    own_shown: Decimal = ZERO
    auto_bill: bool = False
    once: str = ""
    proof: Proof | None = None


def due(wish: Wish, on: date, *, free: bool = False) -> Decimal:
    """What is left to collect, before a fee; ``free`` as for ``own_money.plan``."""
    return own_money.plan(wish.client, wish.parts, wish.own, on=on, free=free).left + wish.amount


def begin(wish: Wish, *, by: Actor, on: date) -> tuple[Attempt, str]:
    """Start a payment; answers the try and where to send the client.

    Earlier tries for the same invoices that were left open are closed at the provider first, so that no
    two of them can be paid. Raises Refused at invoices, amount, ``amounts.<n>``, own, way or fee; WrongState
    when a payment is under way.
    """
    rules.refuse_wish(wish.parts, wish.amount, wish.client)
    release(wish.client, wish.parts, holding=bool(wish.own))
    offer = chosen(wish.client, due(wish, on), wish.way)
    attempt = open_attempt(wish, offer, by=by, on=on)
    return attempt, _page(attempt, _asked(attempt, wish), storing=False)


def begin_storing(wish: Wish, offer: Offer, *, by: Actor, on: date) -> tuple[Attempt, str]:
    """Start to store a method without paying. Raises Refused at way."""
    if not (offer.is_online and offer.may_keep):
        raise Refused("way", _("This way of paying cannot be kept."))
    attempt = open_storing(wish, offer, by=by, on=on)
    return attempt, _page(attempt, _asked(attempt, wish), storing=True)


def chosen(client: Client, amount: Decimal, way: str) -> Offer:
    """The offer that a form names. Raises Refused at way."""
    for offer in offers(client, amount, client.currency_id):
        if offer.key == way and offer.is_online:
            return offer
    raise Refused("way", _("Choose how you would like to pay."))


def fee_for(offer: Offer, parts: Sequence[Part], on: date) -> tuple[Decimal, Fee | None]:
    """What the client pays on top, tax included, and the line that says so.

    What is paid in advance bears none: there is no invoice that could say so.
    """
    cost = offer.terms.fee(total(parts)) if offer.terms.has_fee and parts else ZERO
    if cost <= 0:
        return ZERO, None
    with override(_spoken(parts[0].invoice.client)):
        fee = Fee(PAID_FEE, _("Payment fee: %(way)s") % {"way": offer.label}, cost, offer.terms.taxes)
    return amount_of(fee, parts[0].invoice, on), fee


@operation
def open_attempt(
    wish: Wish,
    offer: Offer,
    *,
    by: Actor,
    on: date,
    method: StoredMethod | None = None,
    by_itself: bool = False,
) -> Attempt:
    """Write a try down, before anybody is asked for money. Raises Refused and WrongState like ``begin``."""
    client = wish.client
    lock(client, *(part.invoice for part in wish.parts))
    for part in wish.parts:
        part.invoice.client = client
    if not by_itself:
        rules.refuse_wish(wish.parts, wish.amount, client)
    once = wish.once if method else ""
    rules.refuse_under_way(client, wish.parts, once)
    plan = own_money.plan(client, wish.parts, wish.own, on=on)
    own_money.refuse_other(wish.own_shown, plan)
    rules.refuse_nothing_left(plan.left + wish.amount)
    fee, line = fee_for(offer, plan.parts, on)
    if not by_itself:
        rules.refuse_other_fee(wish.fee_shown, fee)
    attempt = Attempt(
        kind=Kind.CHARGE if method else Kind.PAGE,
        gateway=offer.gateway,
        gateway_type_id=offer.way_id,
        client=client,
        contact=wish.contact,
        method=method,
        amount=plan.left + wish.amount + fee,
        fee=fee,
        fee_line=_kept(line),
        currency_id=client.currency_id,
        parts=[[part.invoice.pk, str(part.amount)] for part in plan.parts],
        own=plan.kept,
        keep=offer.may_keep and (wish.keep or wish.auto_bill or offer.always_keeps),
        auto_bill=wish.auto_bill,
        by_itself=by_itself,
    )
    if once:
        attempt.key = once
    attempt.save(force_insert=True)
    agreeing.write_down(wish.proof, wish.parts, wish.contact, by=by)
    refs = {"invoice": wish.parts[0].invoice} if wish.parts else {}
    tell(facts.PayingStarted(attempt, actor=by, refs=refs))
    return attempt


@operation
def open_storing(wish: Wish, offer: Offer, *, by: Actor, on: date) -> Attempt:
    """Write down that a method is to be stored."""
    attempt = Attempt(
        kind=Kind.STORE, gateway=offer.gateway, gateway_type_id=offer.way_id, client=wish.client,
        contact=wish.contact, currency_id=wish.client.currency_id, keep=True,
    )  # fmt: skip
    attempt.save(force_insert=True)
    tell(facts.StoringStarted(attempt, actor=by))
    return attempt


def release(client: Client, parts: Sequence[Part], *, holding: bool = False) -> None:
    """Close pages that were left open for these invoices. Raises WrongState when one has been paid.

    Without invoices those for a payment in advance; when ``holding``, those too that count on own money.
    """
    wanted = {part.invoice.pk for part in parts}
    for attempt in rules.open_attempts(client):
        if wanted & set(attempt.invoice_ids):
            if not _close(attempt):
                raise WrongState(rules.UNDER_WAY)
        elif own_money.is_left_open(attempt) and (
            (holding and attempt.own) or not (wanted or attempt.invoice_ids)
        ):
            _close(attempt)
    for part in parts:
        part.invoice.refresh_from_db()
        if not rules.is_owed(part.invoice, client):
            raise WrongState(rules.NOT_OWED)


def _close(attempt: Attempt) -> bool:
    """Whether it is certain that no money will come of it."""
    if not own_money.is_left_open(attempt):
        return False
    if not attempt.reference:
        settle(attempt, Outcome(State.FAILED, said=_("Given up for another try.")))
        return True
    try:
        outcome = gateway_of(attempt.gateway).call_off(attempt.reference)
    except Unreachable:
        return False
    except GatewayFault as fault:
        outcome = Outcome(State.FAILED, said=str(fault))
    settle(attempt, outcome)
    return outcome.state not in (State.PAID, State.PENDING)


def _page(attempt: Attempt, asked: Asked, *, storing: bool) -> str:
    """The provider's page for a try. Raises Refused; then the try has failed, and nobody can pay it."""
    try:
        gateway = gateway_of(attempt.gateway)
        started = gateway.begin_storing(asked) if storing else gateway.begin(asked)
    except GatewayFault as fault:
        log.error(attempt.gateway, str(fault), client_id=attempt.client_id)
        settle(attempt, Outcome(State.FAILED, said=str(fault)))
        raise Refused("way", _("This way of paying does not work at the moment. Try again later.")) from fault
    with transaction.atomic():
        lock(attempt)
        attempt.reference = started.reference
        attempt.save(update_fields=["reference", "updated_at"])
    if attempt.state != AttemptState.STARTED:  # given up meanwhile by another try: this page must not be paid
        settle(attempt, gateway.call_off(attempt.reference))
        raise WrongState(rules.UNDER_WAY)
    return started.url


def _asked(attempt: Attempt, wish: Wish) -> Asked:
    numbers = ", ".join(part.invoice.number for part in wish.parts)
    about = _("Invoice %(numbers)s") % {"numbers": numbers} if numbers else attempt.company.name
    if wish.amount:
        about = _("Payment in advance")
    return asked(attempt, about, back=wish.back, cancel=wish.cancel, locale=wish.locale)


def asked(attempt: Attempt, about: str, *, back: str = "", cancel: str = "", locale: str = "") -> Asked:
    """A try in the provider's words."""
    money, contact = currency(attempt.currency_id), attempt.contact
    known = StoredMethod.objects.live().filter(client=attempt.client, gateway=attempt.gateway)
    customer = known.exclude(gateway_customer_reference="").order_by("-pk").first()
    own = attempt.method or customer
    return Asked(
        key=attempt.key,
        way=attempt.gateway_type_id,
        amount=attempt.amount,
        currency=money.code if money else "",
        about=about,
        customer=own.gateway_customer_reference if own else "",
        name=attempt.client.display_name,
        email=contact.email if contact else "",
        locale=locale,
        keep=attempt.keep,
        back=back.replace("{key}", attempt.key),
        cancel=cancel.replace("{key}", attempt.key),
    )


def _kept(line: Fee | None) -> dict[str, object]:
    if line is None:
        return {}
    taxes = [[name, str(rate)] for name, rate in line.taxes]
    return {"label": line.label, "cost": str(line.cost), "taxes": taxes}


def _spoken(client: Client) -> str:
    found = language(str(client.preferences.language_id))
    return (found.locale if found else "en").replace("_", "-").lower()

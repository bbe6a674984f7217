"""A stored method is charged: by the client with one click, or by itself (automatic payment)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.gateways import interface
from comptoir.gateways.interface import Declined, GatewayFault, Misconfigured, Outcome, Unreachable
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.offers import Offer, offers, stored_methods
from comptoir.gateways.registry import gateway_of
from comptoir.kernel.refused import Refused
from comptoir.payments.parts import Part, total
from comptoir.sales.invoices.models import Invoice

from . import log, own_money, rules
from .by_itself import tell_failure
from .models import Attempt, Kind
from .settling import follow, recognise, settle
from .starting import Wish, asked, due, open_attempt, release


def charge(wish: Wish, method: StoredMethod, *, by: Actor, on: date) -> Attempt:
    """Charge what the client stored, on its own wish. Raises Refused and WrongState like ``begin``.

    A second click of the same page answers what the first one began.
    """
    try:
        rules.refuse_wish(wish.parts, wish.amount, wish.client)
        release(wish.client, wish.parts, holding=bool(wish.own))
        offer = offer_of(method, due(wish, on))
        attempt = open_attempt(wish, offer, by=by, on=on, method=method)
    except Refused:
        known = begun(wish.client, wish.once)
        if known is None:
            raise
        return known
    return ask(attempt)


def begun(client: Client, once: str) -> Attempt | None:
    """What a click of the same page has begun already."""
    return Attempt.objects.filter(client=client, key=once).first() if once else None


def charge_stored_method(invoice: Invoice, *, by: Actor, on: date) -> Attempt | None:
    """Let an invoice pay itself: own credits and unapplied money first, then the preferred stored method.

    Where the settings want it (contract rules 13). Asked again after a crash it goes on with the same
    try. What failed is told as AutoBillFailed; None when nothing was left to charge, or nothing to charge.
    """
    own_money.pay_by_itself(invoice, by=by, on=on)
    client = invoice.client
    if not rules.is_owed(invoice, client):
        return None
    if tries := rules.under_way(client, [invoice.pk]):
        attempt = tries[0]
        if attempt.kind != Kind.CHARGE or attempt.reference or not attempt.by_itself:
            return None
        return _finish(attempt, invoice)
    parts = [Part(invoice, invoice.requested)]
    try:
        attempt = _open(invoice, parts, by=by, on=on)
    except Refused as refused:
        tell_failure(invoice, str(refused.sentence), by=by, on=on, was_charged=False)
        return None
    return _finish(attempt, invoice)


def _open(invoice: Invoice, parts: list[Part], *, by: Actor, on: date) -> Attempt:
    methods = stored_methods(invoice.client)
    if not methods:
        raise Refused("way", _("The client has stored no payment method."))
    offer = offer_of(methods[0], total(parts))
    contact = invoice.client.contacts.live().first()
    wish = Wish(invoice.client, contact, parts, offer.key)
    return open_attempt(wish, offer, by=by, on=on, method=methods[0], by_itself=True)


def _finish(attempt: Attempt, invoice: Invoice) -> Attempt:
    attempt = ask(attempt)
    invoice.refresh_from_db()
    return attempt


def offer_of(method: StoredMethod, amount: Decimal) -> Offer:
    """The offer that a stored method belongs to, for an amount. Raises Refused at way."""
    client = method.client
    for offer in offers(client, amount, client.currency_id):
        if offer.gateway.pk == method.gateway_id and offer.way_id == method.gateway_type_id:
            return offer
    raise Refused("way", _("This payment method cannot be used for this amount."))


def ask(attempt: Attempt) -> Attempt:
    """Put a charge to the provider, once by its key; without an answer the clock asks again."""
    about = ", ".join(_numbers(attempt)) or str(attempt.pk)  # no language: asked again it must be the same
    question = asked(attempt, about)
    if attempt.method is None or timezone.now() - attempt.created_at > interface.REMEMBERED:
        return _look_for(attempt, question)
    try:
        outcome = gateway_of(attempt.gateway).charge(question, attempt.method.token)
    except Declined as fault:
        outcome = Outcome(interface.State.FAILED, reference=fault.reference, said=str(fault))
    except Misconfigured as fault:
        log.error(attempt.gateway, str(fault), client_id=attempt.client_id)
        outcome = Outcome(interface.State.FAILED, said=_("This payment method does not work at the moment."))
    except Unreachable:
        return attempt
    if outcome.reference and outcome.state is not interface.State.FAILED:
        attempt.reference = outcome.reference
        Attempt.objects.filter(pk=attempt.pk, reference="").update(reference=outcome.reference)
    return settle(attempt, outcome)


def _look_for(attempt: Attempt, question: interface.Asked) -> Attempt:
    """One that the provider may have forgotten to have been asked: asked again, it could happen twice."""
    try:
        reference = gateway_of(attempt.gateway).charged(question)
        if not reference:
            return settle(attempt, Outcome(interface.State.FAILED, said=_("No answer came.")))
        recognise(attempt, reference)
        return follow(attempt)
    except GatewayFault:
        return attempt


def _numbers(attempt: Attempt) -> list[str]:
    rows = Invoice.objects.filter(pk__in=attempt.invoice_ids).order_by("pk")
    return list(rows.values_list("number", flat=True))

"""Off to the provider's page, or paid at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.validators import slug_re
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.collecting import charging, covering, starting
from comptoir.collecting.rules import refuse_unfit
from comptoir.collecting.starting import Wish
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment
from comptoir.portal.invoices import due_invoices
from comptoir.portal.pages import page, to
from comptoir.portal.paying import choosing, details, pages, proofs, wallet, ways
from comptoir.portal.visits import Visit, visit
from comptoir.ui.arithmetic import calculate


@require_POST
@visit(part=True)
def start(there: Visit) -> HttpResponse:
    """Begin to pay: with what the client has, by what is stored, or on the provider's page."""
    sent = there.request.POST
    chosen = choosing.choice(there, list(due_invoices(there)), sent)
    if known := charging.begun(there.client, once_of(sent)):
        return to("portal:payment-outcome", known.key)
    own = wallet.opened(there, chosen.parts(there.client.currency_id), sent)
    try:
        wish = _wish(there, chosen, own)
        _refuse_all(there, chosen, wish, own.plan.left)
        if covering.covers(wish, there.on):
            used = covering.pay_with_own_money(wish, by=there.actor, on=there.on)
            return _settled(there, chosen, used)
        return set_off(there, wish, own.plan.left)
    except Refused as refused:
        chosen.errors = refused.errors
        return pages.drawn(there, chosen, sent=sent, errors=refused.errors, status=422)


def set_off(there: Visit, wish: Wish, amount: Decimal) -> HttpResponse:
    """Save what the gateway wants to know, then charge what is stored or go on to the provider's page.

    ``amount`` is what is to be collected. Raises Refused.
    """
    method = ways.method_named(there, wish.way)
    gateway = ways.gateway_named(there, wish.way, amount)
    if gateway is not None:
        details.keep(there, gateway, there.request.POST)
    if method is not None:
        attempt = charging.charge(wish, method, by=there.actor, on=there.on)
        return to("portal:payment-outcome", attempt.key)
    _attempt, url = starting.begin(wish, by=there.actor, on=there.on)
    return leave(there, url)


def leave(there: Visit, url: str) -> HttpResponse:
    """Send the client on; a page in between, so that no form of ours posts to another house."""
    return page(there, "paying/leave.html", {"next_url": url})


def _back_address() -> str:
    """Where the provider sends the client, ``{key}`` naming the try."""
    return settings.BASE_URL + reverse("portal:payment-outcome", args=["KEY"]).replace("KEY", "{key}")


def _settled(there: Visit, chosen: choosing.Choice, used: list[Payment]) -> HttpResponse:
    """On to what was paid."""
    if len(chosen.wanted) == 1:
        return to("portal:invoice", ids.encode(chosen.wanted[0].pk), done="settled")
    if there.is_whole and used:
        return to("portal:payment", ids.encode(used[-1].pk), done="settled")
    return to("portal:home", done="settled")


def wish_of(there: Visit, way: str, **more: Any) -> Wish:
    """What this visitor wants to pay by a way, coming back to the page of the outcome."""
    address = _back_address()
    return Wish(
        client=there.client,
        contact=there.contact,
        way=way,
        back=address,
        cancel=address,
        locale=there.locale.split("_")[0],
        **more,
    )


def _wish(there: Visit, chosen: choosing.Choice, own: wallet.Wallet) -> Wish:
    sent = there.request.POST
    way = sent.get("way", "")
    return wish_of(
        there,
        way,
        parts=chosen.parts(there.client.currency_id),
        fee_shown=fee_shown(sent, way),
        keep=bool(sent.get("keep")) and there.is_whole,
        own=own.using,
        own_shown=wallet.shown_in(sent),
        auto_bill=bool(sent.get("auto_bill")) and there.is_whole,
        proof=proofs.read(there, chosen.wanted, sent),
        once=once_of(sent),
    )


def _refuse_all(there: Visit, chosen: choosing.Choice, wish: Wish, left: Decimal) -> None:
    """Everything that is wrong with a form at once; ``left`` is to be collected. Raises Refused."""
    sent = there.request.POST
    faults: dict[str, list[Any]] = {}
    looks: tuple[Callable[[], None], ...] = (
        chosen.read_strictly,
        partial(refuse_unfit, wish.parts, wish.client),
        partial(proofs.refuse_missing, there, chosen.wanted, sent),
        lambda: details.refuse_missing(there, ways.gateway_named(there, wish.way, left), sent),
    )
    for look in looks:
        try:
            look()
        except Refused as refused:
            faults = {**refused.errors, **faults}
    if faults:
        raise Refused.many(faults)


def once_of(sent: Any) -> str:
    """The word of the page, which is charged once; "" for what is none of ours.

    It becomes the key of the attempt, here and at the provider: unlike ``ui.once`` it outlives a crash.
    """
    word = str(sent.get("once", ""))
    return word if slug_re.match(word) and len(word) <= 64 else ""


def fee_shown(sent: Any, way: str) -> Decimal:
    """The fee that stood beside a way of paying. Raises Refused at fee."""
    try:
        return calculate(sent.get(f"fee.{way}", "0"))
    except ValueError:
        raise Refused("fee", _("The fee has changed. Please look at the new total.")) from None

"""The rate of exchange in the editor: asked for where the document is in another currency than the books.

It begins with the rate of the document's date and follows it, until somebody types another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.exchange.operations import MOST
from comptoir.exchange.rates import PLACES, UNKNOWN, Converter, Known, known_rate, own_currency
from comptoir.kernel import formats
from comptoir.kernel.money import round_half_up
from comptoir.reference import currency
from comptoir.tenancy.models import Company
from comptoir.ui.arithmetic import calculate
from comptoir.ui.boxes import plain
from comptoir.ui.tags.figures import locale, money
from comptoir.ui.tags.inputs import localised

FIELD: Final = "exchange_rate"
PROPOSED: Final = "proposed_rate"
UNIT: Final = "rate_currency"


def unit_of(document: BillingDocument | None, client: Client | None) -> str:
    """A draft is in its client's currency, what is issued in its own (decision P7); "" for one's own."""
    if client is None:
        return ""
    unit = client.currency_id if document is None or document.status_id == 1 else document.currency_id
    return "" if unit == own_currency(client.company) else unit


def stored(document: BillingDocument) -> Decimal | str:
    """The rate that it has; "" where it needs none, where none is known, and in another currency by now."""
    known = Converter(document.client.company).knows(document.currency_id, document.exchange_rate)
    is_asked = unit_of(document, document.client) == document.currency_id
    return document.exchange_rate if known and is_asked else ""


def start(company: Company, unit: str, on: date, *, follows: bool = False) -> dict[str, Any]:
    """The values of the field, as it begins on a day; where it ``follows``, with none."""
    known = known_rate(company, unit, on=on) if unit and not follows else None
    proposed = plain(localised(known.rate)) if known else ""
    return {FIELD: proposed, PROPOSED: proposed, UNIT: unit}


def of_saved(document: BillingDocument) -> dict[str, Any]:
    """The values of a saved one; a draft without a rate begins with that of its day."""
    client, rate = document.client, stored(document)
    begun = start(client.company, unit_of(document, client), document.date, follows=not document.takes_rate)
    return begun if document.status_id == 1 and rate == "" else begun | {FIELD: rate}


def kept(start_: dict[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """The same after the client or the date changed: what somebody typed for this currency stays."""
    typed = sent.get(FIELD, "").strip()
    is_same = bool(start_[UNIT]) and sent.get(UNIT) == start_[UNIT]
    is_own = bool(typed) and is_same and typed != sent.get(PROPOSED, "")
    return start_ | {FIELD: typed} if is_own else start_


def box(company: Company, unit: str, on: date, *, follows: bool = False) -> dict[str, str]:
    """What stands around the field; nothing where none is asked for.

    ``follows``: each document that is made of this one takes the rate of its own day.
    """
    if not unit:
        return {}
    code = _code(own_currency(company))
    if follows:
        help_ = _("Left empty, each invoice takes the rate of its day.")
    else:
        help_ = _help(known_rate(company, unit, on=on), code)
    return {"before": f"1 {code} =", "after": _code(unit), "help": help_}


def _help(known: Known | None, code: str) -> str:
    if known is None:
        sentence = _("Nobody knows the rate of this day. Without one, this is in no sum in %(code)s.")
        return sentence % {"code": code}
    rate = formats.number(known.rate, locale())
    if known.day is None:
        return _("Your own rate: %(rate)s") % {"rate": rate}
    return _("Published on %(day)s: %(rate)s") % {"day": formats.day(known.day, locale()), "rate": rate}


def read(company: Company, unit: str, sent: Mapping[str, str], faults: dict[str, list[Any]]) -> Decimal:
    """What is typed for ``unit``; nothing typed is no rate, nor is one that was said of another currency.

    The latter happens when a client is picked and the form sent before its field has followed.
    """
    if not sent[FIELD].strip() or sent.get(UNIT, unit) != unit:
        return UNKNOWN
    try:
        rate = round_half_up(calculate(sent[FIELD]), PLACES)
    except ValueError:
        faults[FIELD] = [_("This is not a number.")]
        return UNKNOWN
    if not 0 < rate < MOST:
        faults[FIELD] = [
            _("A rate is more than nought and less than a billion; six decimals of it are kept.")
        ]
    elif not Converter(company).knows(unit, rate):
        faults[FIELD] = [
            _("1 stands for no rate. Is it 1? Then say so in the settings, under exchange rates.")
        ]
    return rate


def said(document: Any) -> str:
    """ "1 EUR = 1.0842 USD"; "" where it needs none, or has none."""
    converter = Converter(document.company)
    known = converter.knows(document.currency_id, document.exchange_rate)
    if document.currency_id == converter.own or not known:
        return ""
    return written(document.company, document.currency_id, document.exchange_rate)


def written(company: Company, unit: str, rate: Decimal) -> str:
    """As “1 EUR = 1.0842 USD”."""
    return f"1 {_code(own_currency(company))} = {formats.number(rate, locale())} {_code(unit)}"


def at_home(document: Any) -> tuple[str, str]:
    """What it comes to in the company's currency, and the code of that; nothing where that is not known."""
    converter = Converter(document.company)
    if document.currency_id == converter.own:
        return "", ""
    amount = converter.convert(document.amount, document.currency_id, document.exchange_rate)
    return ("", "") if amount is None else (money(amount, currency(converter.own)), _code(converter.own))


def _code(unit: str) -> str:
    return str(getattr(currency(unit), "code", ""))

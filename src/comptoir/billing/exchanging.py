"""A document's rate of exchange: that of its day unless somebody says one, and for good once it is issued.

A rate of 1 in another currency is none (``exchange.rates``): it is filled in when one is known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from comptoir.clients.models import Client
from comptoir.exchange.rates import UNKNOWN, rate, says_nothing

from .documents import BillingDocument


def follow_client(document: BillingDocument, client: Client) -> None:
    """A draft is in its client's currency (decision P7); a rate that was said in another is forgotten."""
    if document.status_id == 1 and document.currency_id != client.currency_id:
        if document.currency_id:
            document.exchange_rate = UNKNOWN
        document.currency_id = client.currency_id


def follow_date(document: BillingDocument, was: date) -> None:
    """A draft that has the rate of its day takes that of the new one; any other was said, and stays."""
    if document.status_id != 1 or not document.takes_rate or document.date == was:
        return
    if document.exchange_rate == rate(document.client.company, document.currency_id, on=was):
        document.exchange_rate = UNKNOWN


def fill_rate(document: BillingDocument, client: Client) -> None:
    """The rate of the document's day where none was said; a schedule leaves it to each of its invoices."""
    if document.takes_rate and says_nothing(document.exchange_rate):
        document.exchange_rate = rate(client.company, document.currency_id, on=document.date)


def rate_of_next(document: BillingDocument, client: Client, *, on: date) -> Decimal:
    """What begins from this document on another day: with the rate of that day, else with the same."""
    found = rate(client.company, client.currency_id, on=on)
    return (
        document.exchange_rate if found == UNKNOWN and document.currency_id == client.currency_id else found
    )

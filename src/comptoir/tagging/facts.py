"""What can happen to tags. Putting them on a record counts as a change of that record on the wire, with its
activity code and webhook (decision A2); ``changes`` has the names before and after."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact, kind_of


class TagCreated(Fact):
    phrase = _("{user} created tag {tag}")


class TagUpdated(Fact):
    phrase = _("{user} updated tag {tag}")


class TagArchived(Fact):
    phrase = _("{user} archived tag {tag}")


class TagDeleted(Fact):
    phrase = _("{user} deleted tag {tag}")


class TagRestored(Fact):
    phrase = _("{user} restored tag {tag}")


class RecordTagged(Fact):
    phrase = _("{user} changed the tags of {subject}")


class ClientTagged(RecordTagged):
    code, event = 61, 10
    phrase = _("{user} changed the tags of client {client}")


class InvoiceTagged(RecordTagged):
    code, event = 5, 8
    phrase = _("{user} changed the tags of invoice {invoice}")


class QuoteTagged(RecordTagged):
    code, event = 19, 6
    phrase = _("{user} changed the tags of quote {quote}")


class CreditTagged(RecordTagged):
    code, event = 15, 28
    phrase = _("{user} changed the tags of credit {credit}")


class PaymentTagged(RecordTagged):
    code, event = 11, 31
    phrase = _("{user} changed the tags of payment {payment}")


class RecurringTagged(RecordTagged):
    phrase = _("{user} changed the tags of recurring invoice {recurringinvoice}")


class ProductTagged(RecordTagged):
    event = 51
    phrase = _("{user} changed the tags of product {product}")


OF_KIND: Final[dict[str, type[RecordTagged]]] = {
    "client": ClientTagged,
    "invoice": InvoiceTagged,
    "quote": QuoteTagged,
    "credit": CreditTagged,
    "payment": PaymentTagged,
    "recurringinvoice": RecurringTagged,
    "product": ProductTagged,
}


def tagged(record: models.Model, before: list[str], after: list[str], *, by: Actor) -> RecordTagged:
    """The fact in its form for this record."""
    form = OF_KIND.get(kind_of(record), RecordTagged)
    return form(record, actor=by, changes={"tags": (", ".join(before), ", ".join(after))})

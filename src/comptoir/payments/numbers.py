"""A payment's number, drawn when it is saved."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from comptoir.billing.numbers import context
from comptoir.kernel.refused import Refused
from comptoir.numbering.drawing import draw
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.inserting import insert

from .models import Payment


def insert_numbered(payment: Payment, preferences: Preferences, *, on: date) -> None:
    """Insert with the number that was typed, or the next of the series. Raises Refused at number."""
    if not payment.number:
        user = payment.user if "user" in preferences.payment_number_pattern else None
        payment.number = draw(
            "payment", preferences, context(payment.client, user, on), Payment.objects.all()
        )
    try:
        insert([payment])
    except IntegrityError as error:
        if "number" in str(error):
            raise Refused("number", _("This number is already taken.")) from error
        if "idempotency_key" in str(error) or "payment_key_once" in str(error):
            raise Refused("idempotency_key", _("This key was already used for another payment.")) from error
        raise

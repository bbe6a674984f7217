"""What VIES said of a client's number, kept with the client: ``tax_info["vies"]`` on the wire.

Nothing here stands in the way of saving. A company says in ``check_vat_numbers`` whether numbers are asked
about: "by_hand" (a person presses the button), "always" (with every new number) or "never".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact
from comptoir.activity.operations import operation, tell
from comptoir.activity.outbox import queue
from comptoir.clients import facts
from comptoir.clients.models import Client
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company

from . import numbers
from .vies import Answer

KEY: Final = "vies"
SWITCH: Final = "check_vat_numbers"
ASKED, VALID, INVALID, UNAVAILABLE = "asked", "valid", "invalid", "unavailable"


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """One query. ``number`` with its prefix; ``state`` one of the four words above.

    ``reason`` and ``next_at`` belong to ``unavailable``: VIES' word for it, and when we try again (None:
    no more). ``at`` is when it was asked, or answered.
    """

    number: str
    state: str
    at: datetime
    name: str = ""
    address: str = ""
    consultation: str = ""
    reason: str = ""
    tries: int = 0
    next_at: datetime | None = None


def wish(company: Company) -> str:
    """Whether the company wants numbers asked about: "by_hand", "always" or "never"."""
    return str(company.switch(SWITCH))


def number_of(client: Client, *, on: date) -> numbers.VatNumber | None:
    """The number to ask about; None when VIES would not know it."""
    return numbers.read(client.vat_number, client.country_id, on=on)


def asker(company: Company, *, on: date) -> numbers.VatNumber | None:
    """Who we are to VIES, so that it gives a proof of the query."""
    own = Preferences((company.settings,))
    return numbers.read(str(own.vat_number), str(own.country_id), on=on)


def check_of(client: Client, *, on: date) -> Check | None:
    """The last query about the client's present number; None when there was none."""
    check = stored(client.tax_info)
    number = number_of(client, on=on)
    return check if check and number and check.number == str(number) else None


def stored(tax_info: Mapping[str, Any]) -> Check | None:
    """The last query, about whatever number the client had then."""
    return msgspec.convert(tax_info[KEY], Check) if KEY in tax_info else None


class OtherNumber(Exception):
    """The client has another number by now: an answer that took its time is not about it."""


def keep(client: Client, check: Check, *, on: date) -> None:
    """Write it beside the client. Not a change of the client: nobody is told, no version grows.

    Raises OtherNumber.
    """
    with transaction.atomic():
        _lock(client, check.number, on)
        client.tax_info = {**client.tax_info, KEY: msgspec.to_builtins(check)}
        Client.objects.filter(pk=client.pk).update(tax_info=client.tax_info)


def _lock(client: Client, number: str, on: date) -> None:
    """The client as it is now: VIES was asked for some seconds, without holding anybody up."""
    lock(client)
    if str(number_of(client, on=on)) != number:
        raise OtherNumber(number)


def begin(client: Client, *, on: date) -> bool:
    """Leave the question to the worker. False when there is nothing to ask, or nobody may."""
    number = number_of(client, on=on)
    if number is None or client.is_deleted or wish(client.company) == "never":
        return False
    keep(client, Check(str(number), ASKED, timezone.now()), on=on)
    queue("clients.check_vat", {"client": client.pk, "number": str(number)})
    return True


@operation
def record(client: Client, number: str, answer: Answer, *, by: Actor, on: date) -> Client:
    """Keep what VIES said; ``has_valid_vat_number`` follows it, and taxes by destination follow that.

    Raises OtherNumber.
    """
    _lock(client, number, on)
    check = Check(
        number,
        VALID if answer.is_valid else INVALID,
        timezone.now(),
        name=answer.name,
        address=answer.address,
        consultation=answer.consultation,
    )
    was = client.has_valid_vat_number
    client.has_valid_vat_number = answer.is_valid
    client.tax_info = {**client.tax_info, KEY: msgspec.to_builtins(check)}
    client.save(update_fields=["has_valid_vat_number", "tax_info", "updated_at"])
    changes = {} if was == answer.is_valid else {"has_valid_vat_number": (was, answer.is_valid)}
    tell(facts.ClientVatChecked(client, actor=by, changes=changes, notes=number))
    return client


def forget_other_number(client: Client, *, on: date) -> None:
    """A number that changed is not what VIES spoke of: the flag that came from there falls. Saves nothing."""
    check = stored(client.tax_info)
    number = number_of(client, on=on)
    if check is None or (number and check.number == str(number)):
        return
    client.tax_info = {key: value for key, value in client.tax_info.items() if key != KEY}
    if check.state == VALID:
        client.has_valid_vat_number = False


def wants_check(fact: Fact) -> bool:
    """Whether a saved client brings a number that the company wants asked about by itself."""
    client = fact.subject
    if not isinstance(client, Client) or not client.vat_number or wish(client.company) != "always":
        return False
    return isinstance(fact, facts.ClientCreated) or bool({"vat_number", "country_id"} & set(fact.changes))

"""When a client may not be saved as sent. Faults are collected, so that all are seen in one go."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from comptoir.activity.shelving import refuse_deleted
from comptoir.kernel.refused import Refused, WrongState
from comptoir.reference import country

from . import identifiers
from .columns import Fault, too_long
from .models import Client

CLASSIFICATIONS: Final = (
    "individual",
    "business",
    "company",
    "partnership",
    "trust",
    "charity",
    "government",
    "other",
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\s\x00-\x1f\x7f]")
_ONCE: Final = ("number", "id_number")


def faults_of(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with these columns, whatever else the database holds."""
    yield from too_long(Client, values)
    yield from identifiers.malformed(values)
    yield from faults_of_countries(values)
    if values.get("classification") and values["classification"] not in CLASSIFICATIONS:
        yield "classification", _("Choose one of: %(choices)s.") % {"choices": ", ".join(CLASSIFICATIONS)}
    scheme = _SCHEME.match(_UNSEEN.sub("", values.get("website", "")))
    if scheme and scheme[1].lower() not in {"http", "https"}:
        yield "website", _("A website begins with https:// or with its name.")


def faults_of_countries(values: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("country_id", "shipping_country_id"):
        if values.get(name) and country(values[name]) is None:
            yield name, _("There is no such country.")


def faults_of_twins(clients: Sequence[Client]) -> list[list[Fault]]:
    """Numbers that somebody of the company has already, or that two of ``clients`` share (S12, S13).

    Deleted clients count, purged ones do not (decision C6).
    """
    faults: list[list[Fault]] = [[] for _client in clients]
    for column in _ONCE:
        places: dict[str, list[int]] = defaultdict(list)
        for place, client in enumerate(clients):
            if getattr(client, column):
                places[getattr(client, column)].append(place)
        taken = _taken(column, list(places), [client.pk for client in clients if client.pk])
        for value, own in places.items():
            for place in own[0 if value in taken else 1 :]:
                faults[place].append((column, taken_sentence(column)))
    return faults


def _taken(column: str, values: list[str], but: list[int]) -> set[str]:
    if not values:
        return set()
    # SQLite uses its partial index only where the query says, like the index, that it is not empty
    others = Client.objects.filter(**{f"{column}__in": values}).exclude(**{column: ""}).exclude(pk__in=but)
    return set(others.values_list(column, flat=True))


def taken_sentence(column: str) -> str:
    if column == "number":
        return _("Another client has this number already.")
    return _("Another client has this identification number already.")


@contextmanager
def twins_are_refused() -> Iterator[None]:
    """Another writer took the number a moment before: the same refusal, from the database's constraint."""
    try:
        yield
    except IntegrityError as error:
        for column in reversed(_ONCE):
            if re.search(rf"\bclient_{column}_once\b|\bclients_client\.{column}\b", str(error)):
                raise Refused(column, taken_sentence(column)) from error
        raise


def refuse_gone(client: Client) -> None:
    """A deleted client is restored first; one that was merged away stays as it is (C15)."""
    if client.merged_into_id:
        raise WrongState(_("This client was merged into another and can no longer be changed."))
    refuse_deleted(client)


def refuse_merging(kept: Client, absorbed: Client) -> None:
    """Money in two currencies does not add up (C16)."""
    if kept.pk == absorbed.pk:
        raise Refused("id", _("A client cannot be merged into itself."))
    for client in (kept, absorbed):
        if client.merged_into_id:
            raise WrongState(_("This client was merged into another and can no longer be changed."))
    if kept.is_deleted:
        raise WrongState(_("This client is deleted. Restore it before you merge another into it."))
    if has_money(kept) and has_money(absorbed) and kept.currency_id != absorbed.currency_id:
        raise Refused("currency_id", _("The two clients have money in different currencies."))


def has_money(client: Client) -> bool:
    """Whether any of the four figures is not zero."""
    return any((client.balance, client.paid_to_date, client.credit_balance, client.payment_balance))

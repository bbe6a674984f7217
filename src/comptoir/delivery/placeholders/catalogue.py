"""Every placeholder there is, once: its name, its French name, and a sentence for settings pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comptoir.delivery.placeholders import entries
from comptoir.delivery.placeholders.spelling import fold

DOCUMENTS: Final = ("invoice", "quote", "credit", "purchase_order", "recurring_invoice")
"""Prefixes under which a document's own names are known too: $invoice.number is $number."""

DOCUMENTS_FR: Final = ("facture", "devis", "avoir", "commande")
OWNERS_FR: Final = {"client": "client", "contact": "contact", "company": "société", "vendor": "fournisseur"}


@dataclass(frozen=True)
class Placeholder:
    """`name` and `french` are without `$`; `group` is the part of the page that offers it."""

    name: str
    french: str
    group: str
    sentence: str | Promise


def _plain() -> Iterator[Placeholder]:
    for group, rows in entries.ALL.items():
        for name, french, sentence in rows:
            yield Placeholder(name, french, group, sentence)


def _custom() -> Iterator[Placeholder]:
    """Four fields of the company's own making for each owner, and the label of each."""
    for owner, of_whom in entries.CUSTOM.items():
        prefix = f"{owner}." if owner else ""
        french = f"{OWNERS_FR[owner]}." if owner else ""
        for slot in (1, 2, 3, 4):
            name, alias = f"{prefix}custom{slot}", f"{french}personnalisé{slot}"
            words = {"number": slot, "owner": of_whom}
            yield Placeholder(name, alias, owner, format_lazy(_("Custom field {number} {owner}"), **words))
            label = format_lazy(_("Label of custom field {number} {owner}"), **words)
            yield Placeholder(f"{name}_label", f"{alias}_libellé", owner, label)


CATALOGUE: Final = (*_plain(), *_custom())
NAMES: Final = frozenset(entry.name for entry in CATALOGUE)


def _other_names(entry: Placeholder) -> Iterator[str]:
    yield fold(entry.french)
    if "." not in entry.name and entry.group in {"document", ""}:
        yield from (f"{document}.{entry.name}" for document in DOCUMENTS)
        yield from (f"{document}.{fold(entry.french)}" for document in DOCUMENTS_FR)
    owner, _dot, rest = entry.name.rpartition(".")
    if rest.startswith("custom") and rest[6:].isdigit():
        for name in (owner,) if owner else DOCUMENTS:
            yield f"{name}{rest[6:]}"  # $client1
            yield f"{name}.custom_value{rest[6:]}"


def _aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {name: (target,) for name, target in entries.OTHER_NAMES.items()}
    for entry in CATALOGUE:
        for alias in _other_names(entry):
            if alias != entry.name:
                found[alias] = (*found.get(alias, ()), entry.name)
    return found


ALIASES: Final = _aliases()
"""Every other spelling, accents folded, with the names it may stand for, best first."""

"""The parties of a document and its details, from the fields that the company chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.placeholders.parties import Address
from comptoir.designs.layout import Layout
from comptoir.designs.page import Block, Detail
from comptoir.reference import country_by_code

Values = Mapping[str, str]

PLAIN: Final = frozenset((
    "name", "address1", "address2", "city", "state", "postal_code", "city_state_postal", "postal_city",
    "postal_city_state", "country", "shipping_address1", "shipping_address2", "shipping_city",
    "shipping_state", "shipping_postal_code", "shipping_country", "full_name", "first_name", "last_name",
    "email", "phone", "website",
))  # fmt: skip
"""Fields that say by themselves what they are."""

ELSEWHERE: Final = frozenset({"number", "balance_due", "balance", "amount_due", "amount"})
"""Details that a page shows in larger letters: the number beside its heading, the sum that is due."""

FAMILY: Final = {"deposit_invoice": "invoice", "recurring_invoice": "invoice"}
"""Kinds that share the fields of another."""


def company_block(facts: DocumentFacts, values: Values, labels: Labels) -> Block:
    """Who it is from: address first, then the company's details."""
    names = [*facts.layout.names("company_address"), *facts.layout.names("company_details")]
    lines = _lines(names, values, labels, facts.company.address)
    return Block(labels["from"], facts.company.name, tuple(lines))


def client_block(facts: DocumentFacts, values: Values, labels: Labels) -> Block:
    """Who it is for; the vendor of an order."""
    order = facts.kind == "purchase_order"
    names = facts.layout.names("vendor_details" if order else "client_details")
    lines = list(_lines(names, values, labels, facts.client.address))
    if names == Layout().names("vendor_details" if order else "client_details"):
        lines.sort(key=lambda line: not line.plain)  # nobody has chosen an order: the address comes first
    return Block(labels["vendor" if order else "to"], facts.client.name, tuple(lines))


def delivery_block(facts: DocumentFacts, labels: Labels) -> Block | None:
    """Where it is delivered, when the company shows that or it is another address."""
    address = facts.client.shipping
    if not address or not facts.layout.shipping_address:
        return None
    lines = (address.address1, address.address2, local_order(address), address.country)
    return Block(labels["ship_to"], "", tuple(Detail("", line, plain=True) for line in lines if line))


def details(facts: DocumentFacts, values: Values, labels: Labels) -> tuple[Detail, ...]:
    """Dates and references, then what the law or the case adds to the fields that were chosen."""
    family = FAMILY.get(facts.kind, facts.kind)
    return (*_chosen_details(family, facts, values, labels), *_added_details(facts, labels))


def _chosen_details(family: str, facts: DocumentFacts, values: Values, labels: Labels) -> Iterator[Detail]:
    for name in facts.layout.names(f"{family}_details"):
        key = name.removeprefix(f"{family}.")
        value = values.get(key) or values.get(name, "")
        if value and key not in ELSEWHERE and not (key == "total" and _is_figure(facts)):
            label = values.get(f"{key}_label") or labels.first(f"{family}_{key}", key)
            yield Detail(label, value, key)


def _is_figure(facts: DocumentFacts) -> bool:
    """Whether the total is the figure that the page shows large."""
    return facts.kind not in {"invoice", "deposit_invoice"} or facts.amount_due == facts.totals.amount


def _added_details(facts: DocumentFacts, labels: Labels) -> Iterator[Detail]:
    day = facts.reader.day
    if facts.corrects:
        yield Detail(labels["corrects"], facts.corrects, "corrects")
    if facts.preceding:
        yield Detail(labels["preceding"], facts.preceding, "preceding")
    if facts.delivered and facts.delivered != facts.on:
        yield Detail(labels["delivery_date"], day(facts.delivered), "delivery_date")
    if facts.period:
        yield Detail(labels["period"], f"{day(facts.period[0])} – {day(facts.period[1])}", "period")


def _lines(names: list[str], values: Values, labels: Labels, address: Address) -> Iterator[Detail]:
    for name in names:
        key = name.rpartition(".")[2]
        value = local_order(address) if key == "city_state_postal" else values.get(name, "")
        if value and key != "name":
            yield Detail(_label(name, key, value, values, labels), value, key, plain=key in PLAIN)


def _label(name: str, key: str, value: str, values: Values, labels: Labels) -> str:
    own = values.get(f"{name}_label")
    if own:
        return own
    if key == "id_number":
        return labels[register_name(value)]
    return labels.first(name.replace(".", "_"), key)


def register_name(number: str) -> str:
    """Key of the label for a registration number: French ones are told by their length."""
    figures = "".join(number.split())
    if not figures.isdigit():
        return "id_number"
    return {9: "siren", 14: "siret"}.get(len(figures), "id_number")


def local_order(address: Address) -> str:
    """City line as the country writes it: 69002 Lyon, but Boston, MA 02108."""
    country = country_by_code(address.country_code) if address.country_code else None
    return address.postal_city_state if country and country.swap_postal_code else address.city_state_postal

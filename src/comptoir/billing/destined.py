"""The taxes of a draft by where it goes, when its company has them computed (``calculate_taxes``).

Documents that were issued, and credit notes of an invoice, keep the taxes they have.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import override, to_language

from comptoir.clients.models import Client
from comptoir.clients.vat.checking import number_of
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.reference import country
from comptoir.reference.vat import SHARED
from comptoir.tenancy.models import Company

from . import destination
from .documents import BillingDocument
from .lines import LATE_FEE, PAID_FEE, UNPAID_FEE, Line

SWITCH: Final = "calculate_taxes"
ABOVE: Final = "eu_sales_above_threshold"
KEY: Final = "destination"
_FEES: Final = (UNPAID_FEE, PAID_FEE, LATE_FEE)
_BUSINESSES: Final = ("business", "company", "partnership", "trust", "charity", "government")


def is_wanted(company: Company) -> bool:
    """Whether a company has taxes computed: one that is exempt has none to compute."""
    return bool(company.switch(SWITCH)) and not company.switch("vat_exemption")


def is_computed(document: BillingDocument) -> bool:
    """Whether the taxes of its lines follow from where it goes."""
    corrects = getattr(document, "invoice_id", None)
    return document.status_id == 1 and corrects is None and is_wanted(document.company)


def apply(document: BillingDocument, lines: list[Line], preferences: Preferences) -> None:
    """Tax the lines; ``tax_info["destination"]`` keeps why: ``[rule, whose tax]`` of each line, or None."""
    sale = sale_of(document, preferences)
    reasons: list[Any] = []
    with override(to_language(spoken_by("", preferences).locale)):  # the name of a tax is printed
        for line in lines:
            found = None if line.type_id in _FEES else destination.verdict(sale, line.tax_id)
            reasons.append([found.rule.value, found.country] if found else None)
            if found is not None:
                _put(line, found)
    document.tax_info = {
        **document.tax_info,
        KEY: {"client": sale.client, "arrives": sale.arrives, "seller": sale.seller, "lines": reasons},
    }


def _put(line: Line, found: destination.Verdict) -> None:
    line.tax_name1, line.tax_rate1 = found.name, found.rate
    line.tax_name2 = line.tax_name3 = ""
    line.tax_rate2 = line.tax_rate3 = destination.NOTHING


def sale_of(document: BillingDocument, preferences: Preferences) -> destination.Sale:
    """From whom to whom, and where to."""
    client = document.client
    seller = _code(str(preferences.of_company.country_id))
    home = _code(client.country_id) or seller
    return destination.Sale(
        seller=seller,
        client=home,
        arrives=_arrival(document, client) or home,
        is_registered=_is_registered(client, seller, document.date),
        is_business=bool(client.vat_number) or client.classification in _BUSINESSES,
        is_above_threshold=bool(document.company.switch(ABOVE)),
        on=document.date,
    )


def _arrival(document: BillingDocument, client: Client) -> str:
    location = document.location if document.location_id else None
    if location is not None and location.is_shipping_location and location.country_id:
        return _code(location.country_id)
    return _code(client.shipping_country_id)


def _is_registered(client: Client, seller: str, on: date) -> bool:
    """With a valid number of another state than the seller's."""
    number = number_of(client, on=on) if client.has_valid_vat_number else None
    return number is not None and number.country != SHARED.get(seller, seller)


def _code(country_id: str) -> str:
    found = country(country_id)
    return found.iso_3166_2 if found else ""


def rules_of(document: BillingDocument) -> list[str]:
    """The rules that its lines were taxed by, in their order."""
    lines = document.tax_info.get(KEY, {}).get("lines", ())
    return [reason[0] for reason in lines if reason]

"""Sentences that a law asks for on a document, by country and by date of issue.

Not legal advice. Each row gives its source; a text that changes gets a row with its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.delivery.pdf.facts import DocumentFacts

ALWAYS: Final = date.min

EXEMPTIONS: Final[Mapping[str, tuple[tuple[date, str | Promise], ...]]] = {
    # The VAT law moved from the CGI to the CIBS on 1 September 2026; the old reference is accepted on
    # invoices until 31 December 2027 (ordonnance 2025-1247).
    "franchise": (
        (ALWAYS, gettext_lazy("VAT not applicable, article 293 B of the French tax code (CGI).")),
        (date(2028, 1, 1), gettext_lazy("VAT not applicable, small business exemption.")),
    ),
    "reverse_charge": ((ALWAYS, gettext_lazy("Reverse charge.")),),
    "intra_community": (
        (ALWAYS, gettext_lazy("VAT-exempt intra-Community supply, article 138 of Directive 2006/112/EC.")),
    ),
    "export": ((ALWAYS, gettext_lazy("VAT-exempt export, article 146 of Directive 2006/112/EC.")),),
    "outside": (
        (
            ALWAYS,
            gettext_lazy("VAT not applicable, service outside the EU, article 44 of Directive 2006/112/EC."),
        ),
    ),
    "margin": ((ALWAYS, gettext_lazy("Margin scheme.")),),
    "self_billing": ((ALWAYS, gettext_lazy("Self-billing.")),),
}
OPERATIONS: Final[Mapping[str, str | Promise]] = {
    "goods": gettext_lazy("supply of goods"),
    "services": gettext_lazy("supply of services"),
    "both": gettext_lazy("supply of goods and services"),
}


def mentions(facts: DocumentFacts) -> tuple[str, ...]:
    """The sentences for this document, in the language that is active."""
    return tuple(_exemption(facts)) + (tuple(_french(facts)) if facts.law.country_code == "FR" else ())


def _exemption(facts: DocumentFacts) -> Iterator[str]:
    for code in facts.law.exemptions:
        versions = EXEMPTIONS.get(code, ())
        yield from [str(text) for since, text in versions if since <= facts.on][-1:]


def _french(facts: DocumentFacts) -> Iterator[str]:
    """CGI ann. II art. 242 nonies A with decree 2022-1299; Code de commerce L441-9, L441-10, D441-5."""
    if facts.kind not in {"invoice", "deposit_invoice"}:
        return
    if facts.law.operations in OPERATIONS:
        yield _("Kind of operation: {kind}.").format(kind=OPERATIONS[facts.law.operations])
    if facts.law.vat_on_debits:
        yield _("VAT paid on debits, by option.")
    if facts.client.is_professional:
        rate = facts.law.late_rate or _("three times the legal interest rate")
        yield _("Late payment: penalties at {rate} from the day after the due date.").format(rate=rate)
        yield _("Fixed charge for recovery costs due by professional clients: €40.")
        yield facts.law.early_discount or _("No discount for early payment.")


def identity(facts: DocumentFacts, register: str, vat: str) -> str:
    """The company in one line, for the foot of every page: form, capital, numbers."""
    company = facts.company
    capital = _("with a capital of {capital}").format(capital=company.capital) if company.capital else ""
    parts = (
        company.name,
        " ".join(part for part in (company.legal_form, capital) if part),
        f"{register} {company.id_number}" if company.id_number else "",
        company.trade_register,
        f"{vat} {company.vat_number}" if company.vat_number else "",
    )
    return " · ".join(part for part in parts if part)

"""What a document says, by placeholder name: the one source of blocks, details and texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.placeholders.values import Parties, custom_values, party_values


def document_values(facts: DocumentFacts, labels: Labels) -> dict[str, str]:
    """Values of every placeholder that has one, written in the language that is active."""
    owner = "vendor" if facts.kind == "purchase_order" else "client"
    parties = Parties(facts.company, facts.client, facts.contact)
    return {
        **party_values(parties, facts.reader, owner=owner),
        **_words(facts, labels),
        **_days(facts),
        **_sums(facts),
        **_surcharges(facts),
        **custom_values("", facts.custom, facts.reader),
    }


def _words(facts: DocumentFacts, labels: Labels) -> dict[str, str]:
    return {
        "entity": labels[facts.kind],
        "number": facts.number,
        "po_number": facts.po_number,
        "project": facts.project,
        "status": labels[facts.stage] if facts.stage != "issued" else "",
        "instalment": instalment(facts),
        "exchange_rate": facts.reader.number(facts.exchange_rate),
        "public_notes": facts.public_notes,
        "terms": facts.terms,
        "footer": facts.footer,
        "view_link": facts.view_link,
        "payment_link": facts.payment_link,
    }


def instalment(facts: DocumentFacts) -> str:
    """ "2 of 3", or "1–2 of 3" when one is late; nothing for what is not paid in instalments."""
    if facts.instalment is None:
        return ""
    first, last, total = facts.instalment
    which = str(first) if first == last else f"{first}–{last}"
    return _("%(which)s of %(total)s") % {"which": which, "total": total}


def _days(facts: DocumentFacts) -> dict[str, str]:
    day = facts.reader.day
    return {
        "date": day(facts.on),
        "due_date": day(facts.due),
        "valid_until": day(facts.due),
        "partial_due_date": day(facts.partial_due),
        "requested_by": day(facts.amount_due_by),
        "today": day(date.fromisoformat(facts.moment[:10])),
    }


def _sums(facts: DocumentFacts) -> dict[str, str]:
    totals, money = facts.totals, facts.reader.money
    taxes = money(totals.total_taxes)
    return {
        "subtotal": money(totals.subtotal),
        "net_subtotal": money(net(facts)),
        "discount": money(totals.discount),
        "total_taxes": taxes,
        "line_taxes": taxes,
        "total": money(totals.amount),
        "amount": money(totals.amount),
        "amount_due": money(facts.amount_due),
        "balance": money(facts.balance),
        "balance_due": money(facts.balance),
        "outstanding": money(facts.balance),
        "paid_to_date": money(facts.paid_to_date),
        "partial": money(facts.partial) if facts.partial > 0 else "",
    }


def net(facts: DocumentFacts) -> Decimal:
    """The whole before tax: what the lines and surcharges come to, less the taxes that they hold."""
    charged = sum((charge.amount for charge in facts.surcharges), facts.totals.net)
    return charged - facts.totals.total_taxes if facts.inclusive else charged


def _surcharges(facts: DocumentFacts) -> dict[str, str]:
    money = facts.reader.money
    found: dict[str, str] = {}
    for slot, charge in enumerate(facts.surcharges, start=1):
        found[f"custom_surcharge{slot}"] = money(charge.amount)
        found[f"custom_surcharge{slot}_label"] = charge.label
    return found

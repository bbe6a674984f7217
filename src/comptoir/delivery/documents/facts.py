"""From the row of a document to what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.conf import settings

from comptoir.billing import composition, destined, totals
from comptoir.billing.destination import mentions_of
from comptoir.billing.documents import SURCHARGES, BillingDocument, Invitation
from comptoir.clients.models import Client, Contact
from comptoir.delivery.documents.logos import logo_of
from comptoir.delivery.documents.parties import client_of, company_of, contact_of, custom
from comptoir.delivery.documents.patterns import as_next
from comptoir.delivery.documents.signatures import signed
from comptoir.delivery.pdf.facts import Bank, DocumentFacts, Kind, Law, Stage, Surcharge
from comptoir.delivery.placeholders.parties import CustomField
from comptoir.delivery.placeholders.reader import Reader
from comptoir.delivery.placeholders.readers import reader_for
from comptoir.designs.layout import Layout
from comptoir.gateways.offers import can_take
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.languages import spoken_by
from comptoir.reference import country
from comptoir.sales.invoices.instalments import asked
from comptoir.sales.invoices.models import Invoice

PARTLY_PAID = 3
"""The last status in which an invoice can be paid."""

STAGES: dict[tuple[str, int], Stage] = {
    ("invoice", 1): "draft",
    ("invoice", 4): "paid",
    ("invoice", 5): "cancelled",
    ("invoice", 6): "reversed",
    ("quote", 1): "draft",
    ("quote", 3): "approved",
    ("quote", 4): "approved",
    ("quote", 5): "cancelled",
    ("credit", 1): "draft",
    ("recurring_invoice", 1): "draft",
}
"""The stamp of a kind of document by its status; "issued" for all others."""


def reader_of(document: BillingDocument, preferences: Preferences) -> Reader:
    """The client's language, the document's currency, the client's way to write a day (S85)."""
    return reader_for(spoken_by("", preferences).locale, document.currency_id, preferences)


def facts_of(document: BillingDocument, contact: Contact | None = None) -> DocumentFacts:
    """Everything the document says, for a contact (the first one invited when none is given)."""
    client, company = document.client, document.company
    preferences = client.preferences
    reader = reader_of(document, preferences)
    kind: Kind = document.kind.entity  # type: ignore[assignment]
    invitation = _invitation(document, contact)
    contact = contact or (invitation.contact if invitation else _first_contact(client))
    link = f"{settings.BASE_URL}/client/{kind}/{invitation.key}" if invitation else ""
    period = (document.period_start, document.period_end)
    facts = DocumentFacts(
        kind=kind,
        reader=reader,
        company=company_of(document, preferences, reader.locale),
        client=client_of(document, reader.locale),
        totals=totals.add_up(composition.described(document, preferences, exempt=client.is_tax_exempt)),
        on=document.date,
        layout=Layout.chosen(_chosen(kind, preferences)),
        number=document.number,
        stage=STAGES.get((kind, document.status_id), "issued"),
        contact=contact_of(contact, company.custom_fields),
        due=document.due_date,
        paid_to_date=document.paid_to_date,
        balance=document.amount - document.paid_to_date if document.status_id == 1 else document.balance,
        partial=document.partial,
        partial_due=document.partial_due_date,
        instalment=asked(document) if isinstance(document, Invoice) and document.instalments else None,
        discount=document.discount,
        is_amount_discount=document.is_amount_discount,
        inclusive=document.uses_inclusive_taxes,
        surcharges=_surcharges(document),
        po_number=document.po_number,
        corrects=_corrected(document),
        preceding=_preceding(document),
        delivered=document.delivery_date,
        period=period if all(period) else None,  # type: ignore[arg-type]
        exchange_rate=document.exchange_rate,
        custom=custom(company.custom_fields, "invoice", vars(document)),
        line_custom=_line_custom(document),
        public_notes=document.public_notes,
        terms=document.terms,
        footer=document.footer,
        markdown=bool(company.switch("markdown_enabled")),
        bank=Bank(
            holder=company.name,
            iban=company.switch("iban"),
            bic=company.switch("bic"),
            reference=document.number,
            is_qr_bill=bool(company.switch("qr_bill_enabled")),
            qr_iban=str(preferences.qr_iban or ""),
            participant=str(preferences.besr_id or ""),
        ),
        logo=logo_of(company, preferences),
        law=_law(document, preferences),
        signed=signed(document, preferences),
        translations={k: str(v) for k, v in (preferences.translations or {}).items()},
        view_link=link,
        payment_link=_payment_link(document, kind, invitation),
        moment=_moment(document),
    )
    return as_next(facts, document, preferences)


def _payment_link(document: BillingDocument, kind: Kind, invitation: Invitation | None) -> str:
    """Where to pay; nothing unless a gateway can take the payment, now or once it is issued."""
    if kind != "invoice" or invitation is None or document.is_deleted or document.status_id > PARTLY_PAID:
        return ""
    owed = document.requested if document.balance else document.amount
    may = can_take(document.client, owed, document.currency_id)
    return f"{settings.BASE_URL}/client/pay/{invitation.key}" if may else ""


def _chosen(kind: Kind, preferences: Preferences) -> dict[str, Any]:
    """The settings of the layout; a quote has the columns of invoices unless it may have its own."""
    chosen = {key: preferences[key] for key in _LAYOUT}
    if kind == "quote" and preferences.sync_invoice_quote_columns:
        fields = dict(chosen["pdf_variables"] or {})
        if "product_columns" in fields:
            chosen["pdf_variables"] = {**fields, "product_quote_columns": fields["product_columns"]}
    return chosen


_LAYOUT = tuple(
    key
    for key in (
        "page_size", "page_layout", "font_size", "primary_font", "secondary_font", "primary_color",
        "secondary_color", "page_numbering", "page_numbering_alignment", "all_pages_header",
        "all_pages_footer", "hide_empty_columns_on_pdf", "hide_paid_to_date", "show_paid_stamp",
        "show_shipping_address", "pdf_variables",
    )
    if key in CATALOGUE
)  # fmt: skip


def _first_contact(client: Client) -> Contact | None:
    return client.contacts.live().first() if client.pk is not None else None


def _invitation(document: BillingDocument, contact: Contact | None) -> Invitation | None:
    if document.pk is None:
        return None
    found = document.invitations.live().select_related("contact").order_by("pk")  # type: ignore[attr-defined]
    return (found.filter(contact=contact) if contact else found).first()


def _surcharges(document: BillingDocument) -> Sequence[Surcharge]:
    labels = document.company.custom_fields
    amounts = ((n, getattr(document, f"custom_surcharge{n}")) for n in SURCHARGES)
    return [
        Surcharge(CustomField.defined(str(labels.get(f"surcharge{n}") or ""), "").label, amount)
        for n, amount in amounts
    ]


def _line_custom(document: BillingDocument) -> Sequence[CustomField]:
    return custom(document.company.custom_fields, "product", {})


def _corrected(document: BillingDocument) -> str:
    invoice = getattr(document, "invoice", None)
    return invoice.number if invoice is not None and document._meta.model_name == "credit" else ""


def _preceding(document: BillingDocument) -> str:
    """The invoice that an invoice follows, kept with what structured invoices say (BT-25)."""
    said = document.e_invoice if isinstance(document.e_invoice, dict) else {}
    return str(said.get("preceding_invoice") or "") if document._meta.model_name == "invoice" else ""


def _law(document: BillingDocument, preferences: Preferences) -> Law:
    company = document.company
    home = country(str(preferences.of_company.country_id))
    return Law(
        country_code=home.iso_3166_2 if home else "",
        exemptions=_exemptions(document),
        operations=company.switch("operations_kind"),
        vat_on_debits=bool(company.switch("vat_on_debits")),
        late_rate=company.switch("late_penalty_rate"),
        early_discount=company.switch("early_payment_discount"),
    )


def _exemptions(document: BillingDocument) -> tuple[str, ...]:
    """What the company says of itself, and what follows from where this document goes."""
    own = [code for code in (document.company.switch("vat_exemption"),) if code]
    return tuple(dict.fromkeys([*own, *mentions_of(destined.rules_of(document))]))


def _moment(document: BillingDocument) -> str:
    return document.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

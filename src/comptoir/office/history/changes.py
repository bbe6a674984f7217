"""What a saving changed, field by field, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.receiving import LABELS as MAILS
from comptoir.clients.receiving import Mail
from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.custom_fields import CustomField, custom_fields
from comptoir.reference import country, currency, industry, language, payment_type, size
from comptoir.reference.names import name_in

Shown = tuple[str, str, str]
Pair = tuple[Any, Any]

LABELS: Final = {
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
    "id_number": gettext_lazy("ID number"),
    "vat_number": gettext_lazy("VAT number"),
    "siren": gettext_lazy("SIREN"),
    "siret": gettext_lazy("SIRET"),
    "website": gettext_lazy("Website"),
    "phone": gettext_lazy("Phone"),
    "classification": gettext_lazy("Kind of client"),
    "group": gettext_lazy("Group"),
    "tags": gettext_lazy("Tags"),
    "is_tax_exempt": gettext_lazy("Exempt from taxes"),
    "public_notes": gettext_lazy("Public notes"),
    "private_notes": gettext_lazy("Private notes"),
    "size_id": gettext_lazy("Size"),
    "industry_id": gettext_lazy("Industry"),
    "address1": gettext_lazy("Street"),
    "address2": gettext_lazy("Apt/Suite"),
    "city": gettext_lazy("City"),
    "state": gettext_lazy("State/Province"),
    "postal_code": gettext_lazy("Postal code"),
    "country_id": gettext_lazy("Country"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "send_email": gettext_lazy("Receives documents"),
    "cc_only": gettext_lazy("Copy only"),
    "is_locked": gettext_lazy("No portal access"),
    "declined": gettext_lazy("E-mails left"),
    "is_primary": gettext_lazy("Main contact"),
    "password": gettext_lazy("Portal password"),
    "date": gettext_lazy("Date"),
    "due_date": gettext_lazy("Due date"),
    "partial": gettext_lazy("Deposit"),
    "po_number": gettext_lazy("Order number"),
    "discount": gettext_lazy("Discount"),
    "terms": gettext_lazy("Terms"),
    "footer": gettext_lazy("Footer"),
    "amount": gettext_lazy("Amount"),
    "type_id": gettext_lazy("Means of payment"),
    "transaction_reference": gettext_lazy("Reference"),
    "price": gettext_lazy("Price"),
    "cost": gettext_lazy("Cost"),
    "quantity": gettext_lazy("Quantity"),
    "notes": gettext_lazy("Description"),
    "product_key": gettext_lazy("Product"),
    "in_stock_quantity": gettext_lazy("In stock"),
    "stock_notification": gettext_lazy("Tell when stock runs low"),
    "stock_notification_threshold": gettext_lazy("Low from"),
    "line_items": gettext_lazy("Lines"),
    "is_public": gettext_lazy("Visible in the portal"),
    "assigned_user": gettext_lazy("Assigned to"),
    "has_valid_vat_number": gettext_lazy("Valid VAT number"),
    "tax_exemption_code": gettext_lazy("Reason of the exemption"),
    "tax_info": gettext_lazy("Taxes"),
    "legal_form": gettext_lazy("Legal form"),
    "routing_id": gettext_lazy("Electronic address"),
    "electronic_address": gettext_lazy("Electronic address"),
    "electronic_address_scheme": gettext_lazy("Scheme of the address"),
    "buyer_reference": gettext_lazy("Buyer reference"),
    "iban": gettext_lazy("IBAN"),
    "bic": gettext_lazy("BIC"),
    "e_invoice": gettext_lazy("E-invoice"),
    "language_id": gettext_lazy("Language"),
    "currency_id": gettext_lazy("Currency"),
    "can_sign": gettext_lazy("May sign"),
    "location": gettext_lazy("Address"),
    "exchange_rate": gettext_lazy("Exchange rate"),
    "exchange_currency_id": gettext_lazy("Converted to"),
    "design_id": gettext_lazy("Design"),
    "delivery_date": gettext_lazy("Delivery date"),
    "period_start": gettext_lazy("Period from"),
    "period_end": gettext_lazy("Period to"),
    "partial_due_date": gettext_lazy("Deposit due on"),
    "auto_bill_enabled": gettext_lazy("Automatic payment"),
    "is_amount_discount": gettext_lazy("Discount as an amount"),
    "uses_inclusive_taxes": gettext_lazy("Prices include taxes"),
    "tax_id": gettext_lazy("Tax category"),
    "unit_code": gettext_lazy("Unit"),
    **dict.fromkeys(("tax_name1", "tax_name2", "tax_name3"), gettext_lazy("Tax")),
    **dict.fromkeys(("tax_rate1", "tax_rate2", "tax_rate3"), gettext_lazy("Tax rate")),
    **dict.fromkeys((f"custom_surcharge{place}" for place in (1, 2, 3, 4)), gettext_lazy("Surcharge")),
}
"""What fields are called; the names of settings and custom fields come from where they are declared."""

_TABLES: Final[dict[str, Callable[[str], Any]]] = {
    "country_id": country,
    "currency_id": currency,
    "exchange_currency_id": currency,
    "language_id": language,
    "size_id": size,
    "industry_id": industry,
    "type_id": payment_type,
}
_NUMBERS: Final = frozenset(
    ("amount", "partial", "discount", "price", "cost", "quantity", "exchange_rate", "tax_rate1", "tax_rate2")
)
_MOST, _LED = 160, 40
"""Letters of a long text that are shown, and of these before a change."""


def shown_changes(desk: Desk, changes: Mapping[str, Pair], kind: str) -> list[Shown]:
    """Labels with the old and the new value; a setting is a line of its own.

    ``kind`` is the record's (``facts.kind_of``): each has custom fields of its own.
    """
    found = []
    for name, old, new in _flat(changes):
        before, after = _value(desk, name, old, kind), _value(desk, name, new, kind)
        if before != after:
            found.append((_label(desk, name, kind), *around_change(before, after)))
    return found


def around_change(before: str, after: str) -> tuple[str, str]:
    """As much of two long texts as there is room for, from a little before they part."""
    parted = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None
    )
    start = max(min(len(before), len(after)) if parted is None else parted, _LED) - _LED
    if max(len(before), len(after)) <= _MOST or start + _LED < _MOST - _LED:
        return before[:_MOST], after[:_MOST]
    return f"…{before[start:][:_MOST]}", f"…{after[start:][:_MOST]}"


def _flat(changes: Mapping[str, Pair]) -> Iterator[tuple[str, Any, Any]]:
    for name, (old, new) in changes.items():
        if isinstance(old, dict) or isinstance(new, dict):
            before, after = old or {}, new or {}
            for key in before.keys() | after.keys():
                if before.get(key) != after.get(key):
                    yield f"{name}.{key}", before.get(key), after.get(key)
        else:
            yield name, old, new


def _label(desk: Desk, name: str, kind: str) -> str:
    """``contacts.12.email`` reads “Contact: E-mail”, ``shipping_city`` “Shipping address: City”."""
    area, _dot, last = name.rpartition(".")
    if area.startswith("contacts"):
        return f"{_('Contact')} · {_label(desk, last, 'contact')}"
    if area == "settings" and last in CATALOGUE:
        return str(CATALOGUE[last].label)
    if name.startswith("contacts.") or name == "contacts":
        return _("Contact")
    if name.startswith("shipping_"):
        return f"{_('Shipping address')} · {_label(desk, name.removeprefix('shipping_'), kind)}"
    if last.startswith("custom_value"):
        own = _custom(desk, last, kind)
        return own.label if own else _("Custom field")
    return str(LABELS.get(last) or last.replace("_", " "))


def _custom(desk: Desk, name: str, kind: str) -> CustomField | None:
    named = "recurring_invoice" if kind == "recurringinvoice" else kind
    found = custom_fields(desk.company.custom_fields, named)
    return next((field for field in found if field.name == name), None)


def _value(desk: Desk, name: str, value: Any, kind: str) -> str:
    last = name.rpartition(".")[2].removeprefix("shipping_")
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if last == "declined":
        return ", ".join(str(MAILS[Mail(word)]) for word in value)
    if isinstance(value, (list, dict)):
        return "…"
    if last.startswith("custom_value") and not name.startswith("settings."):
        own = _custom(desk, last, "contact" if name.startswith("contacts.") else kind)
        return own.display(str(value), desk.locale) if own else str(value)
    return _written(desk, last, str(value))


def _written(desk: Desk, name: str, text: str) -> str:
    table = _TABLES.get(name)
    if table is not None and (row := table(text)) is not None:
        return name_in(row, desk.locale)
    try:
        if name.endswith("date"):
            return formats.day(date.fromisoformat(text), desk.locale)
        if name in _NUMBERS:
            return formats.number(Decimal(text), desk.locale)
    except (ValueError, InvalidOperation):
        pass
    return text

"""What a stranger sent, as the fields of a contact and of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.portal.passwords import typed_twice
from comptoir.portal.registration.fields import shown_fields
from comptoir.reference import currency
from comptoir.tenancy.models import Company

HONEYPOT: Final = "fax"
"""A field that no person sees; programs fill it in."""

Fields = dict[str, Any]


def read(company: Company, sent: Mapping[str, str], *, accepts: bool) -> tuple[Fields, Fields]:
    """(contact, client): only fields that the form asks. Raises Refused with everything that is missing."""
    errors: dict[str, list[Any]] = {}
    parts: dict[str, Fields] = {"contact": {}, "client": {}}
    for field in shown_fields(company):
        value = sent.get(field.key, "")
        value = value if field.kind == "password" else value.strip()
        if field.required and not value:
            errors[field.key] = [_("Please fill this in.")]
        if value and field.options and value not in field.options:
            errors[field.key] = [_("Choose one of the list.")]
        parts[field.of][field.key] = value
    if accepts and not sent.get("accepts"):
        errors["accepts"] = [_("Please accept the terms.")]
    try:
        typed_twice(sent)
    except Refused as refused:
        errors |= {path: texts for path, texts in refused.errors.items() if path not in errors}
    _take_currency(parts["client"], errors)
    if errors:
        raise Refused.many(errors)
    return parts["contact"], {key: value for key, value in parts["client"].items() if value}


def _take_currency(client: Fields, errors: dict[str, list[Any]]) -> None:
    """A currency is a setting of the client, not a column."""
    chosen = client.pop("currency_id", "")
    if not chosen:
        return
    if currency(chosen) is None:
        errors["currency_id"] = [_("There is no such currency.")]
    client["settings"] = {"currency_id": chosen}

"""The form of a gateway: what it asks by provider, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from comptoir.catalogue.models import TaxRate
from comptoir.gateways import config
from comptoir.gateways.interface import Way
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import CUSTOM, provider
from comptoir.kernel import ids
from comptoir.kernel.money import parse
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.preferences.custom_fields import custom_fields
from comptoir.reference import currency, gateway_type, name_in
from comptoir.tenancy.sealing import Unreadable
from comptoir.ui.arithmetic import calculate
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import percent
from comptoir.ui.tags.inputs import localised

KEEPING: Final = {
    "off": pgettext_lazy("keeping payment methods", "Never"),
    "optin": gettext_lazy("If the client ticks a box"),
    "optout": gettext_lazy("Unless the client unticks a box"),
    "always": pgettext_lazy("keeping payment methods", "Always"),
}
ASKED: Final = {
    "require_client_name": gettext_lazy("Company name"),
    "require_contact_name": gettext_lazy("First and last name"),
    "require_contact_email": gettext_lazy("E-mail"),
    "require_client_phone": gettext_lazy("Phone"),
    "require_billing_address": gettext_lazy("Billing address"),
    "require_postal_code": gettext_lazy("Postal code"),
    "require_shipping_address": gettext_lazy("Delivery address"),
}
"""What clients are asked before they pay."""

FIGURES: Final = ("min_limit", "max_limit", "fee_amount", "fee_percent", "fee_cap")
SHOWN_AGAIN: Final = "always_show_required_fields"
CREDENTIALS: Final = {"custom": ("name", "text"), "stripe": ("apiKey", "webhookSecret")}


def kind_of(row: CompanyGateway) -> str:
    return "custom" if row.gateway_key == CUSTOM else "stripe"


def is_test(row: CompanyGateway) -> bool:
    """Whether its secret key is one for tests."""
    return str(_credentials(row).get("apiKey") or "").startswith(("sk_test_", "rk_test_"))


def values(row: CompanyGateway) -> dict[str, Any]:
    """What the form shows: a secret only whether it is set."""
    kept = config.shown(row.gateway_key, _credentials(row))
    found: dict[str, Any] = {"label": row.label, "token_billing": row.token_billing}
    found |= {f"config.{name}": kept.get(name, "") for name in CREDENTIALS[kind_of(row)]}
    for way_id in _ways(row):
        found |= _of_way(row, way_id)
    if row.pk is not None:  # a new one asks nothing
        found |= {name: getattr(row, name) for name in (*_asked(row), SHOWN_AGAIN)}
    return found


def _asked(row: CompanyGateway) -> dict[str, str]:
    """The fields by their flag, the company's own ones by their label."""
    own = {f"require_{one.name}": one.label for one in custom_fields(row.company.custom_fields, "client")}
    return {**{name: str(label) for name, label in ASKED.items()}, **own}


def _of_way(row: CompanyGateway, way_id: str) -> dict[str, Any]:
    said = row.fees_and_limits.get(way_id)
    first = not row.fees_and_limits and way_id == next(iter(_ways(row)))
    shown = {name: _figure(name, (said or {}).get(name)) for name in FIGURES}
    return {f"ways.{way_id}.{name}": value for name, value in shown.items()} | {
        f"ways.{way_id}.is_enabled": bool(said.get("is_enabled", True)) if said is not None else first,
        f"ways.{way_id}.adjust_fee_percent": bool((said or {}).get("adjust_fee_percent")),
        f"ways.{way_id}.tax": _tax_of(said or {}),
    }


def _figure(name: str, value: Any) -> str:
    """Empty for no limit and no fee."""
    amount = parse(value if value is not None else (-1 if name.endswith("_limit") else 0))
    empty = amount < 0 if name.endswith("_limit") else amount == 0
    return "" if empty else str(localised(amount))


def _tax_of(said: Mapping[str, Any]) -> str:
    """The company's rate of the same name and figure."""
    name, rate = said.get("fee_tax_name1"), parse(said.get("fee_tax_rate1") or 0)
    found = TaxRate.objects.live().filter(name=name, rate=rate).first() if name else None
    return ids.encode(found.pk) if found else ""


def read(row: CompanyGateway, sent: Mapping[str, str]) -> dict[str, Any]:
    """The fields for the operation. Raises Refused at ``fees_and_limits.<type>.<key>``."""
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {
        "gateway_key": row.gateway_key,
        "label": sent.get("config.name" if kind_of(row) == "custom" else "label", "").strip(),
        "token_billing": sent.get("token_billing") or "off",
        "config": {name: sent.get(f"config.{name}", "") for name in CREDENTIALS[kind_of(row)]},
        "fees_and_limits": {way: _read_way(row, way, sent, faults) for way in _ways(row)},
    }
    if kind_of(row) == "stripe":
        fields |= {name: sent.get(name) == "1" for name in (*_asked(row), SHOWN_AGAIN)}
    if faults:
        raise Refused.many(faults)
    return fields


def _read_way(
    row: CompanyGateway, way: str, sent: Mapping[str, str], faults: dict[str, list[Any]]
) -> dict[str, Any]:
    said = dict(row.fees_and_limits.get(way) or {})
    for name in FIGURES:
        text = sent.get(f"ways.{way}.{name}", "").strip()
        try:
            said[name] = calculate(text) if text else (-1 if name.endswith("_limit") else 0)
        except ValueError:
            faults[f"fees_and_limits.{way}.{name}"] = [_("This is not a number.")]
    rate = TaxRate.objects.live().filter(pk=ids.decode(sent.get(f"ways.{way}.tax", "")) or 0).first()
    said |= {"fee_tax_name1": rate.name if rate else "", "fee_tax_rate1": rate.rate if rate else 0}
    enabled = sent.get(f"ways.{way}.is_enabled") == "1" or kind_of(row) == "custom"
    return said | {
        "is_enabled": enabled,
        "adjust_fee_percent": sent.get(f"ways.{way}.adjust_fee_percent") == "1",
    }


def at_names(refused: Refused) -> dict[str, list[Any]]:
    """Faults under the names of the inputs."""
    names = {"config": "config.apiKey"}
    return {
        names.get(field, field.replace("fees_and_limits.", "ways.")): texts
        for field, texts in refused.errors.items()
    }


def context(place: Desk, row: CompanyGateway) -> dict[str, Any]:
    """What the page shows around the inputs."""
    money = currency(str(place.preferences.currency_id))
    key = ids.encode(row.pk) if row.pk else ""
    address = reverse("payment-webhook", args=[place.company.company_key, key]) if key else ""
    return {
        "gateway": row,
        "kind": kind_of(row),
        "title": row.name if row.pk else _title(row),
        "ways": [_shown(way_id, way, row) for way_id, way in _ways(row).items()],
        "keeping": [Choice(word, str(label)) for word, label in KEEPING.items()],
        "asked": _asked(row).items(),
        "taxes": [Choice(ids.encode(rate.pk), f"{rate.name} {percent(rate.rate)}") for rate in _rates()],
        "currency": money,
        "webhook_url": f"{settings.BASE_URL}{address}" if address and kind_of(row) == "stripe" else "",
        "is_test": is_test(row),
    }


def _title(row: CompanyGateway) -> str:
    return _("Own instructions") if kind_of(row) == "custom" else row.name


def _rates() -> Any:
    return TaxRate.objects.active().order_by("-rate", "name")


def _shown(way_id: str, way: Way, row: CompanyGateway) -> dict[str, Any]:
    kind = gateway_type(way_id)
    notes = [_("in %(currencies)s") % {"currencies": ", ".join(way.currencies)}] if way.currencies else []
    notes += [_("the money arrives days later")] if way.delayed else []
    said = row.fees_and_limits.get(way_id) or {}
    return {
        "id": way_id,
        "label": name_in(kind, get_language() or "en") if kind else way_id,
        "note": " · ".join(notes),
        "open": any(parse(said.get(name) or 0) > 0 for name in FIGURES),
        "name": f"ways.{way_id}.",
    }


def _ways(row: CompanyGateway) -> Mapping[str, Way]:
    return provider(row.gateway_key).ways


def _credentials(row: CompanyGateway) -> dict[str, Any]:
    try:
        return row.config
    except Unreadable:
        return {}

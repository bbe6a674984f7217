"""Settings coming from and going to the wire (contract settings.json, rows P1 to P6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from comptoir.kernel.refused import Refused
from comptoir.reference import country, currency, date_format, language, timezone

from . import secrets, swiss, values
from .catalogue import CATALOGUE, Kind, Setting
from .sentences import not_valid

COMPANY_ENTITY: Final = "App\\Models\\Company"
CLIENT_ENTITY: Final = "App\\Models\\Client"
"""Constants that apps expect inside the object; groups carry the client's."""

COUNTER_ENDING: Final = "_number_counter"

_TABLES: Final[dict[str, Callable[[str], object | None]]] = {
    "currency_id": currency,
    "country_id": country,
    "language_id": language,
    "timezone_id": timezone,
    "date_format_id": date_format,
}
_DEFAULTS: Final = {key: values.wire(setting, setting.default) for key, setting in CATALOGUE.items()}
_BLANK_CLIENT: Final = {"entity": CLIENT_ENTITY, "industry_id": "", "size_id": ""}


def full(stored: Mapping[str, Any], counters: Mapping[str, int] | None = None) -> dict[str, Any]:
    """A company's settings on the wire: every key, unknown ones too, secrets masked.

    ``counters`` come from numbering.
    """
    shown = {**_DEFAULTS, "entity": COMPANY_ENTITY}
    for key, value in stored.items():
        setting = CATALOGUE.get(key)
        if setting is None:
            shown[key] = value
        elif value is not None and (value != "" or setting.blank_counts):
            shown[key] = {**setting.default, **value} if setting.kind is Kind.TABLE else value
    return secrets.masked({**shown, **(counters or {})})


def shown(
    stored: Mapping[str, Any], currency_id: str = "", counters: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """A client's or group's settings on the wire: its overrides, and the client's currency in force (P3)."""
    more = {"currency_id": currency_id} if currency_id else {}
    return {**_BLANK_CLIENT, **stored, **more, **(counters or {})}


def overlay(stored: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What a company keeps after a PUT: absent keys stay (P5), null is "", defaults need no room.

    Secrets are sealed for the company in scope. Raises Refused with every fault at once.
    """
    cleaned = _cleaned(sent, stored)
    sealed = {key: secrets.kept(key, cleaned[key], stored) for key in secrets.KEYS & cleaned.keys()}
    kept = {**stored, **cleaned, **sealed}
    if str(kept.get("reset_counter_frequency_id", "0")) in {"", "0"}:
        kept.pop("reset_counter_date", None)  # no rhythm, no next day
    # a company's clock is read without the catalogue: once told, it is kept
    told = {"timezone_id"} & stored.keys()
    return {key: value for key, value in kept.items() if key in told or not _says_nothing(key, value)}


def sparse(
    sent: Mapping[str, Any], stored: Mapping[str, Any] | None = None, inherited_currency: str = ""
) -> dict[str, Any]:
    """What a client or group keeps of an object that replaces the one it had (P2, P4, P6).

    Empty values are not set, false and 0 are; secrets are the company's alone. An absent currency stays,
    "" unsets it, and the one that it inherits anyway is not pinned (P3). Raises Refused with every fault
    at once.
    """
    cleaned = _cleaned({key: sent[key] for key in sent if key not in secrets.KEYS}, stored or {})
    kept = {key: value for key, value in cleaned.items() if value not in ("", None, {})}
    own = (stored or {}).get("currency_id")
    if "currency_id" not in sent and own:
        kept["currency_id"] = own
    elif not own and kept.get("currency_id") == inherited_currency:
        kept.pop("currency_id", None)
    return kept


def _cleaned(sent: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The sent values in the form they are kept in, without counters, which numbering keeps.

    A number of a Swiss bank that was kept before it was checked may be sent back as it is: apps send all
    settings with any of them.
    """
    faults: dict[str, list[Any]] = {}
    cleaned: dict[str, Any] = {}
    for key, value in sent.items():
        setting = CATALOGUE.get(key)
        if key == "entity":
            continue
        if setting is None:
            cleaned[key] = "" if value is None else value
            continue
        try:
            kept = _kept(setting, value)
        except (ValueError, TypeError, OverflowError):
            faults[key] = [not_valid(setting)]
            continue
        if key in swiss.KEYS and kept and kept != stored.get(key):
            kept = kept.strip()
            if wrong := swiss.fault(key, kept):
                faults[key] = [wrong]
                continue
        if setting.kind is not Kind.COUNTER:
            cleaned[key] = kept
    if faults:
        _refuse(faults)
    return cleaned


def _kept(setting: Setting, value: Any) -> Any:
    if value is None or value == "":
        return ""
    kept = values.wire(setting, value)
    table = _TABLES.get(setting.key)
    if table is not None and table(kept) is None:
        raise ValueError(value)
    if setting.key == "pdf_variables" and not all(isinstance(part, list) for part in kept.values()):
        raise ValueError(value)
    return kept


def _refuse(faults: Mapping[str, list[Any]]) -> None:
    """The wire looks at ``settings``, a page at the field."""
    every = [sentence for sentences in faults.values() for sentence in sentences]
    raise Refused.many({"settings": every, **{f"settings.{key}": texts for key, texts in faults.items()}})


def _says_nothing(key: str, value: Any) -> bool:
    setting = CATALOGUE.get(key)
    if setting is None:
        return False
    return value == _DEFAULTS[key] or (value == "" and not setting.blank_counts)

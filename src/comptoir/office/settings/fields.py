"""One input of a settings page: what it is, what it holds, what it would inherit and from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comptoir.delivery.mail.providers import PROVIDERS
from comptoir.numbering import counters
from comptoir.office.desk import Desk
from comptoir.office.settings import choices, registering
from comptoir.office.settings.levels import Level
from comptoir.office.settings.switches import SWITCHES
from comptoir.preferences.cascade import DEFAULT, Found
from comptoir.preferences.catalogue import CATALOGUE, Kind, Setting
from comptoir.reference import currency
from comptoir.ui.parts import Choice
from comptoir.ui.tags.buttons import button
from comptoir.ui.tags.figures import sign
from comptoir.ui.tags.inputs import localised
from comptoir.ui.tags.marks import badge

Input = Literal[
    "text",
    "email",
    "memo",
    "number",
    "flag",
    "select",
    "picker",
    "date",
    "colour",
    "secret",
    "columns",
    "words",
    "registration",
]
FULL: Final = frozenset({"name", "address1", "address2", "early_payment_discount", "email_style_custom"})
_LIKE_INVOICES: Final = frozenset(
    {"statement_design_id", "delivery_note_design_id", "payment_receipt_design_id"}
)
"""Papers that look like invoices until a design of their own is chosen."""
_DATES: Final = "date_format_id"
"""Unset, days are written as the language does: the table's first row only stands for that."""

_ONLY: Final = {"smtp": "smtp", **{one.key: f"client_{one.key}" for one in PROVIDERS.values()}}

MAILS: Final = frozenset({"email", "reply_to_email", "custom_sending_email", "ses_from_address"})


@dataclass(frozen=True)
class Field:
    """``empty`` is the first line of a list: what holds when nothing is chosen.

    ``only`` is the way of sending mails that it belongs to: with another one it is out of sight.
    """

    name: str
    input: Input
    label: str
    help: Any = ""
    options: Sequence[Choice] = ()
    empty: str = ""
    placeholder: str = ""
    hint: SafeString | str = ""
    suffix: str = ""
    full: bool = False
    disabled: bool = False
    only: str = ""


def field(key: str, level: Level, desk: Desk) -> Field:
    """The input of a switch or of a setting at a level."""
    return replace(_field(key, level, desk), only=_ONLY.get(key.partition("_")[0], ""))


def _field(key: str, level: Level, desk: Desk) -> Field:
    if key == "smtp_password":
        return _password(desk)
    if key in SWITCHES:
        return _switch(key, desk.company.switch(key))
    if key == registering.SWITCH:
        return Field(key, "registration", "", full=True)
    return _setting(CATALOGUE[key], level)


def value(key: str, level: Level, desk: Desk) -> Any:
    """What the input shows: at a company the value in force, elsewhere only what is set there."""
    if key in ("smtp_password", registering.SWITCH):
        return ""
    if key in SWITCHES:
        stored = desk.company.switch(key)
        return "" if key == "smtp_port" and not stored else stored
    setting = CATALOGUE[key]
    if setting.kind is Kind.SECRET:
        return ""
    if setting.kind is Kind.COUNTER:
        return counters.peek(key.removesuffix(counters.SUFFIX), "")
    if level.is_company or level.has(key):
        return _shown(setting, level)
    return {} if setting.kind is Kind.TABLE else ""


def _shown(setting: Setting, level: Level) -> Any:
    found = level.preferences[setting.key]
    if setting.key == _DATES and level.preferences.source(_DATES) == DEFAULT:
        return ""
    if setting.kind is Kind.FLAG and not level.is_company:
        return "1" if found else "0"
    return localised(found) if isinstance(found, Decimal) else found


def _password(desk: Desk) -> Field:
    return _secret(Field("smtp_password", "secret", _("Password")), bool(desk.company.smtp_password))


def _secret(field: Field, kept: bool) -> Field:
    """A secret is never shown again."""
    if not kept:
        return field
    remove = _leave(field.name, _("Remove"), "trash")
    return replace(field, help=_("Kept. Type a new one to replace it."), placeholder="••••••••", hint=remove)


def _switch(key: str, stored: Any) -> Field:
    switch = SWITCHES[key]
    kind = switch.kind(key)
    inputs: dict[str, Input] = {"whole": "number", "memo": "memo", "flag": "flag", "select": "select"}
    options = [Choice(text, str(label)) for text, label in switch.choices.items()]
    if options and str(stored) not in switch.choices:
        options.append(Choice(str(stored), str(stored)))  # an app's own choice is kept
    return Field(
        key,
        inputs.get(kind, "text"),
        str(switch.label),
        help=str(switch.help),
        options=options,
        full=switch.full,
    )


def _setting(setting: Setting, level: Level) -> Field:
    key = setting.key
    if setting.kind is Kind.SECRET:
        return _secret(Field(key, "secret", str(setting.label), str(setting.help)), bool(level.own.get(key)))
    options = choices.options(key, level.preferences[key] if setting.kind is not Kind.TABLE else "")
    if options is not None and not level.is_company:
        options = [option for option in options if option.value]  # here "" is what is inherited
    kind = _input(setting, level, options)
    inherited = "" if level.is_company else _said(setting, level.inherited(key), options)
    lists = kind in ("select", "picker")
    return Field(
        key,
        kind,
        str(setting.label),
        help=str(setting.help),
        options=options if options is not None else _three() if kind == "select" else (),
        empty=_empty(setting, level, inherited) if lists else "",
        placeholder="" if lists else inherited or (str(setting.default or "") if kind == "text" else ""),
        hint=_hint(key, level),
        suffix=_suffix(key, level),
        full=key in FULL or kind in ("memo", "columns", "words"),
    )


def _input(setting: Setting, level: Level, options: Any) -> Input:
    key = setting.key
    if options is not None:
        return "picker" if key in choices.SEARCHED else "select"
    if key.endswith("_color"):
        return "colour"
    if key == "pdf_variables":
        return "columns"
    if key == "translations":
        return "words"
    if setting.kind is Kind.FLAG:
        return "flag" if level.is_company else "select"
    kinds: dict[Kind, Input] = {
        Kind.MEMO: "memo", Kind.NUMBER: "number", Kind.WHOLE: "number", Kind.COUNTER: "number",
        Kind.DAY: "date",
    }  # fmt: skip
    return kinds.get(setting.kind, "email" if key in MAILS else "text")


def _three() -> list[Choice]:
    return [Choice("1", _("On")), Choice("0", _("Off"))]


def _empty(setting: Setting, level: Level, inherited: str) -> str:
    if not level.is_company:
        return _("Inherited: %(value)s") % {"value": inherited or _("nothing")}
    if setting.key == _DATES:
        return _("As usual in the language")
    if setting.key in _LIKE_INVOICES:
        return _("As invoices")
    blank = setting.kind is Kind.DAYS or setting.default == ""
    return "" if not blank or "" in setting.choices else _("None")


def in_words(key: str, found: Found) -> str:
    """A stored value of a setting as a reader would say it; "" for one that cannot be said in a line."""
    setting = CATALOGUE[key]
    return _said(setting, found, choices.options(key, found.value if setting.kind is not Kind.TABLE else ""))


def _said(setting: Setting, found: Found, options: Sequence[Choice] | None) -> str:
    """A value as a reader would say it."""
    stored = found.value
    if setting.key == _DATES and found.source == DEFAULT:
        return _("as usual in the language")
    if setting.kind is Kind.FLAG:
        return _("On") if stored else _("Off")
    text = "" if stored is None else str(stored)
    if options is not None:
        known = {option.value: option.label for option in options}
        return known.get(text) or (choices.named(setting.key, text) if text else "")
    if setting.kind is Kind.NUMBER:
        return str(localised(Decimal(text or "0")))
    return "" if setting.kind in (Kind.TABLE, Kind.SECRET) else text


def _hint(key: str, level: Level) -> SafeString | str:
    """Below the company: who gives the value, and the way back to what is inherited."""
    if level.is_company:
        return ""
    if not level.has(key):
        return badge(level.source_name(level.inherited(key).source))
    reset = _leave(key, _("Reset"), "restore")
    return format_html(
        "<span class=row>{}{}</span>", badge(level.source_name(level.key), tone="primary"), reset
    )


def _leave(key: str, label: str, icon: str) -> SafeString:
    """A button that saves the page and lets go of what is kept under a key."""
    return button(
        label, icon=icon, kind="quiet", icon_only=True, submit=True, css="btn-xs", name="reset", value=key
    )


def _suffix(key: str, level: Level) -> str:
    if "percent" in key or key.startswith("tax_rate"):
        return "%"
    if (
        key == "default_task_rate"
        or key.startswith(("late_fee", "quote_late_fee"))
        or key.endswith("_minimum")
    ):
        return sign(currency(str(level.preferences.currency_id)))
    return ""

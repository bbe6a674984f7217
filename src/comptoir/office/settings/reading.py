"""What was typed into a settings page, in the form that the operations take. Raises Refused at the fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from comptoir.clients import identifiers
from comptoir.kernel.refused import Refused
from comptoir.office.settings import choices, registering
from comptoir.office.settings.fields import MAILS
from comptoir.office.settings.levels import Level
from comptoir.office.settings.switches import SWITCHES, TWINS
from comptoir.preferences import secrets, swiss
from comptoir.preferences.catalogue import CATALOGUE, Kind
from comptoir.preferences.catalogue.columns import PDF_VARIABLES
from comptoir.tenancy.switches import DEFAULTS
from comptoir.ui.arithmetic import calculate

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_COUNTED: Final = {
    "counter_padding": (1, 12),
    "font_size": (6, 32),
    **{f"num_days_reminder{n}": (0, 999) for n in (1, 2, 3)},
    "quote_num_days_reminder1": (0, 999),
}
"""The least and the most that makes sense."""

_CHECKED: Final = ("siren", "siret", "iban", "bic")
_MANY: Final = ("pdf_variables", "translations", registering.SWITCH)
"""Tables of many inputs."""


@dataclass
class Typed:
    """Settings and switches of one page, and what is wrong with them."""

    settings: dict[str, Any] = field(default_factory=dict)
    switches: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, list[Any]] = field(default_factory=dict)

    def let_go(self, key: str) -> None:
        (self.switches if key == "smtp_password" else self.settings)[key] = ""


def lets_go(key: str, level: Level) -> bool:
    """Whether a button empties it: what is not inherited, and secrets, which an empty input leaves."""
    return not level.is_company or key == "smtp_password" or key in secrets.KEYS


def read(keys: Iterable[str], sent: QueryDict, level: Level) -> Typed:
    """The page's keys out of the form; a key that was not sent stays as it is. Raises Refused."""
    typed = Typed()
    for key in keys:
        if not _was_sent(key, sent):
            continue
        try:
            _take(key, sent, level, typed)
        except ValueError as fault:
            typed.faults[key] = [str(fault)]
    if level.is_company:
        _check_numbers(typed)
        _check_qr_bill(typed, level)
    if typed.faults:
        raise Refused.many(typed.faults)
    return typed


def _was_sent(key: str, sent: QueryDict) -> bool:
    if key in _MANY:
        return any(name.startswith(f"{key}.") for name in sent)
    return key in sent


def _take(key: str, sent: QueryDict, level: Level, typed: Typed) -> None:
    if key == "smtp_password":
        if sent[key]:
            typed.switches[key] = sent[key]
    elif key in secrets.KEYS:
        if str(sent[key]).strip():
            typed.settings[key] = str(sent[key])
    elif key == registering.SWITCH:
        typed.switches[key] = registering.read(sent)
    elif key in SWITCHES:
        typed.switches[key] = _switch(key, str(sent[key]), level.row.switch(key))
        if key in TWINS:
            typed.settings[key] = typed.switches[key]
    elif key == "pdf_variables":
        typed.settings[key] = _columns(sent, level)
    elif key == "translations":
        typed.settings[key] = _words(sent)
    else:
        typed.settings[key] = _setting(key, str(sent[key]), level)


def _switch(key: str, text: str, stored: Any) -> Any:
    kind = SWITCHES[key].kind(key)
    if kind == "flag":
        return text == "1"
    if kind == "select" and text not in {*SWITCHES[key].choices, str(stored)}:
        raise ValueError(_("Choose one of the list."))
    if isinstance(DEFAULTS[key], int):
        return _whole(text)
    return text.strip()


def _setting(key: str, text: str, level: Level) -> Any:
    setting = CATALOGUE[key]
    text = text.replace("\r\n", "\n").strip()
    if setting.kind is Kind.FLAG:
        return _flag(text, level)
    if text == "":
        return "" if not level.is_company or setting.blank_counts else setting.default
    options = choices.options(key, level.preferences[key])
    if options is not None and text not in {option.value for option in options}:
        raise ValueError(_("Choose one of the list."))
    return _READ.get(setting.kind, _text)(key, text)


def _flag(text: str, level: Level) -> Any:
    """On a company's page "" is off; on a client's or a group's it is inherited (S89)."""
    if text == "":
        return False if level.is_company else ""
    return text == "1"


def _whole(text: str) -> int:
    try:
        number = calculate(text)
    except ValueError:
        raise ValueError(_("This is not a number.")) from None
    if number != int(number) or number < 0:
        raise ValueError(_("Enter a whole number."))
    return int(number)


def _bounded(key: str, text: str) -> int:
    number = _whole(text)
    least, most = _COUNTED.get(key, (0, 999_999_999))
    if not least <= number <= most:
        raise ValueError(_("Between %(least)s and %(most)s.") % {"least": least, "most": most})
    return number


def _number(_key: str, text: str) -> Decimal:
    try:
        number = calculate(text)
    except ValueError:
        raise ValueError(_("This is not a number.")) from None
    if number < 0:
        raise ValueError(_("Not below zero."))
    return number


def _text(key: str, text: str) -> str:
    if key.endswith("_color") and not _COLOUR.fullmatch(text):
        raise ValueError(_("A colour is written like this: #298aab."))
    addresses = [text] if key in MAILS else text.split(",") if key == "bcc_email" else []
    for address in addresses:
        try:
            validate_email(address.strip())
        except ValidationError:
            raise ValueError(_("“%(text)s” is not an e-mail address.") % {"text": address.strip()}) from None
    return text


_READ: Final[dict[Kind, Callable[[str, str], Any]]] = {
    Kind.NUMBER: _number,
    Kind.WHOLE: _bounded,
    Kind.COUNTER: _bounded,
}


def _columns(sent: QueryDict, level: Level) -> dict[str, list[str]]:
    """The parts whose choice differs from what would hold anyway."""
    otherwise = {**PDF_VARIABLES, **(level.inherited("pdf_variables").value or {})}
    found = {}
    for part in PDF_VARIABLES:
        name = f"pdf_variables.{part}"
        if name in sent:
            chosen = [text for text in sent.getlist(name) if text.startswith("$")]
            if chosen and chosen != otherwise.get(part):
                found[part] = chosen
    return found


def _words(sent: QueryDict) -> dict[str, str]:
    named = {
        name.partition(".")[2]: str(sent[name]).strip() for name in sent if name.startswith("translations.")
    }
    return {key: text for key, text in named.items() if text}


def _check_numbers(typed: Typed) -> None:
    """Numbers that check themselves: SIREN, SIRET, IBAN, BIC."""
    sent: dict[str, Any] = {key: typed.switches[key] for key in _CHECKED if key in typed.switches}
    numbers = dict(sent)
    identifiers.compact(numbers)
    for key, sentence in identifiers.malformed(numbers):
        if sent.get(key):  # a SIREN that was not typed is not at fault
            typed.faults.setdefault(key, []).append(sentence)
    typed.switches |= numbers


def _check_qr_bill(typed: Typed, level: Level) -> None:
    """A Swiss payment part names postal code and town of the payee: without them none could be printed."""

    def value(key: str) -> str:
        known = typed.settings if key in CATALOGUE else typed.switches
        stored = level.preferences[key] if key in CATALOGUE else level.row.switch(key)
        return str(known.get(key, stored) or "")

    wanted = typed.switches.get("qr_bill_enabled", False)
    if not (wanted and any(swiss.is_swiss(value(key)) for key in ("qr_iban", "iban"))):
        return
    for key in ("postal_code", "city"):
        if key in typed.settings and not value(key):
            typed.faults.setdefault(key, []).append(_("The Swiss QR-bill needs it."))

"""Two people at one page of settings: the second to save sees what is kept now, and decides.

The page carries the version of its own fields, so that somebody on another page disturbs nobody. Counters
move with every document: they are kept apart, and one that nobody touched is not set back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.numbering import counters
from comptoir.office.desk import Desk
from comptoir.office.history.changes import Shown, around_change
from comptoir.office.settings import fields, registering
from comptoir.office.settings.levels import Level
from comptoir.office.settings.reading import Typed
from comptoir.office.settings.switches import SWITCHES
from comptoir.office.versions import Conflict, save_if_current, stale, told, version_of
from comptoir.preferences import secrets
from comptoir.preferences.cascade import Found
from comptoir.preferences.catalogue import CATALOGUE, Kind
from comptoir.ui.forms import Form

_PASSWORD: Final = "smtp_password"  # noqa: S105 - the name of a field
_SECRET, _TABLE = "•••", "…"
_DOTS: Final = (_SECRET, _TABLE)
"""Stand for what is not said in a line."""


def stamp(keys: Iterable[str], level: Level, desk: Desk) -> dict[str, str]:
    """What the page carries in hidden fields: its version, and the counters that it shows."""
    names = list(keys)
    every = counters.shown() if any(_is_counter(key) for key in names) else {}
    shown = [f"{key}={every.get(key, 1)}" for key in names if _is_counter(key)]
    return {"version": version_of(_compared(names, level, desk)), "counters": " ".join(shown)}


def _compared(keys: Iterable[str], level: Level, desk: Desk) -> dict[str, Any]:
    return {key: _held(key, level, desk) for key in keys if not _is_counter(key)}


def _is_counter(key: str) -> bool:
    return key in CATALOGUE and CATALOGUE[key].kind is Kind.COUNTER


def _counter(key: str) -> int:
    return counters.peek(key.removesuffix(counters.SUFFIX), "")


def _held(key: str, level: Level, desk: Desk) -> Any:
    """What an input shows; of a secret, which none shows, what is kept of it: that is sealed."""
    if key == _PASSWORD:
        return desk.company.smtp_password
    if key == registering.SWITCH:
        return [(one.name, one.state) for one in registering.asked(desk.company)]
    if key in secrets.KEYS:
        return level.own.get(key, "")
    return fields.value(key, level, desk)


def save(keys: list[str], typed: Typed, level: Level, desk: Desk) -> None:
    """Keep what was typed, unless somebody else has saved these fields. Raises Stale, or Refused."""
    sent = desk.request.POST
    shown = _shown(sent)
    for key in [key for key in typed.settings if key in shown and str(typed.settings[key]) == shown[key]]:
        del typed.settings[key]

    def keep() -> None:
        if any(shown[key] != str(_counter(key)) for key in typed.settings.keys() & shown.keys()):
            raise stale()
        level.keep(desk, typed.settings, typed.switches)

    version = sent.get("version", "")
    save_if_current(level.row, version, lambda: _compared(keys, level.again(), desk), keep)


def _shown(sent: Mapping[str, str]) -> dict[str, str]:
    """The counters that the page showed."""
    pairs = (one.partition("=") for one in sent.get("counters", "").split())
    return {key: value for key, _mark, value in pairs if _is_counter(key)}


def current(typed: Typed, sent: Mapping[str, str]) -> dict[str, str]:
    """What the page that is shown again says instead of what was sent.

    Counters that nobody touched are as they are now; what a button let go of is empty.
    """
    untouched = {key: str(_counter(key)) for key in _shown(sent) if key not in typed.settings}
    return untouched | {key: "" for key, mine in typed.settings.items() if mine == ""}


def both(
    keys: Iterable[str], begun: Mapping[str, Any], typed: Typed, level: Level, desk: Desk
) -> tuple[Form, Conflict]:
    """The form as it was sent, and what somebody else saved meanwhile: saving again is a choice now.

    ``begun`` is what was sent, ``level`` as it is now.
    """
    values = {**begun, **current(typed, desk.request.POST), **stamp(keys, level, desk)}
    return Form(values, unseen(typed)), told(level.row, differences(typed, level, desk))


def unseen(typed: Typed) -> dict[str, list[Any]]:
    """At secrets that were typed or removed: the page that is shown again does not hold them."""
    names = ({**typed.switches, **typed.settings}).keys() & {_PASSWORD, *secrets.KEYS}
    return {key: [_("A secret is not shown again: type or remove it once more.")] for key in sorted(names)}


def differences(typed: Typed, level: Level, desk: Desk) -> list[Shown]:
    """Each field that was typed beside what is kept now, as far as they differ."""
    found = []
    for key, mine in {**typed.switches, **typed.settings}.items():
        theirs = _kept(key, level, desk)
        label = fields.field(key, level, desk).label or _("Client registration")
        before, after = _said(key, theirs, level), _said(key, mine, level)
        if before != after or (before in _DOTS and mine != theirs):
            found.append((label, *around_change(before, after)))
    return found


def _kept(key: str, level: Level, desk: Desk) -> Any:
    if key == _PASSWORD or key in secrets.KEYS:
        return _held(key, level, desk)
    if key in SWITCHES or key == registering.SWITCH:
        return desk.company.switch(key)
    if _is_counter(key):
        return _counter(key)
    if CATALOGUE[key].kind is Kind.TABLE:
        return level.own.get(key) or {}
    return level.preferences[key] if level.is_company or level.has(key) else ""


def _said(key: str, value: Any, level: Level) -> str:
    """A value as one reads it."""
    if value in ("", None, [], {}):
        return "—"
    if key == _PASSWORD or key in secrets.KEYS:
        return _SECRET
    if isinstance(value, (dict, list)):
        return _TABLE
    if key not in SWITCHES:
        return fields.in_words(key, Found(value, level.key)) or "—"
    if isinstance(value, bool):
        return _("On") if value else _("Off")
    return str(SWITCHES[key].choices.get(str(value), value))

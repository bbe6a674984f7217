"""Words that stand for a time: ``:MONTH``, ``:YEAR+1``, ``[MONTHYEAR|MONTHYEAR+2]`` (contract rules 15).

Pure. They are replaced when an invoice is made, in the client's language.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from comptoir.kernel import formats
from comptoir.kernel.cadence import nth

_MONTHLY: Final = "5"
_NAMES: Final = "MONTHYEAR|MONTH|YEAR|QUARTER|WEEK"
_FIXED: Final = {
    "MONTH_BEFORE": ("MONTH", -1),
    "MONTH_AFTER": ("MONTH", 1),
    "YEAR_BEFORE": ("YEAR", -1),
    "YEAR_AFTER": ("YEAR", 1),
    "WEEK_BEFORE": ("WEEK", -1),
    "WEEK_AHEAD": ("WEEK", 1),
}
_RANGE: Final = re.compile(rf"\[\s*:?({_NAMES})([+-]\d+)?\s*\|\s*:?({_NAMES})([+-]\d+)?\s*\]")
_WORD: Final = re.compile(rf":({'|'.join(_FIXED)}|{_NAMES})([+-]\d+)?(?![A-Z_])")


TEXTS: Final = ("public_notes", "terms", "footer")
"""The texts of a document in which they are replaced, beside names and descriptions of its lines."""
LINE: Final = ("product_key", "notes")


def are_in(text: str) -> bool:
    """Whether any of these words is in it."""
    return bool(_WORD.search(text) or _RANGE.search(text))


def spelled_out(text: str, on: date, locale: str) -> str:
    """The text with every word replaced, counted from the day ``on``."""
    if ":" not in text and "[" not in text:
        return text

    def both(found: re.Match[str]) -> str:
        first, by, last, until = found.groups()
        return f"{_said(first, int(by or 0), on, locale)} – {_said(last, int(until or 0), on, locale)}"

    def one(found: re.Match[str]) -> str:
        name, by = found.groups()
        name, offset = _FIXED.get(name, (name, 0))
        return _said(name, offset + int(by or 0), on, locale)

    return _WORD.sub(one, _RANGE.sub(both, text))


def _said(name: str, by: int, on: date, locale: str) -> str:
    by = max(-1200, min(1200, by))
    if name == "YEAR":
        return str(on.year + by)
    if name == "QUARTER":
        quarter = on.year * 4 + (on.month - 1) // 3 + by
        return f"Q{quarter % 4 + 1}" if locale[:2] != "fr" else f"T{quarter % 4 + 1}"
    if name == "WEEK":
        return formats.day(on + timedelta(weeks=by), locale)
    month = nth(on.replace(day=1), _MONTHLY, by) if by >= 0 else _months_ago(on, -by)
    return formats.day(month, locale, "F Y" if name == "MONTHYEAR" else "F")


def _months_ago(on: date, months: int) -> date:
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, 1)

"""Money, numbers and dates as a reader writes them, by the CLDR (Babel).

No-break spaces come as the CLDR has them: narrow ones group thousands in French, an ordinary
no-break one stands before the symbol.
"""

from __future__ import annotations

import re
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, get_currency_symbol

from comptoir.kernel.money import parse, round_half_up, shortest
from comptoir.kernel.numerals import Writer, quick


class Currency(Protocol):
    """What a currency must tell to be written."""

    @property
    def code(self) -> str: ...
    @property
    def precision(self) -> int: ...


_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_MOST_DECIMALS: Final = 10

_PHP: Final = {
    "d": "dd", "j": "d", "D": "EEE", "l": "EEEE", "m": "MM", "n": "M", "M": "MMM", "F": "MMMM",
    "Y": "yyyy", "y": "yy", "S": "", "g": "h", "h": "hh", "G": "H", "H": "HH", "i": "mm", "s": "ss",
    "a": "a", "A": "a",
}  # fmt: skip
_MOMENT: Final = {
    "DD": "dd", "D": "d", "Do": "d", "ddd": "EEE", "dddd": "EEEE", "MM": "MM", "M": "M", "MMM": "MMM",
    "MMMM": "MMMM", "YYYY": "yyyy", "YY": "yy", "h": "h", "hh": "hh", "H": "H", "HH": "HH", "mm": "mm",
    "ss": "ss", "a": "a", "A": "a",
}  # fmt: skip
_PHP_WORDS: Final = re.compile("[{0}]|[^{0}]+".format("".join(_PHP)))
_MOMENT_WORDS: Final = re.compile("Do|D+|d+|M+|Y+|h+|H+|m+|s+|[aA]|[^DdMYhHmsaA]+")


def money(amount: Decimal, currency: Currency, locale: str, *, show_code: bool = False) -> str:
    """Write an amount with the currency's own number of decimals: 1 234,50 € in French."""
    places = currency.precision
    return _money_writer(locale, currency.code, show_code)(round_half_up(parse(amount), places), places)


def number(value: Decimal | int | str, locale: str) -> str:
    """Write a number with the decimals it has, thousands grouped."""
    return _with_own_decimals(_number_writer(locale), parse(value))


def percent(value: Decimal | int | str, locale: str) -> str:
    """Write a rate given in percent: 19.6 is 19,6 % in French."""
    return _with_own_decimals(_percent_writer(locale), parse(value))


def day(on: date, locale: str, pattern: str | None = None) -> str:
    """Write a date, by a pattern of the date format table (PHP's or Moment's letters) or the CLDR."""
    text = format_date(on, _cldr_pattern(pattern) if pattern else "medium", locale=_reader(locale))
    return text.replace("..", ".")  # "j. M. Y" where the month is abbreviated with a full stop


def moment(at: datetime, locale: str, pattern: str | None = None, *, military: bool = False) -> str:
    """Write a date and hour, given in the reader's zone; ``military`` counts hours to 24."""
    written = _cldr_pattern(pattern) if pattern else "short"
    if pattern and military:
        written = written.replace("h:mm:ss a", "HH:mm:ss").replace("h:mm a", "HH:mm")
    return format_datetime(at, written, locale=_reader(locale)).replace("..", ".")


@lru_cache(maxsize=256)
def _reader(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _with_own_decimals(write: Writer, value: Decimal) -> str:
    exact = shortest(value)
    _, _, decimals = str(exact).partition(".")
    places = min(len(decimals), _MOST_DECIMALS)
    return write(round_half_up(exact, places), places)


@lru_cache(maxsize=1024)
def _money_writer(locale: str, code: str, show_code: bool) -> Writer:
    reader = _reader(locale)
    sign = get_currency_symbol(code, reader)
    wanted = code if show_code else sign
    pattern = reader.currency_formats["standard"]

    def write(value: Decimal, places: int) -> str:
        text = _with_decimals(pattern, places).apply(value, reader, currency=code, currency_digits=False)
        return _with_symbol(text, sign, wanted)

    return quick(write)


@lru_cache(maxsize=128)
def _number_writer(locale: str) -> Writer:
    reader = _reader(locale)
    pattern = reader.decimal_formats[None]

    def write(value: Decimal, places: int) -> str:
        return str(_with_decimals(pattern, places).apply(value, reader))

    return quick(write)


@lru_cache(maxsize=128)
def _percent_writer(locale: str) -> Writer:
    reader = _reader(locale)
    pattern = reader.percent_formats[None]

    def write(value: Decimal, places: int) -> str:
        return str(_with_decimals(pattern, places).apply(value.scaleb(-2), reader))

    return quick(write)


def _with_decimals(pattern: NumberPattern, places: int) -> NumberPattern:
    exact = copy(pattern)
    exact.frac_prec = (places, places)
    return exact


def _with_symbol(text: str, old: str, new: str) -> str:
    """Swap in the wanted sign, with a space where letters would touch digits (CHF 5, not CHF5)."""
    before, _sign, after = text.partition(old)
    if after[:1].isdigit() and new[-1:].isalpha():
        new += _NO_BREAK
    return before + new + after


@lru_cache(maxsize=256)
def _cldr_pattern(pattern: str) -> str:
    """Translate; Moment's patterns are told by their doubled letters, which PHP's never have."""
    words, known = (_MOMENT_WORDS, _MOMENT) if "YY" in pattern else (_PHP_WORDS, _PHP)
    return "".join(known[word] if word in known else _quoted(word) for word in words.findall(pattern))


def _quoted(text: str) -> str:
    """Protect letters that would mean something to the CLDR."""
    text = text.replace("'", "’")
    return f"'{text}'" if any(letter.isalpha() for letter in text) else text

"""Money, numbers and dates in the reader's own way of writing (through kernel.formats)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_timedelta
from babel.numbers import get_currency_symbol
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from comptoir.kernel import formats

NOTHING = mark_safe('<span class="quiet" aria-hidden="true">—</span>')


def locale() -> str:
    """The active language, as Babel spells it."""
    return to_locale(get_language() or "en")


def money(amount: Any, currency: Any) -> SafeString:
    """`{{ amount|money:currency }}`: an amount in a reference.Currency; nothing for None."""
    return NOTHING if amount is None else _figure(formats.money(amount, currency, locale()))


def number(value: Any) -> SafeString:
    """`{{ hours|number }}`: grouped, with as many decimals as it has."""
    return NOTHING if value is None else _figure(formats.number(value, locale()))


def percent(value: Any) -> SafeString:
    """`{{ rate|percent }}`: 20 reads “20 %” in French."""
    return NOTHING if value is None else _figure(formats.percent(value, locale()))


def day(date: dt.date | None, pattern: str | None = None) -> SafeString:
    """`{{ invoice.date|day }}`: a date as the reader writes it."""
    if not date:
        return NOTHING
    text = formats.day(date, locale(), pattern)
    return format_html('<time class="num" datetime="{}">{}</time>', date.isoformat(), text)


def moment(when: dt.datetime | None) -> SafeString:
    """`{{ seen_at|moment }}`: as people say it (“2 hours ago”), exact on hover, in the active time zone."""
    if not when:
        return NOTHING
    local = timezone.localtime(when)
    said = format_timedelta(when - timezone.now(), add_direction=True, locale=locale())
    exact = formats.moment(local, locale())
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, said)


def sign(currency: Any) -> str:
    """The sign that stands in an amount's field: €, $US…"""
    return str(get_currency_symbol(currency.code, locale=locale())) if currency else ""


def _figure(text: str) -> SafeString:
    return mark_safe(f'<bdi class="num">{escape(text)}</bdi>')  # noqa: S308

"""How settings have money and days written."""

from __future__ import annotations

from comptoir.delivery.placeholders.reader import Reader
from comptoir.preferences.cascade import Preferences
from comptoir.reference import currency, date_format


def reader_for(locale: str, currency_id: str, preferences: Preferences) -> Reader:
    """Somebody who reads ``locale``: days as the settings write them where they say so, else as usual there.

    A key that names no currency is as good as the first one.
    """
    money = currency(currency_id) or currency("1")
    written = date_format(str(preferences.date_format_id))
    is_chosen = preferences.source("date_format_id") != "default"
    assert money is not None
    return Reader(
        locale=locale,
        currency=money,
        date_pattern=written.format if written and is_chosen else None,
        show_code=bool(preferences.show_currency_code),
    )

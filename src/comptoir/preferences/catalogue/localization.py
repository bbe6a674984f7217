"""Localization: currency, language, dates."""

from django.utils.translation import gettext_lazy as _

from .setting import Kind, Setting, flag, reference

TITLE = _("Localization")

SETTINGS = (
    reference("currency_id", "1", _("Currency"), _("Used for invoices and payments.")),
    flag(
        "show_currency_code",
        False,
        _("Show the currency code"),
        _("Amounts read 10.00 EUR instead of €10.00."),
    ),
    reference(
        "language_id", "1", _("Language"), _("Invoices and other documents are made in this language.")
    ),
    reference("timezone_id", "1", _("Time zone")),
    reference("date_format_id", "1", _("Date format")),
    flag("military_time", False, _("24-hour clock")),
    flag("enable_rappen_rounding", False, _("Swiss rounding"), _("Totals are rounded to the nearest 0.05.")),
    Setting("translations", Kind.TABLE, {}, _("Own labels"), _("Words of documents replaced by your own.")),
)

"""What the lists of settings offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir import reference
from comptoir.catalogue.models import PaymentTerm
from comptoir.delivery.mail.providers import PROVIDERS
from comptoir.designs import fonts
from comptoir.designs.looks import BUILT_IN
from comptoir.designs.models import names_by_key
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.offers import NOBODY
from comptoir.kernel import formats, ids
from comptoir.kernel.terms import PaymentTerm as Term
from comptoir.preferences.catalogue import CATALOGUE, Kind
from comptoir.reference import name_in, sorted_by_name
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import locale

EXAMPLE: Final = date(2026, 3, 31)
ROUNDINGS: Final = (1, 60, 300, 360, 600, 900, 1800, 3600)


def options(key: str, value: Any = "") -> list[Choice] | None:
    """The options of a setting, ``value`` always among them; None where anything may be typed."""
    found = _options(key)
    if found is None:
        return None
    text = "" if value is None else str(value)
    if text and text not in {option.value for option in found}:
        found = [*found, Choice(text, named(key, value))]
    return found


def named(key: str, value: Any) -> str:
    """A value that no list holds, in words."""
    if CATALOGUE[key].kind is Kind.DAYS:
        return term_name(str(value))
    if key == "company_gateway_ids":
        return _gateway_names(str(value))
    return str(CATALOGUE[key].choices.get(value, value))


def _gateway_names(text: str) -> str:
    """Several gateways, as an app may have chosen them."""
    names = {ids.encode(row.pk): row.name for row in CompanyGateway.objects.live()}
    return ", ".join(names.get(key.strip(), key.strip()) for key in text.split(","))


def _options(key: str) -> list[Choice] | None:
    if make := _MADE.get(key):
        return list(make())
    if key.endswith("_design_id"):
        return _designs()
    if key.endswith("_font"):
        return [Choice(name, name) for name in fonts.families()]
    setting = CATALOGUE[key]
    if setting.kind is Kind.DAYS:
        return terms()
    if setting.choices:
        return [Choice(value, str(label)) for value, label in setting.choices.items()]
    return None


def terms() -> list[Choice]:
    """The company's payment terms, shortest first."""
    rows = PaymentTerm.objects.active()
    written = {str(Term(row.num_days, row.end_of_month)): row for row in rows}
    return [Choice(text, term_label(row)) for text, row in written.items()]


def term_label(row: PaymentTerm) -> str:
    """What a term is called: its own name, else its days."""
    return row.name or term_name(str(Term(row.num_days, row.end_of_month)))


def term_name(text: str) -> str:
    """ "30" and "45 EOM" in words."""
    term = Term.parse(text)
    if term is None:
        return ""
    if term.days == 0 and not term.end_of_month:
        return _("On receipt")
    days = ngettext("%(n)s day", "%(n)s days", term.days) % {"n": term.days}
    return _("%(days)s, end of month") % {"days": days} if term.end_of_month else days


def _designs() -> list[Choice]:
    names = {int(row.id): row.name for row in reference.design}
    built_in = [Choice(ids.encode(number), names.get(number, str(number))) for number in BUILT_IN]
    own = ((ids.encode(int(key)), name) for key, name in names_by_key())
    return [*built_in, *(Choice(key, name, hint=_("Own design")) for key, name in own)]


def _currencies() -> Iterable[Choice]:
    return (
        Choice(row.id, f"{row.code} – {name}") for name, row in sorted_by_name(reference.currency, locale())
    )


def _by_name(rows: Any) -> Callable[[], Iterable[Choice]]:
    return lambda: (Choice(row.id, name) for name, row in sorted_by_name(rows, locale()))


def _in_order(rows: Any, none: Any = None) -> Callable[[], Iterable[Choice]]:
    def make() -> Iterable[Choice]:
        first = [Choice("0", str(none()))] if none else []
        return [*first, *(Choice(row.id, name_in(row, locale())) for row in rows)]

    return make


def _zones() -> Iterable[Choice]:
    return (Choice(row.id, row.label) for row in reference.timezone)


def _dates() -> Iterable[Choice]:
    return (Choice(row.id, formats.day(EXAMPLE, locale(), row.format)) for row in reference.date_format)


def _hours() -> Iterable[Choice]:
    return (Choice(str(hour), f"{hour:02}:00") for hour in range(24))


def _roundings() -> Iterable[Choice]:
    for seconds in ROUNDINGS:
        if seconds == 1:
            label = _("Do not round")
        elif seconds < 3600:
            n = seconds // 60
            label = ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
        else:
            label = _("1 hour")
        yield Choice(str(seconds), label)


def _senders() -> Iterable[Choice]:
    """The ways of sending that are installed."""
    services = [Choice(f"client_{one.key}", one.name) for one in PROVIDERS.values()]
    return [
        Choice("default", _("This server")),
        Choice("smtp", _("Your own mail server (SMTP)")),
        *services,
    ]


def _gateways() -> Iterable[Choice]:
    """None of them, or one alone; the company's order is the gateways' own page."""
    rows = CompanyGateway.objects.active().order_by("pk")
    return [Choice(NOBODY, _("None")), *(Choice(ids.encode(row.pk), row.name) for row in rows)]


_MADE: Final[dict[str, Callable[[], Iterable[Choice]]]] = {
    "currency_id": _currencies,
    "country_id": _by_name(reference.country),
    "language_id": _by_name(reference.language),
    "timezone_id": _zones,
    "date_format_id": _dates,
    "payment_type_id": _in_order(reference.payment_type, lambda: _("None")),
    "default_expense_payment_type_id": _in_order(reference.payment_type, lambda: _("None")),
    "endless_reminder_frequency_id": _in_order(reference.frequency, lambda: _("Off")),
    "reset_counter_frequency_id": _in_order(reference.frequency, lambda: _("Never")),
    "entity_send_time": _hours,
    "task_round_to_nearest": _roundings,
    "email_sending_method": _senders,
    "company_gateway_ids": _gateways,
}
SEARCHED: Final = frozenset({"currency_id", "country_id", "language_id", "timezone_id"})
"""Lists too long to scroll."""

"""How a schedule reads: its rhythm, its end, how its invoices fall due."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from comptoir.reference import frequency
from comptoir.reference.names import name_in
from comptoir.sales.recurring.models import ENDLESS, AutoBill, RecurringInvoice
from comptoir.ui.tags.figures import locale

AUTO_BILL: Final[dict[str, Any]] = {
    AutoBill.OFF: pgettext_lazy("billing by itself", "Off"),
    AutoBill.OPT_IN: gettext_lazy("When the client agrees"),
    AutoBill.OPT_OUT: gettext_lazy("Unless the client objects"),
    AutoBill.ALWAYS: gettext_lazy("Always"),
}


def rhythms() -> list[tuple[str, str]]:
    """Every frequency, from daily on."""
    return [(each.id, name_in(each, locale())) for each in frequency]


def often(frequency_id: str) -> str:
    """A frequency in words."""
    found = frequency(frequency_id)
    return name_in(found, locale()) if found else ""


def left(recurring: RecurringInvoice) -> str:
    """How many invoices are still to come."""
    n = recurring.remaining_cycles
    if n == ENDLESS:
        return _("Without end")
    return ngettext("%(n)s more", "%(n)s more", n) % {"n": n}


def ways_to_fall_due() -> list[tuple[str, str]]:
    """What ``due_date_days`` may say (contract rules 15)."""
    days = [(str(day), _("On day %(day)s of the month") % {"day": day}) for day in range(1, 31)]
    return [
        ("terms", _("By the client's payment terms")),
        ("on_receipt", _("On receipt")),
        *days,
        ("31", _("On the last day of the month")),
    ]


def falls_due(recurring: RecurringInvoice) -> str:
    """How its invoices fall due."""
    days = recurring.due_date_days if recurring.due_date_days not in ("", "0") else "terms"
    return dict(ways_to_fall_due()).get(days, days)

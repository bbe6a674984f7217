"""When reminders leave, in words and on an example: beside their settings and beside their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comptoir.billing.reminders import ENDLESS, Step, coming_back, endless, of_quotes, step
from comptoir.kernel import formats
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import part
from comptoir.office.settings import reading
from comptoir.office.settings.layout import BY_KEY
from comptoir.office.settings.levels import Level, level_of
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue.templates import MESSAGES
from comptoir.reference import currency, frequency
from comptoir.reference.names import name_in
from comptoir.ui.tags.figures import locale

_AGAIN: Final = 3
"""How often the example shows the reminder that comes back."""


@dataclass(frozen=True)
class Shown:
    """One reminder: ``when`` in words, ``days`` on the example, ``fee`` in words, whether it mails."""

    template: str
    title: str
    when: str
    fee: str
    mails: bool
    counts: bool
    days: tuple[date, ...] = ()
    url: str = ""


def shown(preferences: Preferences, template: str, *, on: date, query: str = "") -> Shown | None:
    """A reminder by its template; None for a message that is none."""
    rule = _rule(preferences, template)
    if rule is None:
        return None
    glue = "&" if query else "?"
    return Shown(
        template=template,
        title=str(MESSAGES.get(template) or _("Quote reminder")),
        when=_when(rule, template),
        fee=_fee(rule, preferences),
        mails=rule.mails,
        counts=rule.counts,
        days=_days(rule, preferences, on) if rule.counts else (),
        url=f"{reverse('office:letters')}{query}{glue}name={template}",
    )


TEMPLATES: Final = ("reminder1", "reminder2", "reminder3", "reminder_endless", "quote_reminder1")


def _rule(preferences: Preferences, template: str) -> Step | None:
    if template == "reminder_endless":
        return endless(preferences)
    if template == "quote_reminder1":
        return of_quotes(preferences)
    number = template.removeprefix("reminder")
    return step(preferences, int(number)) if number in ("1", "2", "3") else None


def _when(rule: Step, template: str) -> str:
    if not rule.schedule:
        return _("Not planned")
    if rule.stage == ENDLESS:
        found = frequency(rule.schedule)
        said = name_in(found, locale()) if found else rule.schedule
        return _("%(often)s after the last reminder, until it is paid") % {"often": said}
    days = ngettext("%(n)s day", "%(n)s days", rule.days) % {"n": rule.days}
    said = {
        "after_invoice_date": _("%(days)s after the invoice date"),
        "before_due_date": _("%(days)s before the due date"),
        "after_due_date": _("%(days)s after the due date"),
        "after_quote_date": _("%(days)s after the quote date"),
        "before_valid_until_date": _("%(days)s before the end of validity"),
        "after_valid_until_date": _("%(days)s after the end of validity"),
    }[rule.schedule]
    return said % {"days": days}


def _fee(rule: Step, preferences: Preferences) -> str:
    unit = currency(str(preferences.currency_id))
    parts = [formats.money(rule.amount, unit, locale())] if rule.amount > 0 and unit else []
    parts += [formats.percent(rule.percent, locale())] if rule.percent > 0 else []
    return " + ".join(parts)


def _days(rule: Step, preferences: Preferences, on: date) -> tuple[date, ...]:
    due = _due(preferences, rule, on)
    if rule.stage != ENDLESS:
        day = rule.day(on, due)
        return (day,) if day is not None else ()
    numbered = [step(preferences, n) for n in (1, 2, 3)]
    days = [day for each in numbered if each.counts and (day := each.day(on, due)) is not None and day > on]
    return tuple(islice(coming_back(max(days, default=due), rule.schedule), _AGAIN))


def _due(preferences: Preferences, rule: Step, on: date) -> date:
    setting = "valid_until" if "quote" in rule.schedule or "valid" in rule.schedule else "payment_terms"
    days = str(preferences[setting])
    return on + timedelta(days=int(days) if days.isdecimal() and len(days) < 5 else 30)


def example(preferences: Preferences, on: date, query: str) -> dict[str, Any]:
    """The reminders of an invoice of today, in their order; and that of a quote."""
    every = [shown(preferences, name, on=on, query=query) for name in TEMPLATES]
    found = [each for each in every if each is not None and each.counts]
    invoices = [(day, each) for each in found if each.template != "quote_reminder1" for day in each.days]
    rule = step(preferences, 1)
    return {
        "dated": on,
        "due": _due(preferences, rule, on),
        "coming": sorted(((day, each) for day, each in invoices if day > on), key=lambda pair: pair[0]),
        "over": [each for day, each in invoices if day <= on],
        "quote": next((each for each in found if each.template == "quote_reminder1"), None),
        "hour": f"{int(preferences.entity_send_time) % 24:02d}:00",
        "texts": [each for each in every if each is not None],
    }


def beside(place: Desk, level: Level) -> dict[str, Any]:
    """What the page of the settings shows below its form."""
    return {
        "days_url": reverse("office:reminder-days") + level.query,
        **example(level.preferences, place.on, level.query),
    }


@require_POST
@desk()
def days(place: Desk) -> HttpResponse:
    """The example again, out of what stands in the form."""
    level = level_of(place)
    keys = [key for _section, names in BY_KEY["reminders"].at(level.key) for key in names]
    try:
        typed = reading.read(keys, place.request.POST, level).settings
    except Refused:
        return HttpResponse(status=204)
    preferences = Preferences(({**level.own, **typed}, *level.layers[1:]))
    return part(place, "settings/reminder_days.html", example(preferences, place.on, level.query))


urlpatterns = [path("settings/reminders/days", days, name="reminder-days")]

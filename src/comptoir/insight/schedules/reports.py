"""Reports by schedule: a file of records, mailed to whoever made the schedule (template email_report)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import to_language

from comptoir.activity.jobs import job
from comptoir.insight.exports import spans
from comptoir.insight.exports.declaring import Sheet
from comptoir.insight.exports.models import Export
from comptoir.insight.exports.operations import ask_export
from comptoir.insight.exports.selecting import keys_of, of_days
from comptoir.insight.exports.sheets import SHEETS
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.people.models import Membership
from comptoir.people.permissions import may
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.values import truth
from comptoir.reference import language
from comptoir.tenancy.scope import current_company

from .models import Schedule

_NAMES: Final[Mapping[str, str]] = {
    "activity": "activities",
    "client_contact": "contacts",
    "client_contacts": "contacts",
    **{f"{kind}_item": f"{kind}_items" for kind in ("invoice", "quote", "credit", "recurring_invoice")},
}
"""The wire's other names of reports."""


def faults(schedule: Schedule, on: date) -> dict[str, list[Any]]:
    """A report that is none, days that are none, columns that nobody knows."""
    sheet = _sheet(schedule)
    if sheet is None:
        return {"parameters.report_name": [_("There is no such report.")]}
    keys = schedule.parameters.get("report_keys")
    if keys and not sheet.chosen(_names(keys)):
        return {"parameters.report_keys": [_("Choose at least one column.")]}
    try:
        _wants_deleted(schedule)
        _days(schedule, on)
    except Refused as refused:
        return {f"parameters.{name}": list(texts) for name, texts in refused.errors.items()}
    except ValueError:  # a day that cannot be read
        return {"parameters.start_date": [_("Choose a first and a last day.")]}
    return {}


def title(schedule: Schedule) -> str:
    """What the report is of, in the reader's language; "" for one that is no more."""
    sheet = _sheet(schedule)
    return str(sheet.title) if sheet else ""


def work(schedule: Schedule, day: date, on: date) -> list[tuple[str, dict[str, Any], str]]:
    """One job."""
    return [("schedules.report", {}, f"schedule:{schedule.pk}:{day}")]


@job("schedules.report")
def send(*, schedule: int, day: str, on: str) -> None:
    """Ask for the file, once; it is mailed when it is made. Who may not see it any more gets none."""
    row = Schedule.objects.filter(pk=schedule, deleted_at=None).select_related("user").first()
    turn = f"{schedule}-{day}"
    if row is None or Export.objects.filter(options__schedule=turn).exists():
        return
    sheet = _sheet(row)
    members = Membership.objects.filter(user_id=row.user_id).select_related("user", "company")
    member = members.first()
    if sheet is None or member is None or not member.is_open or not may(member, "view", sheet.entity):
        return
    with translation.override(_language_of(member)):
        ask_export(
            sheet,
            _keys(row, sheet, date.fromisoformat(on)),
            sheet.chosen(_names(row.parameters.get("report_keys")) or sheet.of_the_wire()),
            by=member.actor(),
            on=date.fromisoformat(on),
            options={"everybody": sheet.key == "clients", "schedule": turn},
            wants_mail=True,
        )


def _sheet(schedule: Schedule) -> Sheet | None:
    name = str(schedule.parameters.get("report_name") or "")
    return SHEETS.get(_NAMES.get(name, name)) or SHEETS.get(f"{name}s")


def _keys(schedule: Schedule, sheet: Sheet, on: date) -> list[int]:
    parameters = schedule.parameters
    rows = sheet.model._default_manager.all()
    if not _wants_deleted(schedule):
        rows = sheet.live(rows)
    first, last = _days(schedule, on)
    zone = current_company().zone
    rows = of_days(sheet, rows, first, last, by=str(parameters.get("date_key") or ""), zone=zone)
    wanted = [ids.decode(str(key)) for key in parameters.get("clients") or []]
    names = {field.attname for field in sheet.model._meta.concrete_fields}
    if wanted:
        column = "pk" if sheet.key == "clients" else "client_id"
        rows = rows.filter(**{f"{column}__in": wanted}) if column in {*names, "pk"} else rows
    with timezone.override(zone):
        return keys_of(sheet, rows)


def _wants_deleted(schedule: Schedule) -> bool:
    try:
        return truth(schedule.parameters.get("include_deleted") or False)
    except ValueError:
        raise Refused("include_deleted", _("This is neither true nor false.")) from None


def _days(schedule: Schedule, on: date) -> spans.Span:
    said = schedule.parameters
    start, end = (str(said.get(name) or "")[:10] for name in ("start_date", "end_date"))
    return spans.span(
        str(said.get("date_range") or "all"),
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        today=on,
        first_month=spans.first_month(current_company()),
    )


def _names(sent: Any) -> list[str]:
    return [str(name) for name in sent] if isinstance(sent, list) else []


def _language_of(member: Membership) -> str:
    chosen = member.user.language_id or str(Preferences((member.company.settings,)).language_id)
    spoken = language(chosen)
    return to_language(spoken.locale if spoken else "en")

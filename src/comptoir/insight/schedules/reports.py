"""Reports by schedule: a file of records, mailed to whoever made the schedule (template email_report)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.activity.jobs import job
from comptoir.delivery.runs.sight import Sight
from comptoir.insight.exports import selecting
from comptoir.insight.exports.declaring import Sheet
from comptoir.insight.exports.models import Export
from comptoir.insight.exports.operations import ask_export
from comptoir.insight.exports.sheets import SHEETS
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.people.models import Membership
from comptoir.people.permissions import may

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
    if keys and not sheet.chosen(selecting.named(keys)):
        return {"parameters.report_keys": [_("Choose at least one column.")]}
    try:
        selecting.flag(schedule.parameters, "include_deleted")
        selecting.days(schedule.parameters, on)
    except Refused as refused:
        return {f"parameters.{name}": list(texts) for name, texts in refused.errors.items()}
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
    if sheet is None or member is None or not member.is_open:
        return
    if not may(member, "view", "reports") or not may(member, "view", sheet.entity):
        return
    with translation.override(Sight(member).language):
        ask_export(
            sheet,
            _keys(row, sheet, date.fromisoformat(on)),
            sheet.chosen(selecting.named(row.parameters.get("report_keys")) or sheet.of_the_wire()),
            by=member.actor(),
            on=date.fromisoformat(on),
            options={"everybody": sheet.key == "clients", "schedule": turn},
            wants_mail=True,
        )


def _sheet(schedule: Schedule) -> Sheet | None:
    name = str(schedule.parameters.get("report_name") or "")
    return SHEETS.get(_NAMES.get(name, name)) or SHEETS.get(f"{name}s")


def _keys(schedule: Schedule, sheet: Sheet, on: date) -> list[int]:
    said = schedule.parameters
    rows = selecting.narrowed(sheet, sheet.model._default_manager.all(), said, on=on)
    if wanted := [ids.decode(str(key)) for key in said.get("clients") or []]:
        rows = selecting.of_clients(sheet, rows, wanted)
    return selecting.keys_of(sheet, rows)

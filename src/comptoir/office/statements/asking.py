"""What the address of a statement asks for, and back again."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from comptoir.insight.statements import Wish
from comptoir.insight.statements.periods import named_days
from comptoir.kernel.refused import Refused

TABLES: Final = ("payments", "credits", "aging", "opening")
USUAL: Final = "year"


def answers(query: QueryDict, on: date) -> dict[str, Any]:
    """What the form shows: all of it this year, until somebody has chosen."""
    period = query.get("period") or (USUAL if "start" not in query else "custom")
    days = named_days(period, on)
    start, end = (day.isoformat() for day in days) if days else (query.get("start", ""), query.get("end", ""))
    ticks = {name: query.get(name, "" if "period" in query else "1") for name in TABLES}
    status = query.get("status") or "all"
    return {"period": period, "start": start, "end": end, "status": status, **ticks}


def wish_of(said: dict[str, Any]) -> Wish:
    """Raises Refused at start, end or status."""
    start, end = (_day(name, said[name]) for name in ("start", "end"))
    ticks: dict[str, Any] = {name: bool(said[name]) for name in TABLES}
    try:
        return Wish(start, end, status=said["status"], **ticks)
    except Refused as refused:
        raise Refused.many(
            {name.removesuffix("_date"): texts for name, texts in refused.errors.items()}
        ) from None


def query_of(said: dict[str, Any]) -> str:
    """The same question, to the day, for the addresses of the PDF and its picture."""
    return urlencode(said | {"period": "custom"})


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(name, _("This is not a day.")) from None

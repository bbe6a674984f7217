"""The dashboard's figures (contract rules 24). Both generations of these routes answer the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse

from comptoir.api.resources import figures
from comptoir.api.resources.figures import ALL, ZERO, ByCurrency
from comptoir.api.resources.periods import Period, before, period
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.numbers import number
from comptoir.contract.fields.times import read_moment
from comptoir.contract.requesters import Requester
from comptoir.insight.exports.spans import first_month
from comptoir.kernel.money import to_micros
from comptoir.preferences.cascade import Preferences
from comptoir.reference import currency
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus

Question = Callable[[Requester, Period], tuple[QuerySet[Any], tuple[str, ...]]]
"""The rows of one figure of the dashboard, and the columns that it adds up."""

_PAID: Final = ("amount", "refunded")


def _quotes(*statuses: QuoteStatus) -> Question:
    def ask(who: Requester, span: Period) -> tuple[QuerySet[Any], tuple[str, ...]]:
        seen = who.seen(Quote.objects.filter(deleted_at=None, client__deleted_at=None), "quote")
        return seen.filter(status_id__in=statuses, date__range=(span.start, span.end)), ("amount",)

    return ask


QUESTIONS: Final[Mapping[str, Question]] = {
    "active_invoices": lambda who, span: (figures.invoiced(who, span), ("amount",)),
    "outstanding_invoices": lambda who, span: (figures.outstanding(who, span), ("balance",)),
    "completed_payments": lambda who, span: (figures.received(who, span), _PAID),
    "refunded_payments": lambda who, span: (
        figures.received(who, span).filter(refunded__gt=ZERO),
        ("refunded",),
    ),
    "active_quotes": _quotes(QuoteStatus.SENT, QuoteStatus.APPROVED),
    "unapproved_quotes": _quotes(QuoteStatus.SENT),
}
"""What is not here (tasks, expenses) is 0: this version keeps none."""


class Charts(Endpoints):
    path, entity = "charts", "dashboard"

    @route("POST", "totals", verb="view")
    def totals(call: Call) -> HttpResponse:
        """Invoiced, received, spent and owed in a span of days, by currency and together."""
        return _totals(call)

    @route("POST", "totals_v2", verb="view")
    def totals_v2(call: Call) -> HttpResponse:
        """Invoiced, received, spent and owed in a span of days, by currency and together."""
        return _totals(call)

    @route("POST", "chart_summary", verb="view")
    def summary(call: Call) -> HttpResponse:
        """The same sums day by day."""
        return _summary(call)

    @route("POST", "chart_summary_v2", verb="view")
    def summary_v2(call: Call) -> HttpResponse:
        """The same sums day by day."""
        return _summary(call)

    @route("POST", "calculated_fields", verb="view")
    def calculated_field(call: Call) -> HttpResponse:
        """One figure of the dashboard: a sum, an average or a count."""
        ask = QUESTIONS.get(str(call.asked("field")))
        if ask is None:
            return answers.json(0)
        rows, columns = ask(call.who, _meant(call))
        found = figures.totals(call.who.company, rows, *columns)
        figure = found.get(str(call.asked("currency_id") or ALL), figures.Figure())
        if call.asked("calculation") == "count":
            return answers.json(figure.count)
        average = call.asked("calculation") == "avg" and figure.counted
        return answers.json(_shown(figure.total / figure.counted if average else figure.total))


def _totals(call: Call) -> HttpResponse:
    span, who = _span(call), call.who
    invoices = figures.totals(who.company, figures.invoiced(who, span, drafts=_with_drafts(call)), "amount")
    revenue = figures.totals(who.company, figures.received(who, span), *_PAID)
    owed = figures.totals(who.company, figures.outstanding(who, span), "balance")
    codes = _codes(call, invoices, revenue, owed)
    answer: dict[str, Any] = {"currencies": codes, "start_date": span.start, "end_date": span.end}
    for key in (*codes, ALL):
        named = {} if key == ALL else {"currency_id": key, "code": codes[key]}
        spent = {"amount": 0, **named}
        answer[key] = {
            "invoices": {"invoiced_amount": _total(invoices, key), **named, **_left_out(invoices, key)},
            "revenue": {"paid_to_date": _total(revenue, key), **named, **_left_out(revenue, key)},
            "outstanding": {
                "amount": _total(owed, key),
                "outstanding_count": owed[key].counted if key in owed else 0,
                **named,
                **_left_out(owed, key),
            },
            "expenses": spent,
            **({"expense": spent} if key == ALL else {}),
        }
    return answers.json(answer)


def _summary(call: Call) -> HttpResponse:
    span, who = _span(call), call.who
    series = {
        "invoices": figures.by_day(
            who.company, figures.invoiced(who, span, drafts=_with_drafts(call)), "amount"
        ),
        "outstanding": figures.by_day(who.company, figures.outstanding(who, span), "balance"),
        "payments": figures.by_day(who.company, figures.received(who, span), *_PAID),
        "expenses": {},
    }
    answer: dict[str, Any] = {"start_date": span.start, "end_date": span.end}
    for key in (*_codes(call, *series.values()), ALL):
        answer[key] = {name: _points(found.get(key, {}), key) for name, found in series.items()}
    return answers.json(answer)


def _points(days: Mapping[date, Decimal], key: str) -> list[dict[str, Any]]:
    return [
        {"total": _shown(total), "date": day, "currency": key, "currency_id": key}
        for day, total in sorted(days.items())
    ]


def _codes(call: Call, *found: Mapping[str, Any]) -> dict[str, str]:
    """The currencies that occur, the company's own among them: id -> code."""
    own = str(Preferences((call.who.company.settings,)).currency_id)
    keys = sorted({own, *(key for each in found for key in each)} - {ALL}, key=int)
    return {key: known.code for key in keys if (known := currency(key))}


def _total(found: ByCurrency, key: str) -> Any:
    return _shown(found[key].total) if key in found else 0


def _left_out(found: ByCurrency, key: str) -> dict[str, int]:
    """How many records are not in a total, since their rate of exchange is unknown; nothing when all are."""
    left = found[key].count - found[key].counted if key in found else 0
    return {"without_exchange_rate": left} if left else {}


def _shown(total: Decimal) -> Any:
    return number(to_micros(total))


def _with_drafts(call: Call) -> bool:
    return str(call.asked("include_drafts")).lower() in ("true", "1")


def _meant(call: Call) -> Period:
    """The span of one figure: ``period`` may ask for the one before, or for all time."""
    span = _span(call)
    wanted = call.asked("period")
    if wanted == "previous":
        return before(span)
    return period("all_time", None, None, today=call.who.today) if wanted == "total" else span


def _span(call: Call) -> Period:
    start, end = (read_moment(call.asked(name)) for name in ("start_date", "end_date"))
    return period(
        str(call.asked("date_range") or ""),
        start.date() if start else None,
        end.date() if end else None,
        today=call.who.today,
        first_month=first_month(call.who.company),
    )

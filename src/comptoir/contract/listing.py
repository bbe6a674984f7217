"""Lists: which rows the ORM chooses, in which order, and the page of them that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpResponse

from comptoir.contract import answers, envelopes
from comptoir.contract.fetching import fetch
from comptoir.contract.narrowing import narrow
from comptoir.contract.paging import Page, total_of
from comptoir.contract.sorting import ordered

if TYPE_CHECKING:
    from comptoir.contract.calls import Call
    from comptoir.contract.resources import Resource


def show_list(call: Call) -> HttpResponse:
    """List rows that the caller may see."""
    return list_of(call, call.resource)


def list_of(call: Call, resource: type[Resource], rows: QuerySet[Any] | None = None) -> HttpResponse:
    """The answer that lists ``rows`` (all of them when left out) as the query asks."""
    plan = call.registry.plan(resource, call.query.get("include", ""), strict=True)
    page = Page.asked(call.query)
    keys, total = choose(call, resource, page, rows)
    shown = fetch(plan, keys, call.view)
    return answers.json(envelopes.page(shown, page.figures(call.query, call.link, len(shown), total), call))


def choose(
    call: Call, resource: type[Resource], page: Page, rows: QuerySet[Any] | None = None
) -> tuple[list[int], int]:
    """The keys of one page, and how many rows there are in all."""
    base = resource.rows() if rows is None else rows
    seen = call.who.seen(base, resource.entity)
    asked = narrow(seen, call.query, resource.all_filters, call.who)
    whole = call.who.company.pk if asked is base and rows is None else None
    first = _pinned(call, resource, seen)
    if first:
        asked, whole = asked.exclude(pk__in=first), None
    asked = ordered(asked, resource, call.query.get("sort", ""))
    start, stop = max(page.start - len(first), 0), max(page.stop - len(first), 0)
    found = list(asked.values_list("pk", flat=True)[start : stop + 1])
    keys = first[page.start : page.stop] + found[: stop - start]
    return keys, len(first) + total_of(asked, start, stop - start, len(found), whole)


def _pinned(call: Call, resource: type[Resource], seen: QuerySet[Any]) -> list[int]:
    """The keys of ``with=``, which come first whatever the filters say."""
    asked = call.query.get("with", "")
    wanted = resource.pinned(asked) if asked else []
    known = set(seen.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [key for key in dict.fromkeys(wanted) if key in known]

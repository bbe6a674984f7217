"""Lists: which rows the ORM chooses, in which order, and the page of them that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse

from comptoir.contract import answers, envelopes
from comptoir.contract.counting import COUNTED, capped, capped_text, total_of, whole
from comptoir.contract.fetching import fetch
from comptoir.contract.filters import Filter
from comptoir.contract.narrowing import narrow
from comptoir.contract.paging import Page
from comptoir.contract.prepared import Prepared, prepared_list
from comptoir.contract.requesters import Requester
from comptoir.contract.sorting import ordered
from comptoir.tenancy.choosing import FEW, keys_of, some_keys
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.searching import SearchableRows
from comptoir.tenancy.statements import run

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
    if rows is None and call.sees_all(resource) and (ready := prepared_list(resource, call.query)):
        return _prepared(call, ready, resource, page)
    seen = call.who.seen(resource.rows() if rows is None else rows, resource.entity)
    asked = narrow(seen, call.query, resource.all_filters, call.who)
    first = _pinned(call, resource, seen)
    if first:
        asked = asked.exclude(pk__in=first)
    start, stop = max(page.start - len(first), 0), max(page.stop - len(first), 0)
    sort = call.query.get("sort", "")
    searched = bool(call.query.get("filter"))
    keys = some_keys(asked, COUNTED if searched else FEW + 1)
    if len(keys) <= FEW:
        found = _sorted(keys, resource, sort)[start:stop]
        return first[page.start : page.stop] + found, len(first) + len(keys)
    if searched and isinstance(seen, SearchableRows):
        asked = narrow(seen, call.query, resource.all_filters | _ALONG, call.who).exclude(pk__in=first)
    found = keys_of(ordered(asked, resource, sort), start, stop + 1)
    count = (lambda: len(keys)) if searched else (lambda: capped(asked))
    total = total_of(start, stop - start, len(found), count)
    return first[page.start : page.stop] + found[: stop - start], len(first) + total


def _containing(rows: QuerySet[Any], text: str, who: Requester) -> QuerySet[Any]:
    """``filter=`` for words that very many rows hold: they are read along the order of the list."""
    return rows.containing(text)  # type: ignore[attr-defined]


_ALONG: Final[dict[str, Filter]] = {"filter": _containing}


def _sorted(keys: list[int], resource: type[Resource], sort: str) -> list[int]:
    """A few keys in the order that is asked for."""
    if len(keys) < 2:
        return keys
    rows = ordered(resource.model._base_manager.filter(pk__in=keys), resource, sort)
    if rows.query.order_by in (("pk",), ("-pk",)):
        return sorted(keys, reverse=rows.query.order_by == ("-pk",))
    return list(rows.values_list("pk", flat=True))


def _prepared(call: Call, ready: Prepared, resource: type[Resource], page: Page) -> tuple[list[int], int]:
    """The same for a list that was compiled before."""
    if ready.keys:
        part = f"{ready.keys} LIMIT {page.size + 1} OFFSET {page.start}"
        found = [row[0] for row in run(part, (current_company_id(),))]
    else:
        rows = narrow(resource.rows(), call.query, resource.all_filters, call.who)
        found = keys_of(ordered(rows, resource, call.query.get("sort", "")), page.start, page.stop + 1)
    count = (lambda: whole(resource.model)) if ready.whole else (lambda: capped_text(ready.rows))
    return found[: page.size], total_of(page.start, page.size, len(found), count)


def _pinned(call: Call, resource: type[Resource], seen: QuerySet[Any]) -> list[int]:
    """The keys of ``with=``, which come first whatever the filters say."""
    asked = call.query.get("with", "")
    wanted = resource.pinned(asked) if asked else []
    known = set(seen.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [key for key in dict.fromkeys(wanted) if key in known]

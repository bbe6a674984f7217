"""From the declaration of a list to the parts that ``ui`` draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.kernel import formats
from comptoir.office.desk import Desk
from comptoir.office.lists.address import SIZES, Address
from comptoir.office.lists.columns import ListColumn, ListFilter
from comptoir.ui.lists import Chip, Column, Filter, Paging
from comptoir.ui.parts import Tab

COUNTED = 10_000
"""Rows are counted exactly up to here; beyond, “10,000+”."""


def head(column: ListColumn, asked: Address) -> Column:
    """The head of a column: a link that sorts by it, or turns the order round."""
    key, down = asked.sort
    is_it = key == column.key
    turned = "asc" if not is_it or down else "desc"
    return Column(
        key=column.key,
        label=str(column.label),
        end=column.end,
        quiet=column.quiet,
        strong=column.strong,
        wide=column.wide,
        sort_url=asked.but(sort=f"{column.key}|{turned}") if column.sort else "",
        sorted=("descending" if down else "ascending") if is_it else "",
        phone=column.phone,
    )


def segments(shelves: Sequence[tuple[str, Any]], asked: Address) -> list[Tab]:
    """Active, archived, deleted."""
    return [
        Tab(str(label), asked.but(shelf=value), active=value == asked["shelf"]) for value, label in shelves
    ]


def filters(declared: Sequence[ListFilter], asked: Address) -> list[Filter]:
    """The filters that can be set; one without choices is set by links alone."""
    return [
        Filter(
            each.key,
            str(each.label),
            [
                Tab(str(label), asked.but(**{each.key: value}), active=value == asked[each.key])
                for value, label in each.choices
            ],
        )
        for each in declared
        if each.choices
    ]


def chips(declared: Sequence[ListFilter], asked: Address) -> list[Chip]:
    """The filters that are on, each with its cross."""
    return [
        Chip(str(each.label), _named(each, value), asked.but(**{each.key: ""}))
        for each in declared
        if (value := asked[each.key])
    ]


def _named(each: ListFilter, value: str) -> str:
    known = dict(each.choices).get(value)
    if known:
        return str(known)
    return each.label_of(value) if each.label_of else value


def paging(desk: Desk, asked: Address, got: int, known: int) -> Paging:
    """``got`` is how many rows of this page there are, with one of the next if there is one; ``known`` how
    many there are at all, counted up to one more than COUNTED."""
    number, size = asked.page, asked.size
    return Paging(
        summary=_summary(desk, asked, got, known),
        previous_url=asked.but(page=str(number - 1)) if number > 1 else "",
        next_url=asked.but(page=str(number + 1)) if got > size else "",
        sizes=[Tab(str(n), asked.but(size=str(n)), active=n == size) for n in SIZES],
    )


def _summary(desk: Desk, asked: Address, got: int, known: int) -> str:
    number, size = asked.page, asked.size
    shown, first = min(got, size), (number - 1) * size + 1
    count = formats.number(min(known, COUNTED), desk.locale) + ("+" if known > COUNTED else "")
    if not shown or known == shown:
        return ngettext("%(count)s row", "%(count)s rows", shown) % {"count": count}
    return _("%(first)s–%(last)s of %(count)s") % {
        "first": formats.number(first, desk.locale),
        "last": formats.number(first + shown - 1, desk.locale),
        "count": count,
    }

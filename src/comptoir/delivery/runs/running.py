"""From a template and records to one PDF: a page for each record, or all of them on one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from comptoir.activity import kinds
from comptoir.clients.models import Client
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.letterheads import letterhead
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.merging import merged
from comptoir.delivery.pdf.printing import print_page
from comptoir.delivery.runs.gathering import Lists, Rows, allocations_of, gathered, rows_of
from comptoir.delivery.runs.sight import Sight
from comptoir.delivery.runs.subjects import LINES, LISTS
from comptoir.delivery.runs.writing import FIGURES, Writer
from comptoir.designs.looks import Own
from comptoir.designs.models import Design
from comptoir.designs.page import Page, Record
from comptoir.tenancy.scope import current_company

_EACH: Final = re.compile(r"""data-(?:each|if|unless)\s*=\s*["']?\$?(\w+)""")
_SUM: Final = re.compile(r"\$(\w+)\.(?:count|amount|balance)\b")
_LINE: Final = re.compile(r"\$(product|task)\.")

Progress = Callable[[int], bool]


def always(_done: int) -> bool:
    return True


def named(parts: Mapping[str, str]) -> frozenset[str]:
    """The lists that a template repeats ("invoices"), and those whose sums it names ("invoices.")."""
    text = "\n".join(parts.values())
    lines = {f"{found}s" for found in _LINE.findall(text)}
    sums = {f"{name}." for name in _SUM.findall(text) if name in LISTS}
    return frozenset({name for name in _EACH.findall(text) if name in LISTS} | lines | sums)


def is_together(parts: Mapping[str, str], entity: str) -> bool:
    """Whether all records stand on one paper: the template repeats the list of them itself."""
    plural = kinds.named(entity).plural
    return bool({plural, f"{plural}."} & named(parts))


def print_run(
    design: Design, entity: str, keys: Sequence[int], sight: Sight, *, on: date, progress: Progress = always
) -> bytes:
    """Print it. ``progress(done)`` is told after each page and stops the run by False.

    Raises PdfFailed, also when nothing is left of the records. Never call it inside a transaction.
    """
    printed: list[bytes] = []
    for page in pages(design.name, design.parts, entity, rows_of(entity, keys, sight), sight, on=on):
        moment = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        printed.append(print_page(page, look=Own(design.parts), moment=moment))
        if not progress(len(printed)):
            break
    if not printed:
        raise PdfFailed(_("None of these records is there any more."))
    return printed[0] if len(printed) == 1 else merged(printed)


def pages(
    name: str, parts: Mapping[str, str], entity: str, rows: Sequence[Any], sight: Sight, *, on: date
) -> Iterator[Page]:
    """The pages of a run, each in its reader's language: the client's, or the company's for all together."""
    if not rows:
        return
    wanted = named(parts)
    lists = gathered(entity, rows, wanted, sight)
    settled = allocations_of(rows, sight) if entity == "payment" else {}
    if is_together(parts, entity):
        yield _together(name, entity, rows, lists, settled, sight, on)
        return
    for row in rows:
        yield _single(name, entity, row, lists, settled, sight, on)


def _together(
    name: str, entity: str, rows: Sequence[Any], lists: Lists, settled: Rows, sight: Sight, on: date
) -> Page:
    nobody = Client(company=current_company())
    facts = facts_of(letterhead(nobody, on=on, moment=timezone.now()))
    with translation.override(facts.reader.language):
        writer = Writer(facts.reader, Labels(facts.translations), has_figures=sight.has_figures)
        with_lines = any(each in lists.wanted for each in LINES)
        records = [_record(entity, row, lists, settled, writer, with_lines=with_lines) for row in rows]
        plural = kinds.named(entity).plural
        sums = writer.sums(plural, rows if sight.has_figures or entity != "client" else ())
        return _page(name, facts, {**sums, f"{plural}.count": str(len(rows))}, {plural: records}, on)


def _single(name: str, entity: str, row: Any, lists: Lists, settled: Rows, sight: Sight, on: date) -> Page:
    client = row if entity == "client" else row.client
    is_document = entity not in ("client", "payment")
    paper = (
        row
        if is_document
        else letterhead(client, on=on, moment=timezone.now(), currency_id=getattr(row, "currency_id", ""))
    )
    facts = facts_of(paper)
    with translation.override(facts.reader.language):
        writer = Writer(facts.reader, Labels(facts.translations), has_figures=sight.has_figures)
        record = _record(entity, row, lists, settled, writer)
        if not is_document:
            values = record.values
            if entity == "payment":
                values = {**values, **_short(values, "payment.")}
            return _page(name, facts, values, record.lists, on)
        page = compose(facts, detailed=True)
        hidden = {} if sight.has_figures else dict.fromkeys(FIGURES, "")
        return replace(page, title=name, values={**page.values, **hidden}, lists=record.lists)


def _short(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    """$number for $payment.number on a paper about one payment."""
    return {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)}


def _record(
    entity: str, row: Any, lists: Lists, settled: Rows, writer: Writer, *, with_lines: bool = False
) -> Record:
    sums, own = lists.of(row, writer)
    if entity == "client":
        return Record({**writer.client(row), **sums}, own)
    if entity == "payment":
        return writer.payment(row, settled.get(row.pk, ()))
    record = writer.document(row, with_lines=with_lines)
    return Record({**record.values, **sums}, {**record.lists, **own})


def _page(
    name: str,
    facts: DocumentFacts,
    values: Mapping[str, str],
    lists: Mapping[str, Sequence[Record]],
    on: date,
) -> Page:
    """A paper that is about no document: the company's head, the words and lists of the template."""
    page = compose(facts, detailed=True)
    return replace(
        page,
        kind="template",
        heading=name,
        number=values.get("number", ""),
        title=name,
        details=(),
        tables=(),
        totals=(),
        taxes=(),
        badge=None,
        figure=None,
        slip=None,
        payment_part=None,
        prose=(),
        mentions=(),
        payment_link="",
        values={**page.values, "date": facts.reader.day(on), "today": facts.reader.day(on), **values},
        lines={},
        lists=lists,
    )

"""What came of an import: one sentence, a list of rows, a file to correct and import again, a mail."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.mail.operations import queue_mail
from comptoir.kernel import ids
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.tenancy.scope import current_company

from .declaring import Outcome
from .entities import ENTITIES
from .models import Import, ImportedRow
from .sheets import guarded

_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_IN_MAIL: Final = 50


def summary(run: Import) -> str:
    """“120 rows created, 3 updated, 2 refused”: what there is of each, in the language in force."""
    said = {
        Outcome.MADE: ngettext("%(n)s created", "%(n)s created", run.made),
        Outcome.MERGED: ngettext("%(n)s joined to another row", "%(n)s joined to another row", run.merged),
        Outcome.UPDATED: ngettext("%(n)s updated", "%(n)s updated", run.updated),
        Outcome.SKIPPED: ngettext("%(n)s left out", "%(n)s left out", run.skipped),
        Outcome.REFUSED: ngettext("%(n)s refused", "%(n)s refused", run.refused),
    }
    counts = run.counts()
    return ", ".join(
        text % {"n": counts[outcome.value]} for outcome, text in said.items() if counts[outcome.value]
    )


def told(run: Import, row: ImportedRow) -> list[str]:
    """The reasons of a row, each with the name of its column."""
    labels = {column.id: str(column.label) for column in ENTITIES[run.entity].columns()}
    said = _("%(column)s: %(reason)s")
    return [
        said % {"column": labels[name], "reason": text} if name in labels else text
        for name, text in row.reasons
    ]


def correction(run: Import, heads: list[str]) -> Iterator[str]:
    """The refused and left out rows as they stood, with the reason behind them: correct, and import again.

    The mapping's own names head the columns, so that they are found again by themselves.
    """
    labels = {column.id: str(column.label) for column in ENTITIES[run.entity].columns()}
    width = max([len(heads), *(place + 1 for place in run.columns)], default=0)
    names = [labels.get(run.columns.get(place, ""), "") or _at(heads, place) for place in range(width)]
    delimiter = run.delimiter or ";"
    yield _MARK + _written([*names, _("Row"), _("Reason")], delimiter)
    rows = run.rows.filter(outcome__in=[Outcome.REFUSED, Outcome.SKIPPED]).order_by("number")
    for row in rows.iterator(chunk_size=1_000):
        cells = [_at(row.cells, place) for place in range(width)]
        yield _written([*cells, str(row.number), " ".join(told(run, row))], delimiter)


def _written(cells: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def _at(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def mail(run: Import) -> None:
    """Tell whoever began it by the API (contract rules 26). Part of the caller's transaction."""
    person = User.objects.filter(pk=run.user_id).first()
    if person is None or not person.email:
        return
    company = current_company()
    locale = spoken_by(person.language_id, Preferences((company.settings,))).locale
    with translation.override(translation.to_language(locale)):
        subject = _("Your import is done: $file")
        body = _letter(run)
    queue_mail(
        kind="import",
        object_id=run.pk,
        client_id=None,
        recipient=person.email,
        recipient_name=person.name,
        locale=locale,
        subject=subject,
        body=body,
        values={"contact.first_name": person.first_name, "company.name": company.name, "file": run.name},
        attachments=[],
        occurrence="done",
        company=company,
    )


def _letter(run: Import) -> str:
    rows = run.rows.filter(outcome__in=[Outcome.REFUSED, Outcome.SKIPPED]).order_by("number")[:_IN_MAIL]
    failures = [f"- {_failure(run, row)}" for row in rows]
    address = f"{settings.BASE_URL.rstrip('/')}/imports/{ids.encode(run.pk)}"
    parts: list[Any] = ["$greeting", f"$file: {summary(run)}.", "\n".join(failures), address]
    return "\n\n".join(part for part in parts if part)


def _failure(run: Import, row: ImportedRow) -> str:
    said = {"n": row.number, "reasons": _plain(" ".join(told(run, row)))}
    return _("Row %(n)s: %(reasons)s") % said


def _plain(text: str) -> str:
    """Cells are other people's words: no placeholder, no markup."""
    return "".join(letter if letter not in "$*_`<>[]#|\\" else " " for letter in text)

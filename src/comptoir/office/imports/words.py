"""What states, outcomes and choices of imports are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.insight.imports.declaring import Outcome
from comptoir.insight.imports.encodings import ENCODINGS
from comptoir.insight.imports.models import Import
from comptoir.ui import cells
from comptoir.ui.parts import Choice, Stat, Tone

TONES: dict[str, Tone] = {
    "made": "success",
    "merged": "success",
    "updated": "info",
    "skipped": "warning",
    "refused": "error",
}


def state_badge(run: Import) -> Any:
    """The state of an import in a word."""
    State = Import.State  # noqa: N806 - a class under its short name
    words: dict[str, tuple[str, Tone]] = {
        State.UPLOADED: (pgettext("import", "Waiting"), ""),
        State.RUNNING: (pgettext("import", "Running"), "info"),
        State.CHECKED: (pgettext("import", "Checked"), "info"),
        State.DONE: (pgettext("import", "Done"), "success"),
        State.STOPPED: (pgettext("import", "Stopped"), "warning"),
        State.FAILED: (pgettext("import", "Failed"), "error"),
    }
    word, tone = words[run.state]
    return cells.badge(word, tone=tone)


def outcome(name: str, *, rehearsal: bool = False) -> str:
    """What came of a row, or would."""
    words = {
        "made": pgettext("row", "Would be created") if rehearsal else pgettext("row", "Created"),
        "merged": pgettext("row", "Joined to another row"),
        "updated": pgettext("row", "Would be updated") if rehearsal else pgettext("row", "Updated"),
        "skipped": pgettext("row", "Left out"),
        "refused": pgettext("row", "Refused"),
    }
    return words[name]


def stats(run: Import) -> list[Stat]:
    """The strip of figures above a report: what there is, and what was created even if nothing."""
    counts = run.counts()
    shown = [each.value for each in Outcome if counts[each.value] or each in (Outcome.MADE, Outcome.REFUSED)]
    return [Stat(outcome(name, rehearsal=run.rehearsal), str(cells.number(counts[name]))) for name in shown]


def encodings() -> list[tuple[str, str]]:
    return list(ENCODINGS.items())


def delimiters() -> list[tuple[str, str]]:
    return [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Bar |"))]


def decimals() -> list[tuple[str, str]]:
    return [(",", "1 234,50"), (".", "1,234.50")]


def orders() -> list[tuple[str, str]]:
    return [("dmy", "31/12/2026"), ("mdy", "12/31/2026"), ("ymd", "2026-12-31")]


def duplicates(*, updates: bool) -> list[Choice]:
    """What may be done with known records; some kinds are never changed by a file."""
    every = [
        Choice("skip", _("Leave them out"), _("They stay as they are, and the report names them.")),
        Choice(
            "update",
            _("Update them"),
            _("Cells with text replace what is there; empty cells change nothing."),
        ),
        Choice("create", _("Create them anyway"), _("Only a number that is taken is refused.")),
    ]
    return [choice for choice in every if updates or choice.value != "update"]

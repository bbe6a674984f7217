"""What a new design begins with: a plain letter that shows what a design may hold, or a template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.designs.models import PARTS

FOLDER: Final = Path(__file__).parent / "starter"


@dataclass(frozen=True)
class Start:
    """A template to begin with; ``entity`` is the kind of record that it is run over.

    ``heading`` is what stands above it: a word in the reader's language, or the template's own name.
    """

    key: str
    name: Any
    entity: str
    heading: str = "title"


STARTS: Final = (
    Start("statement", _("Statement of account"), "client", "statement_label"),
    Start("delivery_note", _("Delivery note"), "invoice", "delivery_note_label"),
    Start("receipt", pgettext_lazy("payment", "Receipt"), "payment", "payment_receipt_label"),
    Start("invoice_list", _("List of invoices"), "invoice"),
)


@cache
def starter() -> dict[str, str]:
    """The texts of a letter; product and task are empty, so that the company's columns are used."""
    return {part: _text(FOLDER / f"{part}.html") for part in PARTS}


@cache
def template(key: str) -> dict[str, str]:
    """The texts of one of STARTS: a body of its own, head, foot and style of them all."""
    folder = FOLDER / "templates"
    texts = {part: _text(folder / f"{key if part == 'body' else part}.html") for part in PARTS}
    heading = next(each.heading for each in STARTS if each.key == key)
    return {**texts, "header": texts["header"].replace("$title", f"${heading}")}


def _text(path: Path) -> str:
    return path.read_text() if path.is_file() else ""

"""When a company's own design may not be saved as sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.reference import design as built_in

from .models import PARTS, Design

LONGEST: Final = 256 * 1024
"""Characters of one part."""

KINDS: Final = (
    "invoice", "quote", "credit", "purchase_order", "recurring_invoice", "payment", "statement",
    "delivery_note", "project", "task", "expense", "client",
)  # fmt: skip
"""What a design may be meant for."""

_PROGRAM: Final = re.compile(r"<\s*ninja\b|\{%|\{\{")


def refuse_odd_name(design: Design) -> None:
    """A design has a name that no other live one has, and no built-in one. Raises Refused at name."""
    name = design.name.strip().casefold()
    if not name:
        raise Refused("name", _("Give the design a name."))
    if name in {row.name.casefold() for row in built_in}:
        raise Refused("name", _("A built-in design has this name."))
    if Design.objects.live().filter(name__iexact=design.name.strip()).exclude(pk=design.pk).exists():
        raise Refused("name", _("A design of this name exists already."))


def refuse_odd_parts(parts: Mapping[str, Any]) -> None:
    """Raises Refused at ``design`` or its part: unknown parts, no text, too long, programmed, no body."""
    faults: dict[str, list[str]] = {}
    for name, text in parts.items():
        if name not in PARTS:
            faults[f"design.{name}"] = [_("A design has no such part.")]
        elif not isinstance(text, str):
            faults[f"design.{name}"] = [_("This part of a design is a text.")]
        elif sentence := _fault(text):
            faults[f"design.{name}"] = [sentence]
    if not faults and not str(parts.get("body", "")).strip():
        faults["design.body"] = [_("The body is empty: nothing would be printed.")]
    if faults:
        raise Refused.many(faults)


def _fault(text: str) -> str:
    if len(text) > LONGEST:
        return _("This part is too long; %(most)s kB are enough for a design.") % {"most": LONGEST // 1024}
    if found := _PROGRAM.search(text):
        return _(
            "Line %(line)s: programmed sections (%(mark)s) are not run. Use $names and repeated rows."
        ) % {
            "line": text.count("\n", 0, found.start()) + 1,
            "mark": found[0].strip(),
        }
    return ""


def refuse_odd_kinds(design: Design) -> None:
    """Raises Refused at ``entities`` for a kind that is never printed."""
    odd = [word for word in design.kinds if word not in KINDS]
    if odd:
        raise Refused("entities", _("“%(word)s” is nothing that is printed.") % {"word": odd[0]})

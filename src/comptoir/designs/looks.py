"""The built-in designs: rows of the wire, each a folder of templates, and how its table reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from comptoir.designs.colours import colours
from comptoir.designs.page import Page


@dataclass(frozen=True)
class Look:
    """`stacked`: a product's name stands above its description, in one column."""

    folder: str
    stacked: bool = True

    def dress(self, page: Page, primary: str, secondary: str) -> SafeString:
        """Give the HTML of a page."""
        template = get_template(f"designs/{self.folder}/page.html")
        return mark_safe(template.render({"page": page, "colours": colours(primary, secondary)}))  # noqa: S308


CLEAN: Final = Look("clean")

BUILT_IN: Final[dict[int, Look]] = {
    1: Look("plain", stacked=False),
    2: CLEAN,
    3: Look("bold"),
    4: Look("modern"),
    5: Look("business"),
    6: Look("creative"),
    7: Look("elegant"),
    8: Look("hipster"),
    9: Look("playful"),
    10: Look("tech"),
    11: Look("calm"),
}
"""By row number of the wire's built-in designs (reference.design)."""


def look(number: int | None) -> Look:
    """The built-in design of this row; Clean stands in for one that is not there."""
    return BUILT_IN.get(number or 0, CLEAN)

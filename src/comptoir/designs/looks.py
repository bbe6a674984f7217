"""The built-in designs: rows of the wire, each a folder of templates, and how its table reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from comptoir.designs.colours import colours
from comptoir.designs.layout import Layout
from comptoir.designs.models import BUILT_IN_UP_TO, Design
from comptoir.designs.page import Page

UNCHOSEN: Final = "Roboto"
"""The default of the settings primary_font and secondary_font: the design's own fonts hold."""


@dataclass(frozen=True)
class Fonts:
    """Families of ordinary letters and of headings."""

    body: str
    display: str


@dataclass(frozen=True)
class Look:
    """`stacked`: a product's name stands above its description, in one column.

    `body` and `display` are the families it is drawn in where the company has chosen none.
    """

    folder: str
    stacked: bool = True
    body: str = UNCHOSEN
    display: str = ""

    def dress(self, page: Page, primary: str, secondary: str) -> SafeString:
        """Give the HTML of a page."""
        template = get_template(f"designs/{self.folder}/page.html")
        shown = {"page": page, "colours": colours(primary, secondary), "fonts": self.fonts(page.layout)}
        return mark_safe(template.render(shown))  # noqa: S308

    def fonts(self, layout: Layout) -> Fonts:
        """The company's families; those of the design where it has chosen none."""
        body, display = layout.primary_font, layout.secondary_font
        if body != UNCHOSEN and display == UNCHOSEN:
            return Fonts(body, self.display or body)
        return Fonts(
            self.body if body == UNCHOSEN else body,
            (self.display or self.body) if display == UNCHOSEN else display,
        )


CLEAN: Final = Look("clean")

BUILT_IN: Final[dict[int, Look]] = {
    1: Look("plain", stacked=False),
    2: CLEAN,
    3: Look("bold", display="Montserrat"),
    4: Look("modern", body="Open Sans"),
    5: Look("business"),
    6: Look("creative", display="Montserrat"),
    7: Look("elegant", display="Source Serif 4"),
    8: Look("hipster", body="Lato", display="Montserrat"),
    9: Look("playful", display="Montserrat"),
    10: Look("tech", display="Inter"),
    11: Look("calm", body="Lato"),
}
"""By row number of the wire's built-in designs (reference.design)."""


@dataclass(frozen=True)
class Own:
    """A design of the company's own; delivery.pdf.own draws it."""

    parts: Mapping[str, str] = field(default_factory=dict)
    stacked: bool = True


AnyLook = Look | Own


def look(number: int | None) -> AnyLook:
    """The design of this key, archived ones too; Clean stands in for one that is not there."""
    if number is not None and number > BUILT_IN_UP_TO:
        found = Design.objects.live().filter(pk=number).only("parts").first()
        return Own(found.parts) if found else CLEAN
    return BUILT_IN.get(number or 0, CLEAN)

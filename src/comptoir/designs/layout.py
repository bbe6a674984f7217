"""How the company wants its documents laid out: the settings of the design chapter, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from comptoir.preferences.catalogue.columns import PDF_VARIABLES

_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_FAMILY: Final = re.compile(r"[\w -]{1,60}")
_SIZES: Final = {"A0", "A1", "A2", "A3", "A4", "A5", "A6", "B0", "B1", "B2", "B3", "B4", "B5", "B6"}
_INCHES: Final = {"Letter": "letter", "Legal": "legal", "Tabloid": "11in 17in", "Ledger": "17in 11in"}
_BASE_PIXELS: Final = 16
"""Font size setting at which a design is drawn as it was made."""


@dataclass(frozen=True)
class Layout:
    """`scale` multiplies a design's own letter sizes; `numbering` is "", "L", "C" or "R"."""

    page_size: str = "A4"
    landscape: bool = False
    scale: float = 1.0
    primary_font: str = "Roboto"
    secondary_font: str = "Roboto"
    primary_colour: str = "#298AAB"
    secondary_colour: str = "#7081e0"
    numbering: str = ""
    header_on_all_pages: bool = False
    footer_on_all_pages: bool = False
    hide_empty_columns: bool = False
    hide_paid_to_date: bool = False
    paid_stamp: bool = False
    shipping_address: bool = False
    fields: Mapping[str, Sequence[str]] = field(default_factory=lambda: PDF_VARIABLES)

    @classmethod
    def chosen(cls, settings: Mapping[str, Any]) -> Layout:
        """Read resolved settings; a value that is no colour, font or size falls back to the default."""
        plain = cls()
        return cls(
            page_size=_size(str(settings.get("page_size", ""))),
            landscape=settings.get("page_layout") == "landscape",
            scale=_scale(settings.get("font_size")),
            primary_font=_matched(_FAMILY, settings.get("primary_font"), plain.primary_font),
            secondary_font=_matched(_FAMILY, settings.get("secondary_font"), plain.secondary_font),
            primary_colour=_matched(_COLOUR, settings.get("primary_color"), plain.primary_colour),
            secondary_colour=_matched(_COLOUR, settings.get("secondary_color"), plain.secondary_colour),
            numbering=_numbering(settings),
            header_on_all_pages=bool(settings.get("all_pages_header")),
            footer_on_all_pages=bool(settings.get("all_pages_footer")),
            hide_empty_columns=bool(settings.get("hide_empty_columns_on_pdf")),
            hide_paid_to_date=bool(settings.get("hide_paid_to_date")),
            paid_stamp=bool(settings.get("show_paid_stamp")),
            shipping_address=bool(settings.get("show_shipping_address")),
            fields={**PDF_VARIABLES, **_lists(settings.get("pdf_variables"))},
        )

    @property
    def page_rule(self) -> str:
        """The CSS `size` of a page."""
        return f"{self.page_size} {'landscape' if self.landscape else 'portrait'}".replace(
            "17in 11in", "11in 17in"
        )

    @property
    def is_a4(self) -> bool:
        """Whether its sheets are A4, upright."""
        return self.page_size == "A4" and not self.landscape

    @property
    def picture_paper(self) -> str:
        """The paper of attached pictures: A4, or Letter for who prints on American paper."""
        return "letter" if self.page_size in _INCHES.values() else "A4"

    @property
    def root_size(self) -> str:
        """The CSS size of ordinary letters."""
        return f"{9.25 * self.scale:.3g}pt"

    def names(self, part: str) -> list[str]:
        """Placeholder names of a part ("client_details"), without their `$`."""
        return [name.removeprefix("$") for name in self.fields.get(part, ())]


def _size(name: str) -> str:
    return name if name in _SIZES else _INCHES.get(name, "A4")


def _scale(pixels: object) -> float:
    try:
        return min(2.0, max(0.5, float(str(pixels)) / _BASE_PIXELS))
    except ValueError:
        return 1.0


def _matched(form: re.Pattern[str], value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and form.fullmatch(value) else otherwise


def _numbering(settings: Mapping[str, Any]) -> str:
    if not settings.get("page_numbering"):
        return ""
    wanted = str(settings.get("page_numbering_alignment"))
    return wanted if wanted in {"L", "C", "R"} else "C"


def _lists(chosen: object) -> dict[str, list[str]]:
    if not isinstance(chosen, Mapping):
        return {}
    return {
        str(part): [name for name in names if isinstance(name, str)]
        for part, names in chosen.items()
        if isinstance(names, Sequence) and not isinstance(names, str)
    }

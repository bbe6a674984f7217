"""Designs that a company wrote itself: HTML with `$names`, cleaned, filled in and never run.

What a design may hold (docs/designs.md):

- `$names` of the placeholders (delivery/placeholders), their labels (`$number_label`), and whole blocks
  (`$product_table`; blocks.NAMES);
- elements whose `id` is one of blocks.IDS are filled with that block, if nothing stands in them;
- a row (`<tr>`) that names `$product.…` or `$task.…` is repeated for each line;
- an element with `data-if="name"` is left out while that name has no value.

Scripts, files and addresses of the net are taken out (cleaning.py, texts.py); the renderer, which could
not fetch them anyway, is sealed (pdf/sealing.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from comptoir.delivery.pdf.own.filling import Filling
from comptoir.delivery.pdf.own.texts import prepared
from comptoir.designs.colours import colours
from comptoir.designs.looks import CLEAN, Own
from comptoir.designs.page import Page


def dress(design: Own, page: Page) -> SafeString:
    """Give the HTML of a page."""
    texts = prepared(design.parts)
    filling = Filling(page, texts, tints(page))
    written = {
        "css": filling.css(texts.css),
        "header": filling.html(texts.header),
        "body": filling.html(texts.body),
        "footer": filling.html(texts.footer),
    }
    shown: dict[str, object] = {name: mark_safe(html) for name, html in written.items()}  # noqa: S308 cleaned
    layout = page.layout
    ink = colours(layout.primary_colour, layout.secondary_colour)
    shown |= {"page": page, "colours": ink, "fonts": CLEAN.fonts(layout)}
    return render_to_string("designs/own/page.html", shown)


def tints(page: Page) -> Mapping[str, str]:
    """What a style sheet may use: the company's own choices, each checked before."""
    layout = page.layout
    ink, fonts = colours(layout.primary_colour, layout.secondary_colour), CLEAN.fonts(layout)
    return {
        "primary_color": ink.primary,
        "secondary_color": ink.secondary,
        "font_name": fonts.body,
        "secondary_font_name": fonts.display,
        "font_size": layout.root_size,
        "company_logo_size": page.logo_width or "62mm",
        "page_size": layout.page_size,
        "page_layout": "landscape" if layout.landscape else "portrait",
        "dir": page.direction,
        "dir_text_align": "right" if page.direction == "rtl" else "left",
        "global_margin": "14mm",
        "global_padding": "0",
    }

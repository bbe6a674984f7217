"""Put a payment part at the foot of the last page; on a page of its own where the paper is not A4.

The pages leave room for it after their last words. Style sheets know no last page, only the nth one: a
document is drawn as if it had one page, and again when it has more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pypdfium2
from django.template.loader import render_to_string

from comptoir.delivery.pdf.merging import appended
from comptoir.designs.page import Page

RULE: Final = (
    "@page :nth(%(page)s) {"
    " @bottom-left-corner { content: element(qrbill); vertical-align: bottom; background: none; }"
    " @bottom-center { content: element(lifted); }"
    ' @bottom-right-corner { content: ""; background: none; }'
    " @left-bottom { background: none; } @right-bottom { background: none; } }"
)

Draw = Callable[[str], bytes]


def at_the_foot(html: str, draw: Draw) -> bytes:
    """Give the PDF of a page that has left room for its payment part."""
    content = draw(_ruled(html, 1))
    count = len(pypdfium2.PdfDocument(content))
    return content if count == 1 else draw(_ruled(html, count))


def on_a_sheet(html: str, page: Page, draw: Draw) -> bytes:
    """Give the PDF of a page, and after it its payment part on A4."""
    return appended(draw(html), draw(render_to_string("designs/payment_sheet.html", {"page": page})))


def _ruled(html: str, page: int) -> str:
    return html.replace("</style>", f"{RULE % {'page': page}}</style>", 1)

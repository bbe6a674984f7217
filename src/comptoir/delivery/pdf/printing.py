"""From facts to the bytes of a PDF."""

from __future__ import annotations

from dataclasses import replace

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import Particulars, render
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.own import dress
from comptoir.delivery.pdf.payment_part import at_the_foot, on_a_sheet
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.designs.looks import CLEAN, AnyLook, Own
from comptoir.designs.page import Page


def print_document(facts: DocumentFacts, *, look: AnyLook = CLEAN, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a document; the same facts give the same bytes. Raises PdfFailed."""
    page = compose(facts, stacked=look.stacked, detailed=isinstance(look, Own))
    return print_page(page, look=look, moment=facts.moment, seconds=seconds)


def print_page(page: Page, *, look: AnyLook, moment: str, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a page. Raises PdfFailed."""
    part = page.payment_part
    own_sheet = part is not None and not page.layout.is_a4
    html = _dressed(replace(page, payment_part=None) if own_sheet else page, look)
    particulars = Particulars(
        title=page.title,
        author=page.company.name,
        subject=page.client.name,
        language=page.language,
        moment=moment,
    )

    def draw(text: str) -> bytes:
        return render(text, assets=page.assets, particulars=particulars, seconds=seconds)

    if own_sheet:
        return on_a_sheet(html, page, draw)
    return at_the_foot(html, draw) if part else draw(html)


def _dressed(page: Page, look: AnyLook) -> str:
    if isinstance(look, Own):
        return str(dress(look, page))
    return str(look.dress(page, page.layout.primary_colour, page.layout.secondary_colour))

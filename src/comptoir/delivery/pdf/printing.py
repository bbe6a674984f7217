"""From facts to the bytes of a PDF."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import Particulars, render
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.merging import appended
from comptoir.delivery.pdf.own import dress
from comptoir.delivery.pdf.payment_part import Draw, at_the_foot, on_a_sheet
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.designs.looks import CLEAN, AnyLook, Own
from comptoir.designs.page import Page


def print_document(facts: DocumentFacts, *, look: AnyLook = CLEAN, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a document; the same facts give the same bytes. Raises PdfFailed."""
    page = compose(facts, stacked=look.stacked, detailed=isinstance(look, Own))
    return print_page(page, look=look, moment=facts.moment, seconds=seconds)


def print_page(page: Page, *, look: AnyLook, moment: str, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a page. Raises PdfFailed."""
    particulars = Particulars(
        title=page.title,
        author=page.company.name,
        subject=page.client.name,
        language=page.language,
        moment=moment,
    )

    def draw(text: str) -> bytes:
        return render(text, assets=page.assets, particulars=particulars, seconds=seconds)

    content = _drawn(page, look, draw)
    if not page.attached:
        return content
    return appended(content, draw(render_to_string("designs/attached.html", {"page": page})))


def _drawn(page: Page, look: AnyLook, draw: Draw) -> bytes:
    if page.payment_part is None:
        return draw(_dressed(page, look))
    if page.layout.is_a4:
        return at_the_foot(_dressed(page, look), draw)
    return on_a_sheet(_dressed(replace(page, payment_part=None), look), page, draw)


def _dressed(page: Page, look: AnyLook) -> str:
    if isinstance(look, Own):
        return str(dress(look, page))
    return str(look.dress(page, page.layout.primary_colour, page.layout.secondary_colour))

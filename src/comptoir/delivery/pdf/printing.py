"""From facts to the bytes of a PDF."""

from __future__ import annotations

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import Particulars, render
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.own import dress
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.designs.looks import CLEAN, AnyLook, Own
from comptoir.designs.page import Page


def print_document(facts: DocumentFacts, *, look: AnyLook = CLEAN, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a document; the same facts give the same bytes. Raises PdfFailed."""
    page = compose(facts, stacked=look.stacked, detailed=isinstance(look, Own))
    return print_page(page, look=look, moment=facts.moment, seconds=seconds)


def print_page(page: Page, *, look: AnyLook, moment: str, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a page. Raises PdfFailed."""
    layout = page.layout
    html = (
        dress(look, page)
        if isinstance(look, Own)
        else look.dress(page, layout.primary_colour, layout.secondary_colour)
    )
    particulars = Particulars(
        title=page.title,
        author=page.company.name,
        subject=page.client.name,
        language=page.language,
        moment=moment,
    )
    return render(str(html), assets=page.assets, particulars=particulars, seconds=seconds)

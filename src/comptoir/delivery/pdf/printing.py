"""From facts to the bytes of a PDF."""

from __future__ import annotations

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import Particulars, render
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.designs.looks import CLEAN, Look
from comptoir.designs.page import Page


def print_document(facts: DocumentFacts, *, look: Look = CLEAN, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a document; the same facts give the same bytes. Raises PdfFailed."""
    return print_page(compose(facts, stacked=look.stacked), look=look, moment=facts.moment, seconds=seconds)


def print_page(page: Page, *, look: Look, moment: str, seconds: float = PATIENCE) -> bytes:
    """Give the PDF of a page. Raises PdfFailed."""
    html = look.dress(page, page.layout.primary_colour, page.layout.secondary_colour)
    particulars = Particulars(
        title=page.title,
        author=page.company.name,
        subject=page.client.name,
        language=page.language,
        moment=moment,
    )
    return render(str(html), assets=page.assets, particulars=particulars, seconds=seconds)

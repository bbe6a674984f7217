"""A PDF as a picture, for screens that cannot show one: phones, and a preview beside a form."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

GAP = 24


def picture(document: bytes, *, width: int = 1190, most: int = 8) -> bytes:
    """The first ``most`` pages below each other as one WebP, ``width`` pixels wide."""
    opened = pypdfium2.PdfDocument(document)
    try:
        pages = [_page(opened[number], width) for number in range(min(len(opened), most))]
    finally:
        opened.close()
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (width, height), "#e6e8ec")
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + GAP
    written = io.BytesIO()
    sheet.save(written, "WEBP", quality=82, method=2)
    return written.getvalue()


def _page(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    drawn: Image.Image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return drawn.crop((0, 0, width, drawn.height))

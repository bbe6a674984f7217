"""The renderer: PlutoPrint, given fonts and assets from memory and denied everything else."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import plutoprint

from comptoir.delivery.pdf.catalog import described
from comptoir.delivery.pdf.sealing import PATIENCE
from comptoir.delivery.pdf.woff import unpack
from comptoir.designs.fonts import SHELF

FIELDS: Final = {
    "title": plutoprint.PDF_METADATA_TITLE,
    "author": plutoprint.PDF_METADATA_AUTHOR,
    "subject": plutoprint.PDF_METADATA_SUBJECT,
    "keywords": plutoprint.PDF_METADATA_KEYWORDS,
    "moment": plutoprint.PDF_METADATA_CREATION_DATE,
}
PLAIN_LETTERS: Final = """* { font-variant-ligatures: no-common-ligatures no-contextual !important;
font-variant-numeric: normal !important; font-variant-caps: normal !important;
font-feature-settings: normal !important }"""
"""Letters that are not those of the text (ligatures, tabular figures, hyphens lifted between figures) could
not be copied or searched: Cairo knows no text for them."""

_unpacked: Final[dict[str, bytes]] = {}


@dataclass(frozen=True)
class Order:
    """A job as the child received it, its fonts read."""

    html: str
    style: str
    resources: Mapping[str, bytes]
    particulars: Mapping[str, str]
    seconds: float = PATIENCE


class Larder(plutoprint.ResourceFetcher):
    """Answers from memory. `data:` never comes here; any other address is answered with nothing."""

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        super().__init__()
        self._resources = resources

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        content = self._resources.get(url, b"")
        kind = "font/ttf" if url.startswith("font:") else _image_kind(content)
        return plutoprint.ResourceData(content, kind, "")


def read(stream: BinaryIO) -> Order:
    """Take a job off the wire (its form is that of engine.py) and fetch the fonts it names."""
    head: dict[str, Any] = json.loads(stream.readline())
    html = stream.read(head["html"]).decode()
    resources = {f"asset:{name}": stream.read(length) for name, length in head["assets"].items()}
    resources |= {f"font:{name}": font(name) for name in head["fonts"]}
    return Order(html, head["style"], resources, head["particulars"], head["seconds"])


def font(name: str) -> bytes:
    """A font of the shelf, unpacked once per process."""
    if name not in _unpacked:
        _unpacked[name] = unpack((SHELF / name).read_bytes())
    return _unpacked[name]


def draw(order: Order) -> bytes:
    """Give the PDF."""
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
    book.custom_resource_fetcher = Larder(order.resources)
    book.load_html(order.html, order.style + PLAIN_LETTERS)
    for name, field in FIELDS.items():
        book.set_metadata(field, order.particulars[name])
    book.set_metadata(plutoprint.PDF_METADATA_MODIFICATION_DATE, order.particulars["moment"])
    book.set_metadata(plutoprint.PDF_METADATA_CREATOR, "Comptoir")
    stream = io.BytesIO()
    book.write_to_pdf_stream(stream)
    return described(stream.getvalue(), order.particulars["language"])


def _image_kind(content: bytes) -> str:
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if content[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    return "image/webp" if content[8:12] == b"WEBP" else ""

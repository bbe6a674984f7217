"""The parts of a PDF that are made by hand: unpacked fonts, and what is added to the catalog."""

import io
import struct

import pypdfium2 as pdfium
import pytest

from comptoir.delivery.pdf.catalog import described
from comptoir.delivery.pdf.engine import render
from comptoir.delivery.pdf.woff import postscript_name, unpack
from comptoir.designs.fonts import SHELF

INTER = (SHELF / "inter/inter-latin-400-normal.woff").read_bytes()


def table(font: bytes, tag: bytes) -> bytes:
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        name, _sum, offset, size = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if name == tag:
            return font[offset : offset + size]
    raise AssertionError(tag)


def test_a_packed_font_is_unpacked_whole() -> None:
    font = unpack(INTER)
    assert font[:4] == b"\x00\x01\x00\x00"
    assert struct.unpack_from(">I", INTER, 16)[0] == len(font)
    assert table(font, b"head")[12:16] == b"\x5f\x0f\x3c\xf5"
    assert postscript_name(table(font, b"name")) == "Inter-Regular"


def test_a_font_can_go_by_another_name() -> None:
    name = table(unpack(INTER, "inter-latin-400"), b"name")
    assert "inter-latin-400".encode("utf-16-be") in name
    assert postscript_name(name) == "Inter-Regular"


@pytest.mark.parametrize("content", [b"wOF2" + bytes(40), b"", b"\x00\x01\x00\x00"])
def test_what_is_no_packed_font_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="WOFF"):
        unpack(content)


def test_a_pdf_of_unknown_build_is_left_as_it_is() -> None:
    book = pdfium.PdfDocument.new()
    book.new_page(10, 10)
    stream = io.BytesIO()
    book.save(stream)
    assert described(stream.getvalue(), "fr") == stream.getvalue()
    assert described(b"%PDF-1.7\n", "fr") == b"%PDF-1.7\n"


def test_a_language_cannot_break_out_of_its_place() -> None:
    pdf = described(render("<p>x</p>"), "fr) /OpenAction (x")
    assert b"/Lang (frOpenActionx)" in pdf
    with pdfium.PdfDocument(pdf) as book:
        assert len(book) == 1

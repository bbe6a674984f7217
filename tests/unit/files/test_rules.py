from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from comptoir.files import names, pictures, rules
from comptoir.files.types import TYPES, content_type
from comptoir.kernel.refused import Refused

from .conftest import raw, text

PNG = b"\x89PNG\r\n\x1a\n"


def image(form: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, form)
    return written.getvalue()


def pixel_bomb() -> bytes:
    """A PNG of a few bytes that claims 100,000 by 100,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


def refusal_of(upload: ContentFile[bytes], **more: int) -> str:
    with pytest.raises(Refused) as refusal:
        rules.examine([upload], **more)
    (path,) = refusal.value.errors
    assert path == "documents.0"
    return str(refusal.value.sentence)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "é à l'envers".encode()),
        ("a.txt", "utf-16".encode("utf-16")),
        ("a.csv", "a;b\n".encode("cp1252")),
        ("a.xml", b"<a/>"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.ai", b"%!PS-Adobe-3.0"),
        ("a.psd", b"8BPS\0\x01"),
        ("a.docx", b"PK\x03\x04rest"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("A.PNG", image()),
        ("a.jpg", image("JPEG")),
        ("a.jpeg", image("JPEG")),
        ("a.gif", image("GIF")),
        ("a.webp", image("WEBP")),
        ("a.tiff", image("TIFF")),
    ],
)
def test_what_fits_its_name_is_taken(name: str, content: bytes) -> None:
    (examined,) = rules.examine([raw(name, content)])
    assert (examined.name, examined.type) == (name, names.extension(name))
    assert (examined.width > 0) == bool(TYPES[examined.type].picture)


def test_a_picture_says_how_large_it_is() -> None:
    (examined,) = rules.examine([raw("a.png", image(size=(30, 20)))])
    assert (examined.width, examined.height) == (30, 20)


@pytest.mark.parametrize("name", ["bad.exe", "page.html", "logo.svg", "run.php", "a.pdf.js", "none", ".txt."])
def test_other_types_are_refused_with_the_list_of_those_taken(name: str) -> None:
    assert refusal_of(text(name)).endswith("Taken are: " + ", ".join(TYPES) + ".")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\0program"),
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.jpg", image("PNG")),
        ("a.webp", b"RIFF\0\0\0\0AVI LIST"),
        ("a.docx", b"not a zip"),
        ("a.txt", b"MZ\x90\0program"),
        ("a.xls", b"<html><table>"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    assert refusal_of(raw(name, content)) == f"“{name}” is not what its name says: open it and save it again."


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(text(content="")) == "“note.txt” is empty."


def test_a_large_file_is_refused_with_the_limit() -> None:
    just = raw("a.txt", b"a" * 20_480)
    assert rules.examine([just], most_kb=20)[0].content.size == 20_480
    over = raw("a.txt", b"a" * 1_024_001)
    assert refusal_of(over, most_kb=1_000) == "“a.txt” is too large: at most 1 MB."


def test_a_pixel_bomb_is_refused() -> None:
    assert len(pixel_bomb()) < 200
    assert refusal_of(raw("a.png", pixel_bomb())) == "“a.png” has too many pixels: make it smaller first."


@pytest.mark.parametrize("content", [PNG, PNG + b"garbage" * 9, image()[:60]])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    assert refusal_of(raw("a.png", content)) == "“a.png” is a damaged picture."


def test_a_copy_of_a_picture_loses_what_was_hidden_in_it() -> None:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif[0x0112] = 6  # lying on its side
    Image.new("RGB", (300, 200), "red").save(written, "JPEG", exif=exif)
    upload = raw("a.jpg", written.getvalue() + b"<script>")
    assert b"SECRET" in written.getvalue()
    copy = pictures.reencode(upload, "jpg", most_side=60).read()
    assert b"SECRET" not in copy
    assert b"<script>" not in copy
    assert Image.open(io.BytesIO(copy)).size == (40, 60)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("a\0b\r\n.pdf", "ab.pdf"),
        ("annexe\u202etxt.exe", "annexetxt.exe"),
        ("  Été 2026.pdf. ", "Été 2026.pdf"),
        ("Re\u0301sume\u0301.pdf", "Résumé.pdf"),
        ("...", ""),
        ("x" * 300 + ".pdf", "x" * 186 + ".pdf"),
        ("x" * 300, "x" * 190),
        ("نام\u200cها.pdf", "نام\u200cها.pdf"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert names.clean(given) == kept


def test_names_in_an_archive_are_not_twice() -> None:
    assert names.apart(["a.txt", "A.txt", "a.txt", "b", "b"]) == [
        "a.txt",
        "A (2).txt",
        "a (3).txt",
        "b",
        "b (2)",
    ]


def test_the_type_told_to_a_browser_comes_from_our_table() -> None:
    assert content_type("pdf") == "application/pdf"
    assert content_type("html") == "application/octet-stream"

from __future__ import annotations

import io
import zipfile

import pytest
from django.http import FileResponse

from comptoir.files import serving
from comptoir.files.models import File
from comptoir.files.zips import zip_of

from .conftest import House, raw, text
from .test_rules import image


def body(answer: FileResponse) -> bytes:
    read = b"".join(answer)  # type: ignore[arg-type]
    answer.close()
    return read


def test_a_download_is_an_attachment_that_no_browser_runs(house: House) -> None:
    (file,) = house.attach(text("Été.xml", "<a/>"))
    answer = serving.download(file)
    assert body(answer) == b"<a/>"
    assert answer["Content-Type"] == "application/xml"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%89t%C3%A9.xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_only_pictures_are_shown_in_place(house: House) -> None:
    png, pdf = house.attach(raw("a.png", image()), raw("a.pdf", b"%PDF-1.7"))
    shown, sent = serving.picture(png), serving.picture(pdf)
    assert body(shown) == image()
    assert (shown["Content-Type"], shown["Content-Disposition"]) == ("image/png", 'inline; filename="a.png"')
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent["Content-Disposition"].startswith("attachment")
    sent.close()


def test_missing_bytes_are_said_to_be_missing(house: House) -> None:
    (file,) = house.attach(text())
    (house.folder / file.path).unlink()
    with pytest.raises(FileNotFoundError):
        serving.download(file)


def test_several_files_come_in_one_archive(house: House) -> None:
    files = house.attach(text(content="one"), text(content="two"), text("Été.txt", "three"), text("gone.txt"))
    (house.folder / files[3].path).unlink()
    answer = serving.zip_download(files, "Documents.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    assert archive.testzip() is None
    read = {name: archive.read(name).decode() for name in archive.namelist()}
    assert read == {"note.txt": "one", "note (2).txt": "two", "Été.txt": "three"}
    assert answer["Content-Disposition"] == 'attachment; filename="Documents.zip"'


def test_an_archive_is_sent_while_it_is_made(house: House) -> None:
    """Bytes that do not compress come out piece by piece, not at the end."""
    noise = bytes(range(256)) * 40
    big = b"".join(noise[place:] + noise[:place] for place in range(0, 256, 2))
    files = house.attach(raw("a.txt", b"\xff\xfe" + big), raw("b.txt", b"\xff\xfe" + big))
    pieces = list(zip_of(files))
    assert len(pieces) > 4
    assert max(len(piece) for piece in pieces) < 300_000


def test_an_archive_of_nothing_is_an_archive(house: House) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_of(list(File.objects.none())))))
    assert archive.namelist() == []

"""The renderer draws what it is given and nothing else."""

import hashlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pypdfium2 as pdfium
import pytest

from comptoir.delivery.pdf import engine, nursery
from comptoir.delivery.pdf.engine import Particulars, PdfFailed, render
from comptoir.designs.fonts import families

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
REACHES = """
<html><head><base href="file:///etc/">
<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css"><link rel="stylesheet" href="file:///etc/passwd">
<style>@import "file:///etc/passwd"; @import url(http://127.0.0.1:{port}/b.css);
@import url(//127.0.0.1:{port}/n);
@font-face{{font-family:Leak;src:url(http://[::1]:{port}/f.woff),url(file:///etc/passwd)}}
body{{background:url(http://127.0.0.1:{port}/c.png);font-family:Leak}} li{{list-style-image:url(passwd)}}
p::before{{content:url(http://127.0.0.1:{port}/d.svg)}} p{{cursor:url(HTTP://0x7f.1:{port}/)}}</style></head>
<body><p>seen</p><ul><li>one</ul><img src="/etc/passwd"><img src="passwd"><img src="file:///etc/passwd">
<img src="//127.0.0.1:{port}/x.png"><img srcset="http://127.0.0.1:{port}/y.png 2x">
<img src="http://127.0.0.1:{port}/z.svg"><img src="ftp://127.0.0.1:{port}/z">
<img src="asset:../../etc/passwd">
<object data="file:///etc/passwd"></object><embed src="http://127.0.0.1:{port}/e">
<iframe src="file:///etc/passwd"></iframe><iframe srcdoc="<img src=http://127.0.0.1:{port}/s>"></iframe>
<video poster="http://127.0.0.1:{port}/v.png"></video><table background="http://127.0.0.1:{port}/t">
<tr><td>t</table>
<svg xmlns:xlink="http://www.w3.org/1999/xlink">
<image href="http://127.0.0.1:{port}/i.png" width="9" height="9"/>
<image xlink:href="file:///etc/passwd" width="9" height="9"/><use href="http://127.0.0.1:{port}/u.svg#a"/>
<text>svg</text></svg>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cimage
 href='http://127.0.0.1:{port}/n.png'/%3E%3Cimage href='file:///etc/passwd'/%3E%3C/svg%3E">
<script src="http://127.0.0.1:{port}/j.js"></script><meta http-equiv="refresh" content="0;http://127.0.0.1:{port}/">
</body></html>
"""


def text(pdf: bytes) -> str:
    """All text of a PDF, pages parted by a form feed."""
    with pdfium.PdfDocument(pdf) as book:
        return "\f".join(page.get_textpage().get_text_range() for page in book)


@pytest.fixture
def listener():
    """A server that counts who comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        yield server


def visitors(server: socket.socket) -> int:
    try:
        server.accept()[0].close()
    except TimeoutError:
        return 0
    return 1


def test_text_is_drawn_with_a_font_of_ours() -> None:
    pdf = render("<p>Ça coûte 1 459,26 €</p>")
    assert text(pdf) == "Ça coûte 1 459,26 €"
    assert b"Inter" in pdf


def test_a_family_that_is_not_shipped_is_drawn_all_the_same() -> None:
    pdf = render(
        "<style>p{font-family:'Comic Sans MS',cursive} b{font:700 9pt/1.2 Georgia}</style><p>a<b>b</b></p>"
    )
    assert text(pdf) == "ab"


@pytest.mark.parametrize("family", families())
@pytest.mark.parametrize(
    "style", ["", "font-variant:tabular-nums small-caps", "font-feature-settings:'tnum','dlig'"]
)
def test_what_is_drawn_can_be_copied(family: str, style: str) -> None:
    words = "flow affine 0123456789 € − – “»"
    assert (
        text(render(f"<style>p{{font-family:'{family}';{style}}}</style><p>{words} <b>{words}</b></p>"))
        == f"{words} {words}"
    )


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (hashlib.sha256(render("<p>same</p>")).hexdigest() for _ in range(2))
    assert first == second
    assert render("<p>same</p>", particulars=Particulars(moment="2026-11-24T00:00:00Z")) != render(
        "<p>same</p>"
    )


def test_a_pdf_tells_its_title_author_and_language() -> None:
    pdf = render("<p>x</p>", particulars=Particulars("Facture 0012", "Atelier Dupont", language="fr_CA"))
    with pdfium.PdfDocument(pdf) as book:
        assert book.get_metadata_dict()["Title"] == "Facture 0012"
        assert book.get_metadata_dict()["Author"] == "Atelier Dupont"
    assert b"/Lang (fr-CA)" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_an_asset_is_shown_by_its_name() -> None:
    with_image = render('<img src="asset:logo" width="10">', assets={"logo": PIXEL})
    assert b"/Subtype /Image" in with_image
    assert b"/Subtype /Image" not in render('<img src="asset:other" width="10">', assets={"logo": PIXEL})


def test_no_file_and_no_address_is_ever_reached(listener) -> None:
    pdf = render(REACHES.format(port=listener.getsockname()[1]))
    assert "seen" in text(pdf)
    assert "root:" not in text(pdf)
    assert b"root:" not in pdf
    assert visitors(listener) == 0


def test_the_listener_of_these_tests_sees_a_visitor(listener) -> None:
    socket.create_connection(listener.getsockname()).close()
    assert visitors(listener) == 1


def test_two_hundred_nested_boxes_are_drawn() -> None:
    assert text(render("<div>" * 200 + "deep")) == "deep"


BOMBS = {
    "nesting": "<div>" * 100_000 + "x",
    "boxes": "<b>x</b>" * 900_000,
    "selectors": "<style>"
    + "*:not(:has(*)) > * ~ * + *{float:left}" * 20
    + "</style>"
    + "<i><b></b></i>" * 60_000,
    "rows": "<table>" + "<tr><td>1<td>2<td>3" * 60_000,
    "sizes": '<div style="width:1e9px;height:1e9px;column-count:100000">x</div>' * 2_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_in_time(bomb: str) -> None:
    started = time.monotonic()
    with pytest.raises(PdfFailed):
        render(bomb, seconds=1)
    assert time.monotonic() - started < 4


def test_a_bomb_ends_within_ten_seconds_and_others_are_served_meanwhile() -> None:
    with ThreadPoolExecutor(1) as other:
        started = time.monotonic()
        burning = other.submit(render, BOMBS["nesting"])
        waits = []
        for _ in range(5):
            asked = time.monotonic()
            render("<p>other</p>")
            waits.append(time.monotonic() - asked)
        assert not burning.done()
        assert isinstance(burning.exception(), PdfFailed)
    assert time.monotonic() - started < 11
    assert max(waits) < 3


def test_what_is_too_large_is_refused_unread() -> None:
    with pytest.raises(PdfFailed, match="too large"):
        render("x" * (8 * 1024 * 1024 + 1))
    with pytest.raises(PdfFailed, match="too large"):
        render("<p>x</p>", assets={"a": bytes(25 * 1024 * 1024)})


def test_many_threads_draw_at_once() -> None:
    with ThreadPoolExecutor(16) as threads:
        drawn = list(threads.map(lambda n: text(render(f"<p>page {n}</p>")), range(64)))
    assert drawn == [f"page {n}" for n in range(64)]


def test_a_forked_worker_gets_a_zygote_of_its_own() -> None:
    render("<p>before</p>")
    reading, writing = os.pipe()
    if (worker := os.fork()) == 0:
        os.write(writing, text(render("<p>in the fork</p>")).encode())
        os._exit(0)
    os.close(writing)
    assert os.waitpid(worker, 0)[1] == 0
    assert os.read(reading, 99) == b"in the fork"
    assert text(render("<p>after</p>")) == "after"


HANGS_AT_WORK = """
import time
from comptoir.delivery.pdf import zygote
zygote.HANG_SECONDS = 0.2
zygote.bear = lambda *_: time.sleep(60)
zygote.main()
"""
HANGS_AT_ONCE = "import time; time.sleep(60)"
Hanging = Callable[[int, str], list[nursery.Zygote]]


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    """Let the first so many zygotes be programs that hang; gives a list of all that are started."""
    started, command = nursery._started, nursery._COMMAND

    def hang(times: int, program: str) -> list[nursery.Zygote]:
        found: list[nursery.Zygote] = []

        def start() -> nursery.Zygote:
            says = (sys.executable, "-P", "-c", program) if len(found) < times else command
            monkeypatch.setattr(nursery, "_COMMAND", says)
            found.append(started())
            return found[-1]

        monkeypatch.setattr(nursery, "_started", start)
        return found

    nursery.forget()
    yield hang
    nursery.forget()


def test_a_zygote_that_hangs_ends_by_its_own_clock_and_another_does_the_job(hanging: Hanging) -> None:
    found = hanging(1, HANGS_AT_WORK)
    assert text(render("<p>again</p>")) == "again"
    assert [one.process.poll() for one in found] == [-signal.SIGALRM, None]


def test_one_whose_clock_stands_still_is_killed_by_whoever_waits(
    hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nursery, "LEAVE_SECONDS", 0.1)
    monkeypatch.setattr(engine, "BIRTH_SECONDS", 0.3)
    found = hanging(2, HANGS_AT_ONCE)
    with pytest.raises(PdfFailed, match="The printing process could not be started"):
        render("<p>never</p>")
    assert [one.process.poll() for one in found] == [-signal.SIGKILL] * 2


def test_a_zygote_that_died_is_replaced() -> None:
    render("<p>warm</p>")
    nursery._kept[-1].process.kill()
    assert text(render("<p>again</p>")) == "again"

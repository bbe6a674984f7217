"""Make a renderer ready: its fonts open, its tables filled, before the first child is forked.

What a child would look up anew for each document (letters measured, shaping plans) it then finds.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from comptoir.delivery.pdf.drawing import FIELDS, draw, font, read
from comptoir.delivery.pdf.woff import unpack
from comptoir.designs.fonts import READY, SHELF, WEIGHTS, called, family_of

FONTCONFIG: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir><rescan><int>0</int></rescan></fontconfig>
"""
SAMPLE: Final = """<!doctype html>
<html lang="{language}"><head><title>.</title><style>
@page {{ size: A4; margin: 9mm; @bottom-center {{ content: element(foot) }} }}
:root {{ --ink: #123 }} html {{ font-size: 9.25pt }} body {{ font-family: '{family}'; color: var(--ink) }}
p {{ word-break: break-all }} b, th {{ font-weight: 600 }} td {{ text-align: end }}
.row {{ display: flex; gap: 2mm }}
.box {{ border: 1px solid #eee; border-radius: 2mm; background: #eee; break-inside: avoid }}
.foot {{ position: running(foot) }} .foot::after {{ content: counter(page) " / " counter(pages) }}
</style></head><body><div class="foot">1</div><div class="row"><div class="box">1 <bdi>2</bdi></div></div>
<table><thead><tr><th>1</thead><tbody><tr><td>1 €</table>{lines}</body></html>"""
"""A document in small."""

LANGUAGES: Final = ("en", "fr", "de", "es")
"""Languages that a renderer is ready for from the start."""

SIZES: Final = (0.8, 1, 1.2, 1.9, 2.6)
"""Letter sizes of the built-in designs, in rem (designs/base.css)."""


@contextmanager
def warm() -> Iterator[None]:
    """Load fonts and the renderer's tables.

    The fonts of READY become known to fontconfig, by names of their own, and stay open: the letters
    of every document are then found measured. No other font of the machine is known. Their files are
    there as long as the context lasts, since fontconfig looks whether they still are.
    """
    with TemporaryDirectory(prefix="comptoir-fonts-") as folder:
        ready = [name for name in READY if (SHELF / name).is_file()]
        for name in ready:
            Path(folder, f"{called(name)}.ttf").write_bytes(unpack((SHELF / name).read_bytes(), called(name)))
        configuration = Path(folder, "fonts.conf")
        configuration.write_text(FONTCONFIG.format(folder=folder))
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        for name, weight in product(ready, WEIGHTS):
            _known(name.replace("-400-", f"-{weight}-"))
        for family, language in product(dict.fromkeys(map(family_of, ready)), LANGUAGES):
            files = [name for name in ready if family_of(name) == family]
            job = sample(family, files, language)
            for _again in range(2):  # the second time finds what the first has left
                draw(read(io.BytesIO(job)))
        yield


def sample(family: str, files: list[str], language: str) -> bytes:
    """A job with the parts of a document, in every size: what is looked up for it is then known.

    Among that are the shaping plans, one for each font and language.
    """
    letters = escape(
        "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2019, 0x202F, 0x20AC, 0x2212)))
    )
    style = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{name.split('-')[-2]};src:local('{called(name)}')}}"
        for name in files
    )
    plain = f"{letters}<b>{letters}</b>"
    lines = "".join(f'<p style="font-size:{size}rem">{plain}</p>' for size in SIZES)
    html = SAMPLE.format(language=language, family=family, lines=lines).encode()
    blank = dict.fromkeys(FIELDS, "") | {"moment": "2000-01-01T00:00:00Z", "language": language}
    head = {
        "html": len(html),
        "style": style,
        "fonts": files,
        "assets": {},
        "particulars": blank,
        "seconds": 1,
    }
    return json.dumps(head).encode() + b"\n" + html


def _known(name: str) -> None:
    """Unpack a font now, if it is shipped in this weight."""
    if (SHELF / name).is_file():
        font(name)

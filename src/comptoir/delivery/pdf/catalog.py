"""What Cairo leaves out of a PDF: the language of its text, that its title is to be shown, and an id.

Added as an incremental update (ISO 32000-1, 7.5.6 and 7.5.8): the drawn bytes stay as they are.
"""

import hashlib
import re
import struct
import zlib
from typing import Final

_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SIZE: Final = re.compile(rb"/Size (\d+)")
_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_INFO: Final = re.compile(rb"/Info (\d+) 0 R")
_PACKED: Final = re.compile(
    rb"/Type /ObjStm\s+/Length \d+ 0 R\s+/N (\d+)\s+/First (\d+)\s+/Filter /FlateDecode\s*>>\s*stream\n"
)
_CATALOG: Final = re.compile(rb"<<(.*)>>", re.DOTALL)


def described(pdf: bytes, language: str) -> bytes:
    """Add language, title display and id; a PDF of unknown build is given back as it is."""
    end = _START.search(pdf)
    table = pdf[int(end[1]) :] if end else b""
    if not all(part.search(table) for part in (_SIZE, _ROOT, _INFO)):
        return pdf
    root = int(_found(_ROOT, table))
    catalog = _catalog(pdf, root)
    if not catalog:
        return pdf
    said = b"/Lang (%s) /ViewerPreferences << /DisplayDocTitle true >>" % _tag(language)
    return _updated(pdf, root, b"<<%s %s >>" % (catalog.strip(), said), table)


def _updated(pdf: bytes, root: int, catalog: bytes, table: bytes) -> bytes:
    """Append the new catalog and a cross-reference stream that points back to the old one."""
    number = int(_found(_SIZE, table))
    digest = hashlib.sha256(pdf).hexdigest()[:32].encode()
    body = b"%d 0 obj\n%s\nendobj\n" % (root, catalog)
    entry = struct.Struct(">BIH")
    rows = entry.pack(1, len(pdf), 0) + entry.pack(1, len(pdf) + len(body), 0)
    head = b" ".join((
        b"/Type /XRef /Size %d /Root %d 0 R /Info %s 0 R" % (number + 1, root, _found(_INFO, table)),
        b"/Prev %s /ID [<%s><%s>]" % (_found(_START, pdf), digest, digest),
        b"/W [1 4 2] /Index [%d 1 %d 1] /Length %d" % (root, number, len(rows)),
    ))  # fmt: skip
    stream = b"%d 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, rows)
    return b"%s%s%sstartxref\n%d\n%%%%EOF\n" % (pdf, body, stream, len(pdf) + len(body))


def _catalog(pdf: bytes, number: int) -> bytes:
    """Inside of the catalog's dictionary, which Cairo packs with other objects."""
    for found in _PACKED.finditer(pdf):
        packed = zlib.decompressobj().decompress(pdf[found.end() :])
        count, first = int(found[1]), int(found[2])
        pairs = packed[:first].split()
        starts = {int(pairs[2 * i]): int(pairs[2 * i + 1]) for i in range(count)}
        if number in starts:
            after = min((s for s in starts.values() if s > starts[number]), default=len(packed))
            inside = _CATALOG.search(packed[first + starts[number] : first + after])
            return inside[1] if inside else b""
    return b""


def _found(part: re.Pattern[bytes], text: bytes) -> bytes:
    match = part.search(text)
    return match[1] if match else b""


def _tag(language: str) -> bytes:
    """BCP 47 tag of a locale, letters and hyphens only: pt_BR is pt-BR."""
    return re.sub(r"[^A-Za-z0-9-]", "", language.replace("_", "-")).encode()

"""Unpack a WOFF font to the plain OpenType file inside it.

A renderer unpacks the fonts of every document anew; unpacked once per process, they cost a third.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

HEADER = struct.Struct(">4s4sIHHIHHIIIII")
ENTRY = struct.Struct(">4sIIII")
NAME = struct.Struct(">HHHHHH")
WINDOWS_ENGLISH = (3, 1, 0x409)
FAMILY, STYLE, FULL, POSTSCRIPT = 1, 2, 4, 6


def unpack(packed: bytes, family: str = "") -> bytes:
    """Give the OpenType file of a WOFF 1.0 file (W3C recommendation, sections 4 and 5).

    With `family` it goes by this name, so that the parts of one family, in several files, can be told
    apart. Raises ValueError when it is no such file, WOFF2 included.
    """
    if packed[:4] != b"wOFF":
        raise ValueError("not a WOFF 1.0 font")
    tables = [
        (tag, checksum, renamed(table, family) if family and tag == b"name" else table)
        for tag, checksum, table in _tables(packed)
    ]
    return _sfnt(packed[4:8], tables)


def _tables(packed: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    for place in range(HEADER.unpack_from(packed)[3]):
        tag, offset, packed_size, size, checksum = ENTRY.unpack_from(packed, HEADER.size + ENTRY.size * place)
        table = packed[offset : offset + packed_size]
        yield tag, checksum, zlib.decompress(table) if packed_size < size else table


def _sfnt(flavour: bytes, tables: list[tuple[bytes, int, bytes]]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    head: bytes = flavour + struct.pack(">HHHH", count, search, power, count * 16 - search)
    directory, body, start = b"", b"", 12 + 16 * count
    for tag, checksum, table in tables:
        directory += tag + struct.pack(">III", checksum, start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return head + directory + body


def renamed(table: bytes, family: str) -> bytes:
    """A `name` table with another family name; the PostScript name, which PDFs show, stays."""
    names = {FAMILY: family, STYLE: "Regular", FULL: family, POSTSCRIPT: postscript_name(table) or family}
    records, texts = b"", b""
    for number, text in names.items():
        encoded = text.encode("utf-16-be")
        records += NAME.pack(*WINDOWS_ENGLISH, number, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + texts


def postscript_name(table: bytes) -> str:
    """The PostScript name that a `name` table gives, or nothing."""
    _version, count, storage = struct.unpack_from(">HHH", table)
    for place in range(count):
        platform, *_codes, number, length, offset = NAME.unpack_from(table, 6 + NAME.size * place)
        if platform == WINDOWS_ENGLISH[0] and number == POSTSCRIPT:
            text: str = table[storage + offset : storage + offset + length].decode("utf-16-be")
            return text
    return ""

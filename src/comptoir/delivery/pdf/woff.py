"""Unpack a WOFF font to the plain OpenType file inside it.

A renderer unpacks the fonts of every document anew; unpacked once per process, they cost a third.
"""

import struct
import zlib

HEADER = struct.Struct(">4s4sIHHIHHIIIII")
ENTRY = struct.Struct(">4sIIII")


def unpack(packed: bytes) -> bytes:
    """Give the OpenType file of a WOFF 1.0 file (W3C recommendation, sections 4 and 5).

    Raises ValueError when it is none, WOFF2 included.
    """
    if packed[:4] != b"wOFF":
        raise ValueError("not a WOFF 1.0 font")
    _signature, flavour, _length, count, *_rest = HEADER.unpack_from(packed)
    power = count.bit_length() - 1
    search = 16 << power
    head: bytes = flavour + struct.pack(">HHHH", count, search, power, count * 16 - search)
    directory, body, start = b"", b"", 12 + 16 * count
    for place in range(count):
        tag, offset, packed_size, size, checksum = ENTRY.unpack_from(packed, HEADER.size + ENTRY.size * place)
        table = packed[offset : offset + packed_size]
        if packed_size < size:
            table = zlib.decompress(table)
        directory += tag + struct.pack(">III", checksum, start + len(body), size)
        body += table + b"\0" * (-size % 4)
    return head + directory + body

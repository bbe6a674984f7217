"""Which sign parts the columns of a text."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 200


def found_delimiter(text: str) -> str:
    """The sign that gives most rows the same number of columns; "," for a single column.

    The measure of consistency decides plain cases; what it leaves open, clevercsv looks at.
    """
    scores = {sign: _consistency(text, sign) for sign in DELIMITERS}
    best = max(scores, key=lambda sign: scores[sign])
    share, columns = scores[best]
    if columns > 1 and share >= 0.8:
        return best
    return _second_opinion(text) or (best if columns > 1 else ",")


def _consistency(text: str, sign: str) -> tuple[float, int]:
    """The share of rows that have the usual number of columns, and that number; (0, 1) for one column."""
    try:
        rows = [row for row in islice(csv.reader(text.splitlines(True), delimiter=sign), _SAMPLE) if row]
    except csv.Error:
        return 0.0, 1
    if not rows:
        return 0.0, 1
    columns, times = Counter(len(row) for row in rows).most_common(1)[0]
    return (times / len(rows), columns) if columns > 1 else (0.0, 1)


def _second_opinion(text: str) -> str:
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(text[:20_000])
    except clevercsv.Error:
        return ""
    sign = str(found.delimiter or "") if found else ""
    return sign if sign in DELIMITERS else ""

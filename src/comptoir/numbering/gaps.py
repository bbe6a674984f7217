"""Which numbers are missing from a series: the report an auditor asks for. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from .patterns import literals

_MOST: Final = 1000

Run = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GapReport:
    """``missing`` numbers between the first and the last of each run; ``other``: not of this pattern.

    At most 1,000 missing numbers are listed; ``missing_count`` counts them all.
    """

    missing: tuple[str, ...]
    missing_count: int
    other: tuple[str, ...]


def gaps(numbers: Iterable[str], pattern: str) -> GapReport:
    """Look through every number of a series, deleted records included. "" (no number yet) is passed over.

    Numbers of one pattern may belong to several runs (a year in the pattern starts a new one).
    """
    runs, widths, other = _runs(numbers, _form(pattern))
    missing: list[str] = []
    count = 0
    for run, seen in sorted(runs.items()):
        before, after = run
        count += max(seen) - min(seen) + 1 - len(seen)
        holes = (place for place in range(min(seen), max(seen)) if place not in seen)
        written = (f"{before}{place:0{widths[run]}}{after}" for place in holes)
        missing += islice(written, _MOST - len(missing))
    return GapReport(tuple(missing), count, tuple(sorted(other)))


def _runs(
    numbers: Iterable[str], form: re.Pattern[str]
) -> tuple[dict[Run, set[int]], dict[Run, int], list[str]]:
    """The counters seen between equal surroundings, how wide they are written, and what fits nowhere."""
    runs: dict[Run, set[int]] = defaultdict(set)
    widths: dict[Run, int] = {}
    other = []
    for number in filter(None, numbers):
        match = form.fullmatch(number)
        if match is None:
            other.append(number)
            continue
        run = (number[: match.start("counter")], number[match.end("counter") :])
        runs[run].add(int(match["counter"]))
        widths[run] = min(len(match["counter"]), widths.get(run, len(match["counter"])))
    return runs, widths, other


def _form(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression: its counter is ``counter``, other placeholders match anything."""
    written = ""
    for text, is_counter in literals(pattern):
        if is_counter:
            written += r"(?P<counter>\d{1,18})" if "<counter>" not in written else r"(?P=counter)"
        else:
            written += ".*?" if text is None else re.escape(text)
    if "<counter>" not in written:
        written += r"(?P<counter>\d{1,18})"
    return re.compile(written)

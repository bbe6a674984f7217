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

Run = tuple[str, ...]
"""What the placeholders other than the counter stood for: numbers that share it follow each other."""


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
    form = _Form(pattern)
    runs: dict[Run, dict[int, int]] = defaultdict(dict)
    other = []
    for number in filter(None, numbers):
        read = form.read(number)
        if read is None:
            other.append(number)
        else:
            run, counter = read
            runs[run][int(counter)] = len(counter)
    missing: list[str] = []
    count = 0
    for run, seen in sorted(runs.items()):
        first, last, width = min(seen), max(seen), min(seen.values())
        count += last - first + 1 - len(seen)
        holes = (place for place in range(first, last) if place not in seen)
        missing += islice((form.write(run, f"{place:0{width}}") for place in holes), _MOST - len(missing))
    return GapReport(tuple(missing), count, tuple(sorted(other)))


class _Form:
    """A pattern that reads numbers instead of making them."""

    def __init__(self, pattern: str) -> None:
        self._parts = literals(pattern)
        if not any(is_counter for _, is_counter in self._parts):
            self._parts.append((None, True))
        expression = "".join(self._expression(place) for place in range(len(self._parts)))
        self._read = re.compile(expression)

    def _expression(self, place: int) -> str:
        text, is_counter = self._parts[place]
        if not is_counter:
            return f"(?P<p{place}>.*?)" if text is None else re.escape(text)
        first = next(at for at, (_, counts) in enumerate(self._parts) if counts)
        return r"(?P<counter>\d{1,18})" if place == first else "(?P=counter)"

    def read(self, number: str) -> tuple[Run, str] | None:
        match = self._read.fullmatch(number)
        if match is None:
            return None
        return tuple(text for name, text in match.groupdict().items() if name != "counter"), match["counter"]

    def write(self, run: Run, counter: str) -> str:
        fillings = iter(run)
        return "".join(
            counter if is_counter else next(fillings) if text is None else text
            for text, is_counter in self._parts
        )

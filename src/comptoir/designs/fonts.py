"""The fonts that PDFs are printed with, all shipped: what the machine has installed changes no document.

`built/` holds one folder per family, filled by `python -m tools.assets` from `frontend/vendor.json`.
A folder with a `unicode.json` is a family a company may choose; one without holds a script (Arabic,
Japanese …) that every family borrows.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SHELF: Final = Path(__file__).parent / "built"
DEFAULT: Final = "Inter"
DEFAULT_SERIF: Final = "Source Serif 4"
WEIGHTS: Final = (400, 600, 700)

READY: Final = tuple(
    f"{folder}/{folder}-latin-{weight}-normal.woff"
    for folder in ("inter", "roboto", "open-sans", "lato")
    for weight in (400, 600)
)
"""Fonts that a renderer keeps open between documents; Cairo keeps ten at most."""

SCRIPTS: Final[Mapping[str, str]] = {
    "noto-sans-arabic-arabic": "U+0600-06FF,U+0750-077F,U+0870-08FF,U+FB50-FDFF,U+FE70-FEFC",
    "noto-sans-hebrew-hebrew": "U+0590-05FF,U+20AA,U+FB1D-FB4F",
    "noto-sans-thai-thai": "U+0E01-0E5B",
    "noto-sans-lao-lao": "U+0E80-0EFF",
    "noto-sans-khmer-khmer": "U+1780-17FF,U+19E0-19FF",
}
EAST: Final = "U+2E80-9FFF,U+AC00-D7AF,U+F900-FAFF,U+FE30-FE4F,U+FF01-FFEE,U+20000-2FA1F"
EASTERN: Final[Mapping[str, str]] = {
    "ja": "noto-sans-jp-japanese",
    "zh_Hant": "noto-sans-tc-chinese-traditional",
}
"""Han letters are drawn differently in each country, so the document's language chooses."""

_SERIFS: Final = re.compile(
    r"serif(?<!sans-serif)|georgia|garamond|times|merriweather|playfair|bitter|slab", re.IGNORECASE
)
_NAMED: Final = re.compile(
    r"font(?:-family\s*:|\s*:[^;}<>]*?\d(?:[a-z]{1,4}|%)(?:\s*/\s*[\w.%]+)?\s)\s*([^;}<>]+)", re.IGNORECASE
)
_FAMILY: Final = re.compile(r"[\w -]{1,60}")
_RANGE: Final = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_NO_FAMILY: Final = {"inherit", "initial", "unset", "revert"}


@dataclass(frozen=True)
class Cut:
    """The part of a family that draws one range of letters; `path` is its file less the weight."""

    path: str
    ranges: str

    def draws_any(self, letters: Sequence[int]) -> bool:
        """Whether one of the sorted code points is drawn by this cut."""
        return any(
            bisect_left(letters, first) < bisect_right(letters, last) for first, last in _spans(self.ranges)
        )

    def file(self, weight: int) -> str:
        """Name on the shelf of the shipped weight nearest to this one."""
        for candidate in (weight, 700 if weight > 500 else 400, 400):
            name = f"{self.path}-{candidate}-normal.woff"
            if name in _shelf():
                return name
        return ""


@dataclass(frozen=True)
class Faces:
    """What a document needs to be drawn: @font-face rules, and the files they name as `font:NAME`."""

    css: str
    files: tuple[str, ...]


@cache
def families() -> tuple[str, ...]:
    """Names a company may choose from."""
    return tuple(sorted(_title(path.parent.name) for path in SHELF.glob("*/unicode.json")))


def faces(html: str, language: str) -> Faces:
    """Dress every family that the document names, in the letters that it uses.

    A family that is not shipped is drawn as the nearest one that is: a document is never blank.
    """
    letters = sorted(map(ord, set(html)))
    rules: list[str] = [f"html{{font-family:'{DEFAULT}'}}"]
    files: dict[str, None] = {}
    for name in dict.fromkeys((DEFAULT, *_first_named(html))):
        for cut in _cuts(name, letters, language):
            for weight in WEIGHTS:
                file = cut.file(weight)
                files[file] = None
                source = (
                    f"local('{called(file)}'),url('font:{file}')" if file in READY else f"url('font:{file}')"
                )
                rules.append(
                    f"@font-face{{font-family:'{name}';font-weight:{weight};"
                    f"src:{source};unicode-range:{cut.ranges}}}"
                )
    return Faces("".join(rules), tuple(files))


def called(file: str) -> str:
    """The name of its own that a font of the shelf has in the renderer."""
    return Path(file).stem


def nearest(name: str) -> str:
    """The shipped family that stands in for a name."""
    if name in families():
        return name
    return DEFAULT_SERIF if _SERIFS.search(name) and DEFAULT_SERIF in families() else DEFAULT


def _first_named(html: str) -> Iterator[str]:
    """First family of each list of families in the style sheets and style attributes."""
    quoted = html.replace("&quot;", '"').replace("&#x27;", "'")
    for stack in dict.fromkeys(_NAMED.findall(quoted)):
        name = stack.split(",")[0].strip(" \"'\n\t")
        if _FAMILY.fullmatch(name) and name not in _NO_FAMILY:
            yield name


def _cuts(name: str, letters: Sequence[int], language: str) -> Iterable[Cut]:
    borrowed = [Cut(f"{path.rsplit('-', 1)[0]}/{path}", ranges) for path, ranges in SCRIPTS.items()]
    cuts = [*_own(nearest(name)), *borrowed, _eastern(language)]
    return [cut for cut in cuts if cut.draws_any(letters) and cut.file(400)]


@cache
def _own(family: str) -> tuple[Cut, ...]:
    folder = family.lower().replace(" ", "-")
    table = json.loads((SHELF / folder / "unicode.json").read_text())
    return tuple(Cut(f"{folder}/{folder}-{subset}", ranges) for subset, ranges in table.items())


def _eastern(language: str) -> Cut:
    taiwan = language.replace("-", "_") in {"zh_TW", "zh_HK", "zh_Hant"}
    wanted = EASTERN["zh_Hant" if taiwan else "ja"]
    for path in (wanted, *EASTERN.values()):
        folder = "-".join(path.split("-")[:3])
        if Cut(f"{folder}/{path}", EAST).file(400):
            return Cut(f"{folder}/{path}", EAST)
    return Cut("", EAST)


@cache
def _spans(ranges: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(ranges))


@cache
def _shelf() -> frozenset[str]:
    return frozenset(path.relative_to(SHELF).as_posix() for path in SHELF.glob("*/*.woff"))


def _title(folder: str) -> str:
    return folder.replace("-", " ").title()


def family_of(file: str) -> str:
    """The family that a font of the shelf belongs to."""
    return _title(file.partition("/")[0])

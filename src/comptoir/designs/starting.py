"""What a new design begins with: a plain letter that shows what a design may hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from comptoir.designs.models import PARTS

FOLDER: Final = Path(__file__).parent / "starter"


@cache
def starter() -> dict[str, str]:
    """Its texts; product and task are empty, so that the company's columns are used."""
    return {part: _text(part) for part in PARTS}


def _text(part: str) -> str:
    path = FOLDER / f"{part}.html"
    return path.read_text() if path.is_file() else ""

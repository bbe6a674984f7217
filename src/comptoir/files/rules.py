"""Which uploads are taken. Every refusal says which file and why (contract rules 21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File as Content
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

from . import names, pictures
from .types import MOST_KB, TYPES, begins_like

_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Examined:
    """An upload that may be kept. ``name`` is harmless, ``type`` one of ``types.TYPES``."""

    content: Content[bytes]
    name: str
    type: str
    width: int
    height: int


def examine(uploads: Sequence[Content[bytes]], *, most_kb: int = MOST_KB) -> list[Examined]:
    """Look at every upload; raises Refused with each fault at its ``documents.<n>``."""
    faults: dict[str, list[Any]] = {}
    examined = []
    for place, upload in enumerate(uploads):
        try:
            examined.append(_examined(upload, most_kb))
        except ValueError as fault:
            faults[f"documents.{place}"] = [str(fault)]
    if faults:
        raise Refused.many(faults)
    return examined


def _examined(upload: Content[bytes], most_kb: int) -> Examined:
    """Raises ValueError with the sentence that says what is wrong."""
    name = names.clean(upload.name or "")
    shown = {"name": name, "most": most_kb // 1000, "types": ", ".join(TYPES)}
    kind = names.extension(name)
    if kind not in TYPES:
        raise ValueError(_("“%(name)s” is of a type that is not taken. Taken are: %(types)s.") % shown)
    if not upload.size:
        raise ValueError(_("“%(name)s” is empty.") % shown)
    if upload.size > most_kb * 1024:
        raise ValueError(_("“%(name)s” is too large: at most %(most)s MB.") % shown)
    upload.seek(0)
    if not begins_like(kind, upload.read(_HEAD)):
        raise ValueError(_("“%(name)s” is not what its name says: open it and save it again.") % shown)
    try:
        width, height = pictures.measure(upload, kind)
    except pictures.TooManyPixels as large:
        raise ValueError(_("“%(name)s” has too many pixels: make it smaller first.") % shown) from large
    except pictures.Damaged as damaged:
        raise ValueError(_("“%(name)s” is a damaged picture.") % shown) from damaged
    return Examined(upload, name, kind, width, height)


def refuse_name(name: str, type_: str) -> str:
    """The name a file may be given: not empty, and it keeps its extension."""
    wanted = names.clean(name)
    if names.extension(wanted) != type_:
        wanted = names.clean(f"{wanted}.{type_}") if wanted else ""
    if not wanted:
        raise Refused("name", _("Give the file a name."))
    return wanted

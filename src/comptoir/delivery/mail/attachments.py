"""What goes along with a mail, made when it leaves: the row keeps a reference, not the bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, NamedTuple

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of all attachments of one mail; most servers refuse more than 25 MB of encoded mail."""


class Attachment(NamedTuple):
    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class AttachmentRef:
    """``maker`` names a registered function; it gets ``object_id`` and ``options`` (JSON values)."""

    maker: str
    object_id: int
    options: Mapping[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


Maker = Callable[..., Attachment | None]
_makers: dict[str, Maker] = {}


class TooLarge(Exception):
    """The attachments together are larger than mail servers take."""


def attachment(maker: str) -> Callable[[Maker], Maker]:
    """Register ``make(object_id, **options) -> Attachment | None``; None leaves it out.

    It runs in the worker with the company in scope, outside a transaction. What it raises puts the
    mail off.
    """

    def register(make: Maker) -> Maker:
        _makers[maker] = make
        return make

    return register


def made(stored: list[dict[str, Any]]) -> list[Attachment]:
    """The attachments of a mail. Raises LookupError for an unknown maker, TooLarge."""
    found = [_make(AttachmentRef(**one)) for one in stored]
    there = [one for one in found if one is not None]
    if sum(len(one.content) for one in there) > LARGEST:
        raise TooLarge(f"The attachments are larger than {LARGEST // 1024 // 1024} MB.")
    return there


def _make(ref: AttachmentRef) -> Attachment | None:
    if ref.maker not in _makers:
        raise LookupError(f"Nothing makes attachments called {ref.maker}.")
    return _makers[ref.maker](ref.object_id, **ref.options)

"""Who does something: a (kind, id) pair, since users and contacts live on higher floors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system itself, as the activity names it.

    ``token_id`` and ``token_name`` say which API token spoke, ``ip`` from where.
    """

    kind: Literal["user", "contact", "system"]
    id: int | None = None
    name: str = ""
    token_id: int | None = None
    token_name: str = ""
    ip: str = ""

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def user_id(self) -> int | None:
        return self.id if self.kind == "user" else None


SYSTEM = Actor("system")

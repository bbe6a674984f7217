"""For whom a row is shown, and what the question was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comptoir.contract.queries import Query

if TYPE_CHECKING:
    from comptoir.contract.requesters import Requester


@dataclass(frozen=True)
class View:
    """What ``finish``, ``blank`` and Made relations may look at; ``who`` is None for a webhook body."""

    who: Requester | None = None
    query: Query = field(default_factory=Query)

    def asks(self, flag: str) -> bool:
        """Whether the query says ``flag=true`` (contract rules 9, the show flags)."""
        return self.query.get(flag) == "true"

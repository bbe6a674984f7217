"""The kinds of records that can be imported, by the wire's word."""

from __future__ import annotations

from typing import Final

from comptoir.insight.imports.declaring import Entity

from .clients import Clients
from .documents import documents
from .payments import Payments
from .products import Products

_EVERY: Final[tuple[Entity, ...]] = (Clients(), Products(), *documents(), Payments())

ENTITIES: Final[dict[str, Entity]] = {entity.key: entity for entity in _EVERY}

"""The kinds of records that can be imported, by the wire's word."""

from __future__ import annotations

from typing import Final

from comptoir.insight.imports.declaring import Entity

from .clients import Clients
from .products import Products

ENTITIES: Final[dict[str, Entity]] = {entity.key: entity for entity in (Clients(), Products())}

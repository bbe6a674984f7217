"""The pages of the settings, in their order. A key is a setting or a switch of the company."""

from __future__ import annotations

from typing import Final

from . import company, documents, management
from .left_out import LEFT_OUT
from .shapes import GROUPS, Group, Page, Section, is_offered

PAGES: Final[tuple[Page, ...]] = (*company.PAGES, *documents.PAGES, *management.PAGES)
BY_KEY: Final = {page.key: page for page in PAGES}

__all__ = ["BY_KEY", "GROUPS", "LEFT_OUT", "PAGES", "Group", "Page", "Section", "is_offered"]

"""Keys that are taken and never shown: another way to say what a column holds."""

from __future__ import annotations

from typing import Any

from django.db import models

from comptoir.contract.fields import Text


class Spoken(Text):
    """A word the resource's ``check`` translates, such as an ISO code."""

    hidden = True

    def bind(self, model: type[models.Model]) -> None:
        self.attribute = self.name

    def sources(self, vendor: str) -> list[Any]:
        return []

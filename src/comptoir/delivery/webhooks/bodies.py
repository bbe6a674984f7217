"""The body of a webhook: the record as the API shows it. ``config`` says how (floors: we know no API)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

Renderer = Callable[[str, int], bytes | None]


def body_of(kind: str, key: int) -> bytes | None:
    """The JSON of a record of the company in scope; None when there is none, or none to show."""
    render: Renderer = _renderer()
    return render(kind, key)


def _renderer() -> Any:
    return import_string(settings.COMPTOIR_WEBHOOK_BODIES)

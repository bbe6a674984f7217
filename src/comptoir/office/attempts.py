"""Trying what the domain may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.ui import toasts


def attempt(desk: Desk, work: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes a toast that says why, and nothing has moved."""
    try:
        work()
    except Refused as refused:
        toasts.add(desk.request, str(refused.sentence), "error")
        return False
    return True

"""What the files see to by themselves."""

from __future__ import annotations

from django.utils import timezone

from comptoir.activity.schedule import every

from .upkeep import remove_orphans


@every(name="files.remove_orphans", days=1, at="03:40")
def sweep(*, turn: str = "") -> int:
    """Take away bytes that no row points to; how many."""
    return remove_orphans(now=timezone.now())

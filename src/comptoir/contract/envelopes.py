"""What is put around rows (contract rules 2): ``data``, ``meta``, ``index`` and ``include_static``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comptoir.contract.calls import Call
    from comptoir.contract.shapes import Row


def item(row: Row, call: Call) -> Any:
    """One row: {"data": {…}}."""
    return wrapped(row, call)


def page(rows: list[Row], figures: dict[str, Any], call: Call) -> Any:
    """A list with its figures."""
    return wrapped(rows, call, {"pagination": figures})


def wrapped(content: Any, call: Call, meta: dict[str, Any] | None = None) -> Any:
    """``index=foo`` renames ``data``; ``index=none`` drops the wrapper and what is beside it."""
    index = call.query.get("index") or "data"
    if index == "none":
        return content
    envelope = {index: content}
    if meta is not None:
        envelope["meta"] = meta
    if call.query.get("include_static") in ("true", "1"):
        envelope["static"] = call.registry.statics()
    return envelope

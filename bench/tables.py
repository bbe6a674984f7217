"""One table for people, one file for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.measuring import Figures

RESULTS = Path(__file__).parent / "results.json"
_HEAD = ("operation", "median", "min", "max", "wall", "target", "", "Invoice Ninja")


def table(found: Sequence[Figures]) -> str:
    """CPU ms per request (median, min, max), wall ms, the target and the figure of a peer."""
    rows = [_HEAD, *(_row(one) for one in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_placed(row, widths)).rstrip() for row in rows)


def _placed(row: tuple[str, ...], widths: Sequence[int]) -> list[str]:
    name, *figures = row
    return [name.ljust(widths[0]), *map(str.rjust, figures, widths[1:])]


def _row(one: Figures) -> tuple[str, ...]:
    most, peer = one.operation.most, one.operation.peer
    return (
        one.operation.name,
        f"{median(one.cpu):.2f}",
        f"{min(one.cpu):.2f}",
        f"{max(one.cpu):.2f}",
        f"{median(one.wall):.2f}",
        "" if most is None else f"<= {most:g}",
        "" if most is None else "ok" if one.reached else "MISSED",
        "" if peer is None else f"{peer:g}",
    )


def show(found: Sequence[Figures], about: dict[str, Any]) -> None:
    """Print it all."""
    memory = about["memory_mb"]
    print(f"CPU ms per request, web, worker and {about['database']}; load {about['load']}, ", end="")
    print(f"yardstick {about['yardstick_ms']} ms\n\n{table(found)}\n")
    print(f"Memory at rest {memory['at_rest']} MB (target {memory['target']}), ", end="")
    print(f"{memory['afterwards']} afterwards")


def keep(found: Sequence[Figures], about: dict[str, Any]) -> None:
    """Write results.json."""
    figures = [
        {
            "operation": one.operation.name,
            "cpu_ms": [round(value, 3) for value in one.cpu],
            "wall_ms": [round(value, 3) for value in one.wall],
            "target_ms": one.operation.most,
            "invoice_ninja_ms": one.operation.peer,
        }
        for one in found
    ]
    RESULTS.write_text(json.dumps({**about, "operations": figures}, indent=1) + "\n")

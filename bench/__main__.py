"""`make bench`: seed, serve, measure, compare with the targets."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from bench import house, measuring, operations, tables
from bench.wire import Wire

MOST_MEMORY = 180  # megabytes at rest, on SQLite


def main() -> int:
    """1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--clients", type=int, default=5_000)
    parser.add_argument("--invoices", type=int, default=2_000)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--only", default="", help="operations whose name holds this")
    wanted = parser.parse_args()
    with house.house(os.environ.get("DATABASE_URL", "")) as made:
        print(f"  Seeding {wanted.clients} clients, {wanted.invoices} invoices …", flush=True)
        made.call("bench.dataset", "--clients", str(wanted.clients), "--invoices", str(wanted.invoices))
        with house.serving(made):
            return _measured(made, wanted)


def _measured(made: house.House, wanted: argparse.Namespace) -> int:
    wire = Wire(made.port)
    wire.enter(house.EMAIL, house.PASSWORD)
    made.cpu()
    resting = made.memory()
    asked = [one for one in operations.operations(wire) if wanted.only in one.name]
    found = measuring.measure(made, asked, wanted.passes)
    about = {
        "database": "postgresql" if made.database else "sqlite",
        "clients": wanted.clients,
        "invoices": wanted.invoices,
        "python": platform.python_version(),
        "yardstick_ms": round(measuring.yardstick(), 2),
        "load": [round(value, 1) for value in os.getloadavg()],
        "memory_mb": {"at_rest": round(resting), "target": MOST_MEMORY, "afterwards": round(made.memory())},
    }
    tables.keep(found, about)
    tables.show(found, about)
    return int(not all(one.reached for one in found) or (not made.database and resting > MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main())

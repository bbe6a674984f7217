"""How long a start takes, and the memory of each process: `python -m bench.resting`.

At rest is after the start, a sign-in and the jobs that waited; busy is after a walk through the pages and
PDFs by web and worker. The figures of `make bench` are taken at the first of these moments.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import time

from bench import house, processes
from bench.wire import Wire

MOST = 180  # megabytes at rest, on SQLite
PAGES = ("/", "/clients", "/invoices", "/palette?q=a", "/payments", "/quotes", "/credits", "/settings")


def main() -> int:
    """1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=5_000)
    parser.add_argument("--invoices", type=int, default=2_000)
    wanted = parser.parse_args()
    with house.house(os.environ.get("DATABASE_URL", "")) as made:
        made.call("bench.dataset", "--clients", str(wanted.clients), "--invoices", str(wanted.invoices))
        with house.serving(made):
            made.cpu()
        began = time.monotonic()
        with house.serving(made):
            _started(made, began)
            made.cpu()
            wire = Wire(made.port)
            wire.enter(house.EMAIL, house.PASSWORD)
            made.cpu()
            resting = _shown(made, "at rest")
            _busy(wire)
            made.cpu()
            _shown(made, "busy")
    return int(not made.database and resting > MOST)


def _started(made: house.House, began: float) -> None:
    """The second start: nothing is left to migrate."""
    up = time.monotonic() - began
    connection = http.client.HTTPConnection("127.0.0.1", made.port, timeout=60)
    for n in (1, 2):
        asked = time.monotonic()
        connection.request("GET", "/account/login/")
        connection.getresponse().read()
        print(f"page {n}: {(time.monotonic() - asked) * 1000:.0f} ms")
    cpu = processes.cpu(processes.family(made.pid)) / 1000
    print(f"start: {up:.1f} s by the clock until it answers, {cpu:.1f} s of CPU until the second page")


def _busy(wire: Wire) -> None:
    rows = json.loads(wire.get("/api/v1/invoices?per_page=5"))["data"]
    for _ in range(3):
        for path in (*PAGES, *(f"/clients/{row['client_id']}" for row in rows)):
            wire.get(path)
    for row in rows:
        wire.get(f"/api/v1/invoices/{row['id']}/download")


def _shown(made: house.House, when: str) -> float:
    """Print it and give the sum."""
    found = [one for pid in processes.family(made.pid) if (one := processes.resident(pid))]
    total = sum(one.pss for one in found)
    print(f"{when}: {total:.0f} MB")
    for one in found:
        print(f"  {one.name:<18} {one.pss:6.1f} MB, its own {one.private:6.1f}")
    return total


if __name__ == "__main__":
    sys.exit(main())

"""Lists, pages and searches over HTTP among very many: `python -m bench.scale`.

100,000 clients, 100,000 invoices, one client with 5,000 of them, and 100,000 of each other list, unless told
otherwise; the table goes into docs/performance.md. Seeding takes some minutes: `--keep FOLDER` keeps what was
made (with DATABASE_URL, in that very database), and finds it again the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from pathlib import Path

from bench import house, tables
from bench.dataset import RARE
from bench.measuring import Figures
from bench.operations import Operation
from bench.wire import Wire

TIMES = 20
MOST_OF_API, MOST_OF_PAGE = 5.0, 12.0  # CPU ms
CLIENTS = (
    "sort=id|desc", "per_page=100", "sort=name|asc", "sort=number|asc", "sort=balance|desc",
    "sort=created_at|desc", "sort=updated_at|desc", "sort=paid_to_date|desc", "sort=name|asc&page=50",
    f"filter={RARE}", f"name={RARE}", "email=contact77@example.com", "number=0077", "status=archived",
    "balance=gt:0", "filter=Ateliers",
)  # fmt: skip
INVOICES = (
    "sort=id|desc", "per_page=100", "sort=number|asc", "sort=date|desc", "sort=due_date|asc",
    "sort=amount|desc", "sort=balance|desc", "sort=paid_to_date|desc", "sort=status_id|asc",
    "sort=client_id|asc", "client_status=unpaid", "client_status=overdue", "client_status=paid",
    "client_status=cancelled", "without_deleted_clients=true", f"filter={RARE}", "filter=Ateliers",
    "status=archived",
)  # fmt: skip
CLIENT_PAGES = (
    "", "sort=name|desc", "sort=number|asc", "sort=balance|desc", "sort=paid_to_date|desc", "sort=city|asc",
    "sort=id_number|asc", "sort=last_login|desc", "sort=created_at|asc", "sort=updated_at|desc",
    "sort=credit_balance|desc", "owes=yes", "owes=credit", "size_id=3", "industry_id=3", "shelf=archived",
    f"q={RARE}", "q=Ateliers",
)  # fmt: skip
INVOICE_PAGES = (
    "", "sort=number|asc", "sort=client|asc", "sort=client|desc", "sort=date|desc", "sort=due_date|asc",
    "sort=amount|desc", "sort=balance|desc", "status=draft", "status=unpaid", "status=overdue",
    "status=paid", "status=cancelled", "status=unpaid&sort=amount|desc", "shelf=archived", f"q={RARE}",
    "q=Ateliers",
)  # fmt: skip
LISTS = {
    "clients": CLIENTS,
    "invoices": INVOICES,
    "quotes": ("", "sort=client_id|desc", "sort=date|desc", "sort=due_date|asc", "sort=amount|desc"),
    "credits": ("", "sort=client_id|desc", "sort=date|desc", "sort=due_date|asc", "sort=balance|desc"),
    "payments": ("", "sort=client_id|desc", "sort=date|desc", "sort=amount|desc", "client_status=refunded"),
    "recurring_invoices": (
        "",
        "sort=client_id|desc",
        "sort=number|asc",
        "sort=amount|desc",
        "frequency_id=5",
    ),
    "products": ("", "sort=product_key|asc", "sort=price|desc", "status=archived", f"filter={RARE}"),
}
PAGES = {
    "clients": CLIENT_PAGES,
    "invoices": INVOICE_PAGES,
    "quotes": (
        "",
        "sort=client|asc",
        "sort=date|desc",
        "sort=due_date|asc",
        "sort=amount|desc",
        "status=sent",
    ),
    "credits": ("", "sort=client|asc", "sort=date|desc", "sort=balance|desc", "status=open", "status=draft"),
    "payments": ("", "sort=client|asc", "sort=amount|desc", "status=unapplied", "status=refunded"),
    "recurring": (
        "",
        "sort=client|asc",
        "sort=number|asc",
        "sort=next_on|asc",
        "status=paused",
        "frequency=5",
    ),
    "products": ("", "sort=price|desc", "sort=cost|desc", "shelf=archived", f"q={RARE}"),
}
TABS = ("overview", "details", "documents", "ledger", "activity", "emails", "logs")


def questions(wire: Wire) -> Iterator[Operation]:
    """Each is asked over and over: what is cached by then, people have cached too."""
    rows = json.loads(wire.get("/api/v1/clients?per_page=2&sort=id|desc"))["data"]
    busiest, other = (row["id"] for row in rows)
    for path, queries in LISTS.items():
        yield from (_asked(wire, f"/api/v1/{path}?{query}", MOST_OF_API) for query in queries)
    for path, queries in PAGES.items():
        yield from (_asked(wire, f"/{path}?{query}") for query in queries)
    for tab in TABS:
        yield _asked(wire, f"/clients/{other}/tab/{tab}", called=f"one client: {tab}")
        yield _asked(wire, f"/clients/{busiest}/tab/{tab}", called=f"a client with very many invoices: {tab}")
    for word in (RARE, "Ateliers", "X0000077"):
        yield _asked(wire, f"/palette?q={word}")


def _asked(wire: Wire, path: str, most: float = MOST_OF_PAGE, called: str = "") -> Operation:
    ask: Callable[[str], object] = wire.get
    return Operation(called or path, ask, repeat(path), TIMES, most)


def main() -> int:
    """0: what is over its target is known, and said in docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--busiest", type=int, default=5_000)
    parser.add_argument("--others", type=int, default=100_000)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--only", default="", help="questions whose name holds this")
    parser.add_argument("--keep", type=Path, default=None, metavar="FOLDER")
    wanted = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    seed = partial(_seed, wanted)
    with _seeded(url, wanted.keep, seed) as made, house.serving(made):
        wire = Wire(made.port)
        wire.enter(house.EMAIL, house.PASSWORD)
        asked = [one for one in questions(wire) if wanted.only in one.name]
        found = [_measured(made, one, wanted.passes) for one in asked]
        print(f"CPU ms per request on {'PostgreSQL' if url else 'SQLite'}\n\n{tables.table(found)}")
        print(f"\nmemory afterwards: {made.memory():.0f} MB")
    return 0


def _measured(made: house.House, question: Operation, passes: int) -> Figures:
    """By the web process and the database alone: nothing is left to the worker, which may be busy."""
    figures = Figures(question)
    path = next(question.inputs)
    question.ask(path)
    for _ in range(passes):
        used, began = made.cpu_of_web(), time.perf_counter()
        for _time in range(question.times):
            question.ask(path)
        figures.cpu.append((made.cpu_of_web() - used) / question.times)
        figures.wall.append((time.perf_counter() - began) * 1000 / question.times)
    print(f"{question.name:<60} {min(figures.cpu):.1f}", file=sys.stderr, flush=True)
    return figures


def _seed(wanted: argparse.Namespace, made: house.House) -> None:
    names = ("clients", "invoices", "busiest", "others")
    numbers = [word for name in names for word in (f"--{name}", str(getattr(wanted, name)))]
    print("  Seeding …", flush=True)
    made.call("bench.dataset", *numbers)


@contextmanager
def _seeded(url: str, keep: Path | None, seed: Callable[[house.House], None]) -> Iterator[house.House]:
    if keep is None:
        with house.house(url) as made:
            seed(made)
            yield made
        return
    made = house.kept(keep, url)
    if not (keep / "seeded").exists():
        house.found(made)
        seed(made)
        (keep / "seeded").touch()
    yield made


if __name__ == "__main__":
    raise SystemExit(main())

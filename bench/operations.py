"""What is measured: requests of one person at the wire, many of a kind in a pass."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, repeat
from typing import Any

from bench.dataset import BY_HAND, OPEN_EACH, RARE, lines
from bench.house import EMAIL, PASSWORD
from bench.wire import Wire


@dataclass(frozen=True)
class Operation:
    """``ask`` is called ``times`` a pass with the next of ``inputs``, which are made beforehand.

    ``most`` is the target in CPU ms (None: there is none), ``peer`` what Invoice Ninja 5.10 needs.
    """

    name: str
    ask: Callable[[Any], object]
    inputs: Iterator[Any]
    times: int
    most: float | None = None
    peer: float | None = None


def operations(wire: Wire) -> list[Operation]:
    """All of them, on the data set that the server was given."""
    get = wire.get

    def to(path: str) -> Callable[[Any], object]:
        return lambda body: wire.post(f"/api/v1/{path}", body)

    clients = [row["id"] for row in _rows(wire, "clients?per_page=1000&sort=id|asc")]
    small, large = (_printable(wire, clients[0], count) for count in (10, 300))
    buyers = ({"client_id": client, "line_items": lines(5)} for client in cycle(clients))
    return [
        Operation("list 20 clients with contacts", get, repeat("/api/v1/clients?per_page=20"), 300, 2, 36),
        Operation("list 100 clients with contacts", get, repeat("/api/v1/clients?per_page=100"), 100, 5, 67),
        Operation("list by name, page 50", get, repeat("/api/v1/clients?sort=name|asc&page=50"), 100),
        Operation("search clients for a rare word", get, repeat(f"/api/v1/clients?filter={RARE}"), 100, 12),
        Operation("search everything for it", to("search"), repeat({"search": RARE}), 50, 12),
        Operation("show one client", get, (f"/api/v1/clients/{one}" for one in cycle(clients)), 500, 0.8, 24),
        Operation("create a client, one contact", to("clients"), repeat(CLIENT), 100, 4, 48),
        Operation("create an invoice, 5 lines, one tax", to("invoices"), buyers, 100, 6, 87),
        Operation("payment over 3 invoices", to("payments"), _sums(wire, clients), 60, 6),
        Operation("PDF of 10 lines", get, repeat(f"/api/v1/invoices/{small}/download"), 25, 22, 1164),
        Operation("PDF of 300 lines", get, repeat(f"/api/v1/invoices/{large}/download"), 8, 90),
        Operation("page: list of clients", get, repeat("/clients"), 50, 12),
        Operation("page: clients with a rare word", get, repeat(f"/clients?q={RARE}"), 50, 12),
        Operation("page: invoices", get, repeat("/invoices"), 50, 12),
        Operation("palette: a rare word", get, repeat(f"/palette?q={RARE}"), 50, 12),
        Operation("page: one client", get, (f"/clients/{one}" for one in cycle(clients)), 50, 12),
        Operation("sign in by API", to("login"), repeat({"email": EMAIL, "password": PASSWORD}), 10),
        Operation("refresh by API", to("refresh"), repeat({}), 30),
    ]


CLIENT = {
    "name": "Société des mesures",
    "address1": "12 rue du Banc",
    "postal_code": "1000",
    "city": "Bruxelles",
    "country_id": "56",
    "contacts": [{"first_name": "Ada", "last_name": "Martin", "email": "ada@example.com"}],
}


def _rows(wire: Wire, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(wire.get(f"/api/v1/{path}"))["data"]
    return rows


def _printable(wire: Wire, client: str, count: int) -> str:
    """The id of an issued invoice with so many lines."""
    body = {"client_id": client, "line_items": lines(count)}
    return str(wire.post("/api/v1/invoices?mark_sent=true", body)["data"]["id"])


def _sums(wire: Wire, clients: list[str]) -> Iterator[dict[str, Any]]:
    """Payments over the three open invoices of one client after the other, one unit for each."""
    for client in cycle(clients[1 : BY_HAND // OPEN_EACH]):
        found = _rows(wire, f"invoices?client_id={client}&client_status=unpaid&per_page=3")
        parts = [{"invoice_id": row["id"], "amount": 1} for row in found]
        yield {"client_id": client, "amount": len(parts), "invoices": parts}

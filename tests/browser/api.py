"""Making what a browser test needs through the API of the running installation."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from tests.serving import Served

_TOKENS: dict[str, str] = {}


def post(served: Served, path: str, body: Any, *, method: str = "POST") -> Any:
    """The answer's data."""
    if served.url not in _TOKENS:
        signed_in = _ask(served, "login", {"email": served.email, "password": served.password}, "")
        _TOKENS[served.url] = signed_in[0]["token"]["token"]
    return _ask(served, path, body, _TOKENS[served.url], method)


def put(served: Served, path: str, body: Any) -> Any:
    """The answer's data."""
    return post(served, path, body, method="PUT")


def company(served: Served) -> Any:
    """The company of the installation."""
    return _ask(served, "login", {"email": served.email, "password": served.password}, "")[0]["company"]


def _ask(served: Served, path: str, body: Any, token: str, method: str = "POST") -> Any:
    headers = {"Content-Type": "application/json", "X-API-TOKEN": token}
    content = json.dumps(body).encode()
    request = urllib.request.Request(f"{served.url}/api/v1/{path}", content, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["data"]


def client(served: Served, name: str, **fields: Any) -> Any:
    """A client with one contact, of its own name and address."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    people = [{"first_name": "Zoe", "last_name": "Marchand", "email": email}]
    settings = {"currency_id": "3", "language_id": "1"}
    return post(served, "clients", {"name": name, "contacts": people, "settings": settings, **fields})


def invoice(served: Served, client_id: str, cost: float = 100, *, sent: bool = True, **fields: Any) -> Any:
    """An invoice of one line."""
    body = {
        "client_id": client_id,
        "line_items": [{"product_key": "Day", "cost": cost, "quantity": 1}],
        **fields,
    }
    return post(served, "invoices?mark_sent=true" if sent else "invoices", body)

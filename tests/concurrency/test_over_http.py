"""Races over the wire, on a server as it is served. What happens without the guards, ``test_races`` shows."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest

from tests.databases import empty_database
from tests.serving import EMAIL, PASSWORD, serving

pytestmark = pytest.mark.django_db  # on PostgreSQL too


@dataclass(frozen=True)
class Wire:
    """The API of a running installation, asked by many at once."""

    url: str
    token: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, str]:
        """(status, what the answer says, its version)."""
        sent = {"Content-Type": "application/json", "X-API-TOKEN": self.token}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", content, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer).get("data"), answer.headers.get("ETag", "")
        except urllib.error.HTTPError as error:
            return error.code, json.load(error), ""

    def all_at_once(self, *asked: tuple[Any, ...], **headers: str) -> list[tuple[int, Any, str]]:
        """The answers to requests that leave together."""
        line = Barrier(len(asked))

        def ask(one: tuple[Any, ...]) -> tuple[int, Any, str]:
            line.wait()
            return self(*one, **headers)

        with ThreadPoolExecutor(len(asked)) as crowd:
            return list(crowd.map(ask, asked))

    def invoice(self, client: str) -> Any:
        """An issued invoice of 100."""
        body = {"client_id": client, "line_items": [{"cost": 100, "quantity": 1}]}
        return self("POST", "invoices?mark_sent=true", body)[1]


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    data = tmp_path_factory.mktemp("http") / "data"
    with empty_database("http") as database:
        environ = {"DATABASE_URL": database} if database else {}
        with serving(data, **environ) as served:
            said = Wire(served.url)("POST", "login", {"email": EMAIL, "password": PASSWORD})[1]
            yield Wire(served.url, said[0]["token"]["token"])


@pytest.fixture
def client(wire: Wire) -> str:
    return str(wire("POST", "clients", {"name": "Orchard"})[1]["id"])


def test_invoices_that_are_issued_at_once_have_numbers_without_a_gap_or_a_twin(
    wire: Wire, client: str
) -> None:
    before = int(wire.invoice(client)["number"])
    body = {"client_id": client, "line_items": [{"cost": 1, "quantity": 1}]}
    answers = [
        one
        for _turn in range(3)
        for one in wire.all_at_once(*[("POST", "invoices?mark_sent=true", body)] * 8)
    ]
    assert [status for status, _, _ in answers] == [200] * 24
    assert sorted(int(row["number"]) for _, row, _ in answers) == list(range(before + 1, before + 25))


def test_of_four_who_pay_an_invoice_at_once_one_does(wire: Wire, client: str) -> None:
    for turn in range(4):
        invoice = wire.invoice(client)
        sums = [60 + 4 * turn + who for who in range(4)]  # never the same twice: that would be a second click
        asked = [("POST", "payments", _payment(client, invoice["id"], amount)) for amount in sums]
        answers = wire.all_at_once(*asked)
        taken = [row for status, row, _ in answers if status == 200]
        assert sorted(status for status, _, _ in answers) == [200, 422, 422, 422]
        after = wire("GET", f"invoices/{invoice['id']}")[1]
        assert (after["paid_to_date"], after["balance"]) == (taken[0]["amount"], 100 - taken[0]["amount"])


def _payment(client: str, invoice: str, amount: int) -> dict[str, Any]:
    return {
        "client_id": client,
        "amount": amount,
        "invoices": [{"invoice_id": invoice, "amount": amount}],
    }


def test_ten_posts_under_one_key_are_one_payment(wire: Wire, client: str) -> None:
    body = {"client_id": client, "amount": 25}
    answers = wire.all_at_once(*[("POST", "payments", body)] * 10, Idempotency_Key=f"once for {client}")
    assert {status for status, _, _ in answers} <= {200, 409}
    assert len({row["id"] for status, row, _ in answers if status == 200}) == 1
    shown = wire("GET", f"clients/{client}")[1]
    assert (shown["paid_to_date"], shown["payment_balance"]) == (25, 25)


def test_of_two_who_edit_what_they_read_at_once_one_hears_of_the_other(wire: Wire, client: str) -> None:
    for turn in range(5):
        _, _, version = wire("GET", f"clients/{client}")
        asked = [("PUT", f"clients/{client}", {"private_notes": f"{turn} by {who}"}) for who in range(2)]
        answers = wire.all_at_once(*asked, If_Match=version)
        assert sorted(status for status, _, _ in answers) == [200, 409]
        (kept,) = (row["private_notes"] for status, row, _ in answers if status == 200)
        assert wire("GET", f"clients/{client}")[1]["private_notes"] == kept

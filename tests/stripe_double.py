"""Stripe on this machine: localstripe, a program of its own, behind a desk that adds what it lacks.

localstripe keeps customers, methods, intents, charges and refunds. The desk adds Checkout sessions with a
page to pay on, keys that make a request happen once, signed notifications, and the faults that tests want.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Lock
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

from tests.listening import listening

GOOD = "4242424242424242"
DECLINED = "4000000000000002"
DECLINED_LATER = "4000000000000341"
"""Can be stored; every charge is declined."""
ASKS_THE_CLIENT = "4000002500003155"
"""The bank wants the client's confirmation."""

SECRET = "whsec_test_secret"
KEY = "sk_test_comptoir"
CONFIG = {"apiKey": KEY, "publishableKey": "pk_test_comptoir", "webhookSecret": SECRET}


@dataclass
class Desk:
    """``seen`` are the requests in order: (method, path, form, idempotency key)."""

    url: str
    backend: str
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, tuple[dict[str, str], int, bytes]] = field(default_factory=dict)
    tampered: dict[str, Any] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    is_down: bool = False
    loses_answers: bool = False
    webhook_url: str = ""
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def reset(self) -> None:
        self.tampered, self.seen, self.is_down, self.loses_answers = {}, [], False, False
        self.webhook_url, self.disputes, self.refunds = "", {}, {}

    def give_back(self, money: str, units: int) -> dict[str, Any]:
        """A refund made in the dashboard, in the smallest unit of the currency."""
        status, made = self.ask("POST", "/v1/refunds", {"payment_intent": money, "amount": str(units)})
        assert status == 200, made
        return dict(made)

    def bounce(self, name: str, status: str = "failed") -> dict[str, Any]:
        """The client's bank does not take a refund, or lets it wait ("pending")."""
        self.refunds[name] = {"status": status}
        if status == "failed":
            self.refunds[name]["failure_reason"] = "expired_or_canceled_card"
        return {"id": name, "object": "refund", **self.refunds[name]}

    def contest(
        self, money: str, units: int, status: str = "needs_response", name: str = "dp_1"
    ) -> dict[str, Any]:
        """What a client's bank says of a payment; again with the same name it says something new."""
        currency = self.ask("GET", f"/v1/payment_intents/{money}")[1]["currency"]
        made = self.disputes.get(name, {}).get("created", int(time.time()))
        self.disputes[name] = {
            "id": name, "object": "dispute", "payment_intent": money, "amount": units, "status": status,
            "currency": currency, "reason": "fraudulent", "created": made,
        }  # fmt: skip
        return self.disputes[name]

    def pay(self, page: str, number: str = GOOD) -> str:
        """What a client does on the page: type a card. Answers where they are sent, or "" if declined."""
        session = self.sessions[page.rpartition("/")[2]]
        if session["status"] != "open":
            raise AssertionError(f"The page is {session['status']}.")
        customer = (
            session["customer"] or self.ask("POST", "/v1/customers", {"email": "x@example.com"})[1]["id"]
        )
        card = {"number": number, "exp_month": "12", "exp_year": "2030", "cvc": "123"}
        sent = {"type": "card", **{f"card[{name}]": value for name, value in card.items()}}
        if number.isalnum() and not number.isdecimal():
            sent = {"type": "sepa_debit", "sepa_debit[iban]": number}
        method = self.ask("POST", "/v1/payment_methods", sent)[1]["id"]
        status, _ = self.ask("POST", f"/v1/payment_methods/{method}/attach", {"customer": customer})
        if status != 200:
            return ""
        session["customer"] = customer
        if session["mode"] == "setup":
            session["method"] = method
        elif not self._collect(session, customer, method):
            return ""
        session["status"] = "complete"
        return session["success_url"]

    def _collect(self, session: dict[str, Any], customer: str, method: str) -> bool:
        form = {
            "amount": session["amount_total"], "currency": session["currency"], "customer": customer,
            "payment_method": method, "confirm": "true",
            **{f"metadata[{name}]": value for name, value in session["intent_metadata"].items()},
        }  # fmt: skip
        status, made = self.ask("POST", "/v1/payment_intents", form)
        if status == 200:
            session["payment_intent"] = made["id"]
        return status == 200

    def event(
        self, kind: str, subject: dict[str, Any], *, secret: str = SECRET
    ) -> tuple[bytes, dict[str, str]]:
        """A notification as Stripe sends it: body and headers."""
        told = {
            "id": f"evt_{secrets.token_hex(8)}",
            "object": "event",
            "type": kind,
            "data": {"object": subject},
        }
        body, moment = json.dumps(told).encode(), int(time.time())
        signature = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return body, {"Stripe-Signature": f"t={moment},v1={signature}"}

    def notify(self, kind: str, page: str) -> None:
        """Tell whoever listens."""
        body, headers = self.event(kind, self.session_of(page))
        request = Request(self.webhook_url, body, {**headers, "Content-Type": "application/json"})
        with urlopen(request, timeout=10) as answer:
            assert answer.status == 200

    def session_of(self, page: str) -> dict[str, Any]:
        """A session as notifications and answers show it."""
        return self.shown(self.sessions[page.rpartition("/")[2]], expand=False)

    def shown(self, session: dict[str, Any], *, expand: bool = True) -> dict[str, Any]:
        intent = session["payment_intent"]
        shown = {name: value for name, value in session.items() if name not in ("method", "intent_metadata")}
        if intent and expand:
            found = self.ask("GET", f"/v1/payment_intents/{intent}?expand[]=payment_method")[1]
            kept = session["setup_future_usage"]
            shown["payment_intent"] = {**found, "setup_future_usage": kept, **self.tampered}
        if session["method"] and expand:
            found = self.ask("GET", f"/v1/payment_methods/{session['method']}")[1]
            shown["setup_intent"] = {"id": "seti_1", "object": "setup_intent", "payment_method": found}
        return shown

    def ask(self, method: str, path: str, form: dict[str, Any] | None = None) -> tuple[int, Any]:
        """A request to localstripe."""
        data = urlencode(form).encode() if form is not None else None
        request = Request(self.backend + path, data, {"Authorization": f"Bearer {KEY}"}, method=method)
        try:
            with urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")


class Handler(BaseHTTPRequestHandler):
    desk: Desk
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/pay/"):
            self._page("")
        else:
            self._answer("GET")

    def do_POST(self) -> None:
        if self.path.startswith("/pay/"):
            self._pay()
        else:
            self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, *_: Any) -> None:
        return

    def _page(self, said: str) -> None:
        """Where the client types a card."""
        form = '<form method="post"><label>Card number <input name="card"></label><button>Pay</button></form>'
        body = f'<!doctype html><html lang="en"><title>Stripe</title><h1>Pay</h1><p>{said}</p>{form}'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _pay(self) -> None:
        """Paid, the notification leaves before the client is back."""
        form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        page = self.desk.url + self.path
        back = self.desk.pay(page, form.get("card", ""))
        if not back:
            self._page("Your card was declined.")
            return
        if self.desk.webhook_url:
            self.desk.notify("checkout.session.completed", page)
        self.send_response(303)
        self.send_header("Location", back)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        key = self.headers.get("Idempotency-Key", "")
        desk = self.desk
        with desk.lock:
            desk.seen.append((method, self.path, form, key))
            if desk.is_down:
                self._say(503, b'{"error": {"type": "api_error", "message": "Down for a test."}}')
                return
            if self.headers.get("Authorization") != f"Bearer {KEY}" and not self.path.startswith("/pay/"):
                self._say(401, b'{"error": {"type": "invalid_request_error", "message": "Invalid API Key"}}')
                return
            said = self._once(key, form) if method == "POST" and key else self._routed(method, form)
            if desk.loses_answers:
                said = 503, b'{"error": {"type": "api_error", "message": "The answer was lost."}}'
        self._say(*said)

    def _once(self, key: str, form: dict[str, str]) -> tuple[int, bytes]:
        """A key used again: the first answer, and a refusal for another form."""
        asked = dict(form)
        if key not in self.desk.answers:
            self.desk.answers[key] = (asked, *self._routed("POST", form))
        first, *said = self.desk.answers[key]
        if first != asked:
            fault = {"type": "idempotency_error", "message": "The key was used with another form."}
            return 400, json.dumps({"error": fault}).encode()
        return said[0], said[1]

    def _routed(self, method: str, form: dict[str, str]) -> tuple[int, bytes]:
        status, told = self._route(method, form)
        return status, json.dumps(told).encode()

    def _route(self, method: str, form: dict[str, str]) -> tuple[int, Any]:
        path = urlsplit(self.path).path
        parts = path.strip("/").split("/")
        if parts == ["v1", "disputes"]:
            return 200, self._contested(dict(parse_qsl(urlsplit(self.path).query)))
        if parts[:3] != ["v1", "checkout", "sessions"]:
            form.pop("description", None)
            status, told = self.desk.ask(method, _known_to_it(self.path), form if method == "POST" else None)
            if parts == ["v1", "refunds"] and "data" in told:
                told["data"] = [one | self.desk.refunds.get(one["id"], {}) for one in told["data"]]
            if parts == ["v1", "payment_intents"] and method == "GET":
                whose = dict(parse_qsl(urlsplit(self.path).query))["customer"]
                told["data"] = [one for one in told["data"] if one["customer"] == whose]
            if parts[:2] == ["v1", "payment_intents"] and len(parts) == 3 and method == "GET":
                told |= self.desk.tampered
            return status, told
        if method == "POST" and len(parts) == 3:
            return 200, self.desk.shown(self._open(form))
        session = self.desk.sessions.get(parts[3])
        if session is None:
            return 404, {
                "error": {"type": "invalid_request_error", "code": "resource_missing", "message": "?"}
            }
        if parts[-1] == "expire":
            if session["status"] != "open":
                return 400, {
                    "error": {"type": "invalid_request_error", "message": "Only open sessions expire."}
                }
            session["status"] = "expired"
        return 200, self.desk.shown(session)

    def _contested(self, query: dict[str, str]) -> dict[str, Any]:
        rows = [
            one
            for one in self.desk.disputes.values()
            if query.get("payment_intent", one["payment_intent"]) == one["payment_intent"]
        ]
        return {"object": "list", "url": "/v1/disputes", "has_more": False, "data": rows}

    def _open(self, form: dict[str, str]) -> dict[str, Any]:
        name = f"cs_test_{secrets.token_hex(12)}"
        session = {
            "id": name, "object": "checkout.session", "mode": form["mode"], "status": "open",
            "url": f"{self.desk.url}/pay/{name}", "customer": form.get("customer"),
            "client_reference_id": form.get("client_reference_id"), "success_url": form["success_url"],
            "cancel_url": form["cancel_url"], "metadata": _under(form, "metadata"), "payment_intent": None,
            "amount_total": form.get("line_items[0][price_data][unit_amount]"),
            "currency": form.get("line_items[0][price_data][currency]"), "method": None,
            "intent_metadata": _under(form, "payment_intent_data[metadata]"),
            "setup_future_usage": form.get("payment_intent_data[setup_future_usage]"),
        }  # fmt: skip
        self.desk.sessions[name] = session
        return session

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _known_to_it(path: str) -> str:
    """localstripe lists everything, whenever it was made, intents of everybody, and methods of one type."""
    at, _, query = path.partition("?")
    if at == "/v1/payment_methods" and "customer=" in query:
        query += "&type=card"
    kept = [(name, value) for name, value in parse_qsl(query) if not name.startswith("created[")]
    if at == "/v1/payment_intents":
        kept = [(name, value) for name, value in kept if name != "customer"]
    return f"{at}?{urlencode(kept)}" if query else at


def _under(form: dict[str, str], prefix: str) -> dict[str, str]:
    start = f"{prefix}["
    return {name[len(start) : -1]: value for name, value in form.items() if name.startswith(start)}


@contextmanager
def standing() -> Iterator[Desk]:
    """Both servers, until the block ends."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "localstripe", "--from-scratch", "--port", str(port)]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    handler = type("DeskHandler", (Handler,), {})
    try:
        with listening(handler) as ours:
            desk = Desk(f"http://127.0.0.1:{ours}", f"http://localhost:{port}")
            handler.desk = desk  # type: ignore[attr-defined]
            _wait_for(desk, program)
            yield desk
    finally:
        program.terminate()
        program.wait()


def _wait_for(desk: Desk, program: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while program.poll() is None and time.monotonic() < end:
        try:
            desk.ask("GET", "/v1/balance")
            return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("localstripe did not start.")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

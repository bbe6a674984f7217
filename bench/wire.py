"""One person at one keep-alive connection."""

from __future__ import annotations

import http.client
import json
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """The server answered something that is no success: the figures would mean nothing."""


class Wire:
    """Sends requests one after the other and insists on success."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: Any) -> Any:
        """Send JSON, answer what came back."""
        headers = {"Content-Type": "application/json"}
        return json.loads(self._ask("POST", path, json.dumps(body).encode(), headers))

    def enter(self, email: str, password: str) -> None:
        """Sign in by API (a token from then on) and to the pages (a session)."""
        answer = self.post("/api/v1/login", {"email": email, "password": password})
        form = _CSRF.search(self.get("/account/login/").decode())
        assert form, "the sign-in page has a form"
        said = urlencode({"csrfmiddlewaretoken": form[1], "login": email, "password": password})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self._connection.port}/account/login/",
        }
        self._ask("POST", "/account/login/", said.encode(), headers)
        self.token = answer["data"][0]["token"]["token"]

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        if self._cookies and not path.startswith("/api/"):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if self.token:
            headers["X-API-TOKEN"] = self.token
        response = self._answer(method, path, body, headers)
        content = response.read()
        for text in response.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
        moved_to_sign_in = "login" in response.headers.get("Location", "")
        if response.status >= 400 or moved_to_sign_in:
            raise Unexpected(f"{method} {path}: {response.status} {content[:600]!r}")
        return content

    def _answer(self, *request: Any) -> http.client.HTTPResponse:
        """On a connection that has been idle for long, the server has hung up: ask on a new one."""
        try:
            self._connection.request(*request)
            return self._connection.getresponse()
        except http.client.RemoteDisconnected:
            self._connection.request(*request)
            return self._connection.getresponse()

"""An app at the API's door, as the stories use it: JSON in, exact JSON out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client as Browser


@dataclass
class App:
    """Signed in once it has a token. ``data`` of an answer comes back, its money as Decimal."""

    token: str = ""

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        """Raises AssertionError for another status than the expected one."""
        sent = {"X-API-TOKEN": self.token, "X-Requested-With": "XMLHttpRequest", **headers}
        text = json.dumps(body, default=float) if body is not None else ""
        answer = Browser().generic(method, f"/api/v1/{path}", text, "application/json", headers=sent)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.content!r}"
        if answer.headers["Content-Type"] != "application/json":
            return answer.content
        told = json.loads(answer.content, parse_float=Decimal)
        return told.get("data", told)

    def sign_in(self, email: str, password: str) -> Any:
        rows = self("POST", "login", {"email": email, "password": password})
        self.token = rows[0]["token"]["token"]
        return rows

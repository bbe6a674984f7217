"""Settings in a process of their own, as an installation has them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SHOW = """
import json
from comptoir.config import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def settings(data: Path, **environ: str) -> dict[str, Any]:
    clean = {"PATH": os.environ["PATH"], "COMPTOIR_DATA": str(data), **environ}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], env=clean, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_an_https_address_makes_every_cookie_a_host_cookie(tmp_path: Path) -> None:
    found = settings(tmp_path, COMPTOIR_BASE_URL="https://invoices.example.com")
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE"):
        assert found[f"{cookie}_NAME"].startswith("__Host-")
        assert found[f"{cookie}_SECURE"] is True
        assert found[f"{cookie}_HTTPONLY"] is True
        assert found[f"{cookie}_SAMESITE"] == "Lax"
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://invoices.example.com"]
    assert "invoices.example.com" in found["ALLOWED_HOSTS"]
    assert "*" not in found["ALLOWED_HOSTS"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000


def test_a_plain_address_works_without_tls(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found["SESSION_COOKIE_NAME"] == "session"
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["DEBUG"] is False


def test_sqlite_writes_one_at_a_time_and_to_the_disk(tmp_path: Path) -> None:
    database = settings(tmp_path)["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "comptoir.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert "ATOMIC_REQUESTS" not in database


def test_a_database_url_chooses_postgresql(tmp_path: Path) -> None:
    database = settings(tmp_path, DATABASE_URL="postgres://ada:lace@db.example.com:5433/books")["DATABASES"][
        "default"
    ]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.com", 5433, "books")
    assert database["CONN_MAX_AGE"] is None


def test_sessions_and_signatures_never_pickle(tmp_path: Path) -> None:
    assert "pickle" not in json.dumps(settings(tmp_path)).lower()

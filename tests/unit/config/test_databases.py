"""Which SQLite may use WAL, and what the running one does."""

import sqlite3
from pathlib import Path

import pytest

from comptoir.config import checks, databases


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 9)])
def test_a_mended_sqlite_may_use_wal(version: tuple[int, ...]) -> None:
    assert databases.wal_is_safe(version)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2)])
def test_an_affected_sqlite_may_not(version: tuple[int, ...]) -> None:
    assert not databases.wal_is_safe(version)


def test_an_affected_sqlite_gets_the_slower_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "wal_is_safe", lambda: False)
    assert "journal_mode=DELETE" in databases.sqlite(Path("x"))["OPTIONS"]["init_command"]


def test_the_driver_in_use_is_the_mended_one() -> None:
    assert databases.wal_is_safe(sqlite3.sqlite_version_info)


@pytest.mark.django_db
def test_the_check_refuses_wal_on_an_affected_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        assert checks.sqlite_is_sound(databases=["default"]) == []
        return
    assert checks.sqlite_is_sound(databases=["default"]) == []
    monkeypatch.setattr(checks, "wal_is_safe", lambda: False)
    assert [fault.id for fault in checks.sqlite_is_sound(databases=["default"])] == ["comptoir.E001"]

"""The database is brought up to date by one process at a time, and never backwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from comptoir.config import upgrade
from comptoir.config.cli import Failed


def start(data: Path) -> subprocess.Popen[str]:
    environ = {"PATH": os.environ["PATH"], "COMPTOIR_DATA": str(data)}
    command = [sys.executable, "-m", "comptoir", "migrate"]
    return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)


def test_two_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    assert [process.communicate()[1] for process in both] == ["", ""]
    assert [process.returncode for process in both] == [0, 0]
    assert (tmp_path / "comptoir.sqlite3").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_database_of_a_later_version_is_refused() -> None:
    MigrationRecorder(connection).record_applied("tenancy", "9999_from_the_future")
    with pytest.raises(Failed, match=r"later version.*tenancy\.9999_from_the_future"):
        upgrade.run()


@pytest.mark.django_db
def test_an_old_migration_that_was_squashed_away_is_no_later_version() -> None:
    MigrationRecorder(connection).record_applied("tenancy", "0000_long_gone")
    upgrade._refuse_a_later_version()

"""`comptoir setup`, once, on an empty folder."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import clean_environment

GOOD = {
    "--email": "owner@example.com",
    "--password": "a-long-walk-by-the-sea",
    "--company": "Atelier Bleu",
    "--country": "BE",
}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation up to date and empty, to be copied."""
    data = tmp_path_factory.mktemp("migrated") / "data"
    environ = clean_environment(COMPTOIR_DATA=str(data))
    subprocess.run([sys.executable, "-m", "comptoir", "migrate"], env=environ, check=True)
    return data


@pytest.fixture
def data(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path / "data"))


def setup(data: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    words = GOOD | {f"--{name}": value for name, value in changes.items()}
    return subprocess.run(
        [sys.executable, "-m", "comptoir", "setup", *(word for pair in words.items() for word in pair)],
        env=clean_environment(COMPTOIR_DATA=str(data)),
        capture_output=True,
        text=True,
        check=False,
    )


def people(data: Path) -> list[str]:
    with sqlite3.connect(data / "comptoir.sqlite3") as database:
        return [row[0] for row in database.execute("SELECT email FROM people_user")]


def test_it_makes_the_owner_and_the_link_is_gone(data: Path) -> None:
    done = setup(data)
    assert done.returncode == 0, done.stderr
    assert "Atelier Bleu is ready: sign in as owner@example.com." in done.stdout
    assert people(data) == ["owner@example.com"]
    assert not (data / "setup-link").exists()
    again = setup(data, email="other@example.com")
    assert again.returncode == 2
    assert "set up already" in again.stderr
    assert people(data) == ["owner@example.com"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"email": "nobody"}, "mail"),
        ({"country": "FRANCE"}, "--country takes two letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(data: Path, wrong: dict[str, str], sentence: str) -> None:
    refused = setup(data, **wrong)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
    assert people(data) == []
    assert (data / "setup-link").exists()

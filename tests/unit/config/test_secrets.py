"""Secrets are made once, kept private, refused when weak, and can be replaced."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from comptoir.config.secrets import NAME, WeakSecret, load, refuse_weak, rotate

STRONG = "kJ8-2mQx_Zr7pLw4VtYc9NbHs1DfGa6EuRo3iTy5"


def test_the_first_start_makes_secrets_that_only_the_owner_reads(tmp_path: Path) -> None:
    found = load(tmp_path / "data")
    assert len(found.current) >= 60
    assert found.keys != found.current
    assert stat.S_IMODE((tmp_path / "data" / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_later_starts_find_the_same_secrets(tmp_path: Path) -> None:
    assert load(tmp_path) == load(tmp_path)


def test_first_starts_at_the_same_moment_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load(tmp_path), range(32)))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_two_installations_have_different_secrets(tmp_path: Path) -> None:
    assert load(tmp_path / "one") != load(tmp_path / "two")


def test_a_rotation_keeps_links_and_reads_what_was_signed_before(tmp_path: Path) -> None:
    before = load(tmp_path)
    after = rotate(tmp_path)
    assert after.current != before.current
    assert after.older == (before.current,)
    assert after.keys == before.keys
    assert load(tmp_path) == after
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_a_given_secret_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert load(tmp_path, STRONG).current == STRONG
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "a" * 64,
        "ab" * 40,
        "django-insecure-kJ8-2mQx_Zr7pLw4VtYc9NbHs1DfGa6Eu",
        "base64:kJ8-2mQx_Zr7pLw4VtYc9NbHs1DfGa6EuRo3iTy5",
    ],
)
def test_a_weak_secret_is_refused(weak: str, tmp_path: Path) -> None:
    with pytest.raises(WeakSecret):
        load(tmp_path, weak)
    assert not list(tmp_path.iterdir())


def test_a_weak_secret_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"current": "secret", "keys": "secret", "older": []}')
    with pytest.raises(WeakSecret):
        load(tmp_path)


def test_a_long_random_secret_is_accepted() -> None:
    refuse_weak(STRONG)

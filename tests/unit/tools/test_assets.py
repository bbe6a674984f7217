"""Which files the asset build takes, and when it has nothing to do."""

import json
from pathlib import Path

import pytest

from tools import assets


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one package of fonts installed."""
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "HOUSE", tmp_path / "src")
    monkeypatch.setattr(assets, "MODULES", tmp_path / "node_modules")
    fonts = tmp_path / "node_modules" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("thin.woff", "bold.woff", "bold.woff2"):
        (fonts / name).write_text(name)
    (tmp_path / "src" / "designs").mkdir(parents=True)
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path / "src" / "designs"


def vendor(room: Path, **wanted: object) -> Path:
    path = room / "vendor.json"
    path.write_text(json.dumps(wanted))
    return path


def built(room: Path) -> list[str]:
    return sorted(path.name for path in (room / "built").iterdir() if not path.name.startswith("."))


def test_a_file_is_copied_under_the_name_it_is_given(house: Path) -> None:
    assets.take(vendor(house, copy={"strong.woff": "fonts/bold.woff"}))
    assert built(house) == ["strong.woff"]
    assert (house / "built" / "strong.woff").read_text() == "bold.woff"


def test_a_folder_takes_what_a_glob_names(house: Path) -> None:
    assets.take(vendor(house, copy={"inter/": "fonts/*.woff"}))
    assert sorted(path.name for path in (house / "built" / "inter").iterdir()) == ["bold.woff", "thin.woff"]


def test_what_is_no_longer_named_goes(house: Path) -> None:
    assets.take(vendor(house, copy={"a.woff": "fonts/bold.woff"}))
    assets.take(vendor(house, copy={"b.woff": "fonts/bold.woff"}))
    assert built(house) == ["b.woff"]


def test_nothing_is_copied_again_while_nothing_changes(house: Path) -> None:
    wanted = vendor(house, copy={"a.woff": "fonts/bold.woff"})
    assets.take(wanted)
    (house / "built" / "a.woff").write_text("kept")
    assets.take(wanted)
    assert (house / "built" / "a.woff").read_text() == "kept"


@pytest.mark.parametrize("source", ["fonts/none.woff", "fonts/*.woff"])
def test_a_name_that_is_not_one_file_is_refused(house: Path, source: str) -> None:
    with pytest.raises(assets.BuildError, match="names"):
        assets.take(vendor(house, copy={"a.woff": source}))


def test_only_folders_that_git_ignores_are_written(house: Path) -> None:
    with pytest.raises(assets.BuildError, match="built"):
        assets.take(vendor(house, into="../clients", copy={"a.woff": "fonts/bold.woff"}))
    assert not (house.parent / "clients").exists()


def test_a_changed_template_asks_for_a_new_build(house: Path) -> None:
    page = house / "page.html"
    page.write_text("<p class='m-1'>")
    before = assets.fingerprint(iter([page]))
    assert assets.fingerprint(iter([page])) == before
    page.write_text("<p class='m-2'>")
    assert assets.fingerprint(iter([page])) != before

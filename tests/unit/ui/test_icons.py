import json
import re
from pathlib import Path

import pytest

from comptoir.ui.tags import icons

HOUSE = Path(icons.__file__).parents[2]
LISTED = {Path(name).stem for name in json.loads((HOUSE / "ui/icons/vendor.json").read_text())["copy"]}
NAMED = re.compile(r'{%\s*icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|end_icon="([a-z0-9-]+)"')


@pytest.fixture
def drawings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(icons, "FOLDER", tmp_path)
    icons.outline.cache_clear()
    icons.icon.cache_clear()
    yield tmp_path
    icons.outline.cache_clear()
    icons.icon.cache_clear()


def test_an_icon_is_drawn_into_the_page_without_its_background(drawings: Path) -> None:
    (drawings / "plus.svg").write_text(
        '<svg\n viewBox="0 0 24 24"\n>\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n'
        '  <path d="M12 5v14" />\n  <path d="M5 12h14" />\n</svg>\n'
    )
    assert icons.icon("plus", 16) == (
        '<svg class="ico" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M12 5v14"/><path d="M5 12h14"/></svg>'
    )


def test_an_icon_with_a_label_speaks(drawings: Path) -> None:
    (drawings / "lock.svg").write_text("<svg><path/></svg>")
    assert 'role="img" aria-label="Private"' in icons.icon("lock", label="Private")


def test_an_icon_that_is_not_listed_is_an_error(drawings: Path) -> None:
    with pytest.raises(LookupError, match=r"ui/icons/vendor\.json"):
        icons.icon("no-such-icon")


def test_pages_can_be_drawn_before_the_assets_are_built(drawings: Path) -> None:
    drawings.rmdir()
    assert "<svg" in icons.icon("plus")
    drawings.mkdir()


def test_every_icon_that_the_house_names_is_listed() -> None:
    named = {
        name
        for path in [*HOUSE.rglob("*.html"), *HOUSE.rglob("*.py")]
        for found in NAMED.findall(path.read_text(encoding="utf-8"))
        for name in found
        if name
    }
    assert len(named) > 20
    assert named - LISTED == set()

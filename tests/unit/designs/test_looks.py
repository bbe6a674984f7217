"""The wire's built-in designs are all there."""

from pathlib import Path

import pytest

from comptoir import designs
from comptoir.designs.looks import BUILT_IN, CLEAN, Look, look
from comptoir.reference import design

FOLDERS = Path(designs.__file__).parent / "templates" / "designs"


def test_every_design_of_the_wire_has_its_folder() -> None:
    assert {str(number): one.folder for number, one in BUILT_IN.items()} == {
        row.id: row.name.lower() for row in design
    }
    for one in BUILT_IN.values():
        assert sorted(path.name for path in (FOLDERS / one.folder).iterdir()) == ["page.html", "style.css"]


@pytest.mark.parametrize(
    ("number", "expected"), [(2, CLEAN), (None, CLEAN), (0, CLEAN), (99, CLEAN), (7, BUILT_IN[7])]
)
def test_clean_stands_in_for_a_design_that_is_not_there(number: int | None, expected: Look) -> None:
    assert look(number) == expected


def test_designs_fetch_nothing_from_elsewhere() -> None:
    for path in FOLDERS.rglob("*"):
        if path.is_file():
            text = path.read_text()
            assert "http" not in text, path
            assert "@import" not in text, path
            assert "url(" not in text, path
            assert "|safe" not in text, path


def test_designs_keep_to_few_letter_sizes_and_two_weights() -> None:
    """All but the Swiss payment part, whose letters a style guide sets."""
    for path in set(FOLDERS.rglob("*.css")) - {FOLDERS / "payment_part.css"}:
        text = path.read_text()
        sizes = {part.split(";")[0].strip() for part in text.split("font-size:")[1:]}
        weights = {part.split(";")[0].strip() for part in text.split("font-weight:")[1:]}
        assert sizes <= {".8rem", "1rem", "1.2rem", "1.9rem", "2.6rem"}, path
        assert weights <= {"400", "600"}, path

"""Every document is dressed in fonts of ours, and only in those it needs."""

import re

import pytest

from comptoir.designs.fonts import READY, SHELF, called, faces, families, family_of, nearest


def named(css: str) -> set[str]:
    return set(re.findall(r"font-family:'([^']+)';font-weight", css))


def test_the_families_that_companies_choose_are_on_the_shelf() -> None:
    assert families() == ("Arimo", "Inter", "Lato", "Montserrat", "Open Sans", "Roboto", "Source Serif 4")


@pytest.mark.parametrize(
    "css",
    [
        "p{font-family:Roboto}",
        "p{font-family: 'Roboto', Arial, sans-serif}",
        "p{font:700 9pt/1.2 Roboto}",
        "p{font: italic 1.5em 'Roboto', serif}",
        '<p style="font-family:Roboto">',
        '<p style="font-family:&quot;Roboto&quot;">',
    ],
)
def test_the_first_family_of_a_list_is_dressed(css: str) -> None:
    assert named(faces(css, "en").css) == {"Inter", "Roboto"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lato", "Lato"),
        ("Arial", "Inter"),
        ("sans-serif", "Inter"),
        ("Georgia", "Source Serif 4"),
        ("serif", "Source Serif 4"),
        ("Roboto Slab", "Source Serif 4"),
    ],
)
def test_a_family_that_is_not_shipped_has_a_stand_in(name: str, expected: str) -> None:
    assert nearest(name) == expected


def test_only_the_letters_that_are_used_are_fetched() -> None:
    latin = faces("<p>Café €</p>", "fr").files
    assert {file.split("/")[0] for file in latin} == {"inter"}
    assert all("-latin-" in file for file in latin)
    assert any("cyrillic" in file for file in faces("<p>Пекарня</p>", "ru").files)
    assert any("noto-sans-hebrew" in file for file in faces("<p>שלום</p>", "he").files)


def test_han_letters_are_those_of_the_document_s_language() -> None:
    for language, folder in (("ja", "noto-sans-jp"), ("zh_TW", "noto-sans-tc"), ("fr", "noto-sans-jp")):
        assert any(file.startswith(folder) for file in faces("<p>請求書</p>", language).files)


def test_a_name_of_a_family_cannot_become_a_rule() -> None:
    css = faces("p{font-family:x'} @import url(y)} b{font-family:a\\';}", "en").css
    assert named(css) == {"Inter", "x"}
    assert "@import" not in css


def test_no_more_fonts_are_kept_open_than_cairo_keeps() -> None:
    assert len(READY) <= 10
    assert all((SHELF / file).is_file() for file in READY if "lato" not in file or "-600-" not in file)
    assert called("inter/inter-latin-400-normal.woff") == "inter-latin-400-normal"
    assert family_of("open-sans/open-sans-latin-400-normal.woff") == "Open Sans"

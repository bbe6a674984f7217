from __future__ import annotations

import unicodedata

import pytest

from comptoir.kernel.folding import folded, haystack, needles


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_case_and_accents_go_in_both_unicode_forms(form: str) -> None:
    assert folded(unicodedata.normalize(form, "ÉLODIE Françoise")) == "elodie francoise"  # type: ignore[arg-type]


def test_letters_that_no_unicode_form_takes_apart() -> None:
    assert folded("Cœur Læticia Ørsted Łódź L’Étoile Straße") == "coeur laeticia orsted lodz l'etoile strasse"


def test_a_haystack_has_each_word_once() -> None:
    assert haystack(["Ada Byron", "ada@byron.eu", ""]) == "  ada  byron  ada@  byron.  eu"


def test_a_number_begins_behind_its_zeros_too() -> None:
    assert haystack(["F-2026-0012"]) == "  f-  2026-  0012  12"
    assert haystack(["100"]) == "  100"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Durand", True),
        ("URA", True),
        ("du", True),
        ("d", True),
        ("ra", False),  # two letters inside a word
        ("pierre dur", True),
        ("pier absent", False),
        ("j-p", False),
        ("jean-p", True),
        ("n-pie", True),
        ("-pi", True),
        ("pi", True),
        ("12", True),
        ("012", True),
        ("%", False),
        ("商店", True),
        ("中", True),
        ("  ", True),
    ],
)
def test_what_is_found(typed: str, found: bool) -> None:
    words = haystack(["Jean-Pierre Durand", "K-0012", "田中商店"])
    assert all(needle in words for needle in needles(typed)) is found


def test_needles_are_few_and_none_is_too_short_for_a_trigram() -> None:
    assert needles("a b c d e f g h i j") == [f"  {letter}" for letter in "abcdefgh"]
    assert all(
        len(needle) >= 3 for text in ("a", "é", "œ", "-", "-a", "商", "a-") for needle in needles(text)
    )

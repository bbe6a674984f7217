import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.ui.brand import contrast, stylesheet

CHANNEL = st.integers(0, 255)
TOKEN = re.compile(r"--(?:color|c)-(primary[a-z-]*):(#[0-9a-f]{6})")


def rgb(text: str) -> tuple[float, float, float]:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@given(CHANNEL, CHANNEL, CHANNEL)
def test_every_colour_becomes_readable_in_light_and_dark(red: int, green: int, blue: int) -> None:
    css = stylesheet(f"#{red:02x}{green:02x}{blue:02x}")
    tokens = TOKEN.findall(css)
    for theme, ground in ((dict(tokens[:4]), "#ffffff"), (dict(tokens[4:8]), "#161a22")):
        assert contrast(rgb(theme["primary"]), rgb(ground)) >= 4.4
        assert contrast(rgb(theme["primary"]), rgb(theme["primary-content"])) >= 4.4
        assert contrast(rgb(theme["primary-ink"]), rgb(theme["primary-soft"])) >= 4.4


def test_a_readable_colour_is_kept_as_it_is() -> None:
    assert "--color-primary:#0f766e;--color-primary-content:#ffffff" in stylesheet("#0F766E")


@pytest.mark.parametrize("colour", ["", "red", "#12", "#0f766e;}body{display:none"])
def test_what_is_no_colour_changes_nothing(colour: str) -> None:
    assert stylesheet(colour) == ""
    assert stylesheet(colour, "p{margin:0}") == "p{margin:0}"

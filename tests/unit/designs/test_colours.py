"""Two colours of a company make a legible document."""

import pytest

from comptoir.designs.colours import colours


def test_tints_come_from_the_primary_colour() -> None:
    found = colours("#298AAB", "#70e")
    assert (found.primary, found.secondary) == ("#298aab", "#7700ee")
    assert (found.tint, found.faint) == ("#eaf3f7", "#f4f9fb")


@pytest.mark.parametrize(
    ("primary", "on_primary"), [("#000000", "#ffffff"), ("#298AAB", "#ffffff"), ("#ffe066", "#111827")]
)
def test_letters_on_the_primary_colour_can_be_read(primary: str, on_primary: str) -> None:
    assert colours(primary, "#000").on_primary == on_primary


def test_a_colour_too_light_for_letters_is_darkened() -> None:
    assert colours("#ffe066", "#000").ink == "#7c7243"
    assert colours("#1d4ed8", "#000").ink == "#1d4ed8"

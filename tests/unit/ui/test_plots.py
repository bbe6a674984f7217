import re

import pytest

from comptoir.ui.plots import bars, ceiling, sparkline


def heights(svg: str) -> list[float]:
    return [float(found) for found in re.findall(r'<rect class="bar" [^>]* height="([\d.]+)"', svg)]


def test_a_line_goes_through_every_value_and_is_never_cut() -> None:
    svg = sparkline([0, 10, 5], "Revenue", width=100, height=52)
    assert '<polyline points="0.0,46.0 50.0,6.0 100.0,26.0"' in svg
    assert 'aria-label="Revenue"' in svg


def test_equal_and_missing_values_are_drawn_too() -> None:
    assert "polyline" in sparkline([5, 5])
    assert "polyline" in sparkline([])
    assert "<svg" in bars([])


def test_bars_are_as_high_as_their_values_and_nothing_is_still_seen() -> None:
    assert heights(bars([10, 5, 0, -10], height=104)) == [100.0, 50.0, 2.0, 100.0]


def test_two_series_share_one_scale_and_stand_side_by_side() -> None:
    svg = bars([5, 10], ["jan.", "févr."], height=104, beside=[10, 20], said=["Janvier", "Février"], top=20)
    assert heights(svg) == [50.0, 25.0, 100.0, 50.0]
    assert re.findall(r'class="bar" x="([\d.]+)%"', svg) == ["9.00", "25.00", "59.00", "75.00"]
    assert re.findall("<title>(.*?)</title>", svg) == ["Janvier", "Février"]


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 1), (1, 1), (7, 8), (9, 10), (10, 10), (11, 20), (50_001, 60_000), (86_400, 100_000)],
)
def test_an_axis_ends_at_a_round_number(most: int, top: int) -> None:
    assert ceiling([0, most, -most]) == top


def test_labels_are_escaped() -> None:
    assert "<b>" not in bars([1], ["<b>"], "<b>")
    assert "<b>" not in sparkline([1], "<b>")


def test_drawings_hold_no_inline_style() -> None:
    assert "style=" not in sparkline([1, 2]) + bars([1, 2], ["a", "b"])

"""Text reads on every surface it may stand on, in both themes (WCAG AA)."""

import re
from pathlib import Path

import pytest

from comptoir import ui
from comptoir.ui.brand import contrast

SOURCE = (Path(ui.__file__).parent / "frontend/tokens.css").read_text(encoding="utf-8")
THEMES = {
    found[1]: dict(re.findall(r"--(?:color|c)-([a-z0-9-]+): (#[0-9a-f]{6})", found[0]))
    for found in re.finditer(r'@plugin "daisyui/theme" \{\s*name: "(\w+)";.*?\n\}', SOURCE, re.DOTALL)
}
TONES = ["primary", "neutral", "info", "success", "warning", "error", "accent"]
SURFACES = ["base-100", "base-200", "raised"]
TEXTS = [
    *[(f"{tone}-ink", f"{tone}-soft") for tone in TONES],
    *[(f"{tone}-content", tone) for tone in [*TONES, "secondary"]],
    *[(text, surface) for text in ["base-content", "muted"] for surface in SURFACES],
    *[(f"{tone}-ink", surface) for tone in TONES for surface in SURFACES],
    ("muted", "neutral-soft"), ("base-content", "primary-soft"), ("base-content", "neutral-soft"),
    ("neutral-content", "neutral"),
]  # fmt: skip


def ratio(theme: str, one: str, other: str) -> float:
    first, second = (
        tuple(int(THEMES[theme][name][at : at + 2], 16) / 255 for at in (1, 3, 5)) for name in (one, other)
    )
    return contrast(first, second)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXTS)
def test_text_reads_on_its_surface(theme: str, text: str, surface: str) -> None:
    assert ratio(theme, text, surface) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("edge", ["control", "primary"])
def test_edges_of_controls_are_seen(theme: str, edge: str) -> None:
    assert ratio(theme, edge, "base-100") >= 3


def test_both_themes_have_the_same_tokens() -> None:
    assert set(THEMES["light"]) == set(THEMES["dark"])

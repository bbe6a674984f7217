"""Where the one-time word of people/setup.py lies, for the supervisor, which does not load Django."""

from pathlib import Path

NAME = "setup-link"


def url(data: Path, base_url: str) -> str | None:
    """The link to print, or None once the installation is set up."""
    try:
        return f"{base_url}/setup/{(data / NAME).read_text()}"
    except FileNotFoundError:
        return None

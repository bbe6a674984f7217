"""Put values where a text names them. There is no logic here, and values are never read again."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Mapping
from typing import Final, Literal

from comptoir.delivery.placeholders.catalogue import ALIASES, NAMES
from comptoir.delivery.placeholders.spelling import fold

_TOKEN: Final = re.compile(r"\$([^\W\d_][\w.\u0300-\u036f]{0,63})")
_GOES_ON: Final = re.compile(r"[A-Za-z0-9_\u0300-\u036f]|\.[a-z0-9_]")
"""What would make the name before it part of a longer, unknown one."""

_BREAKS: Final = re.compile(r"\r\n|[\r\n]")


def substitute(
    text: str,
    values: Mapping[str, str],
    *,
    html: bool = False,
    unknown: Literal["stay", "vanish"] = "stay",
) -> str:
    """Give the text with every name replaced by its value, the longest known name first.

    Names are without `$` in `values`; those of the catalogue and their French names find the same
    value. A known name without a value leaves nothing; an unknown one stays as typed, or vanishes.
    With `html`, values are escaped and their line breaks kept, unless they are safe HTML already.
    """

    def replaced(found: re.Match[str]) -> str:
        token = found[1]
        after = found.string[found.end() : found.end() + 2]
        for end in range(len(token), 0, -1):
            if not _GOES_ON.match(token[end:] + after):
                name = _known(token[:end], values)
                if name is not None:
                    return _written(values.get(name, ""), html) + token[end:]
        return found[0] if unknown == "stay" else ""

    return _TOKEN.sub(replaced, text)


def _known(written: str, values: Mapping[str, str]) -> str | None:
    """The name that a value or the catalogue has for this spelling."""
    spelt = written if written.isascii() else fold(written)
    if spelt in values:
        return spelt
    for name in ALIASES.get(spelt, ()):
        if name in values:
            return name
    return spelt if spelt in NAMES or spelt in ALIASES else None


def _written(value: str, html: bool) -> str:
    if not html or hasattr(value, "__html__"):
        return str(value)
    return _BREAKS.sub("<br>", markup.escape(value))

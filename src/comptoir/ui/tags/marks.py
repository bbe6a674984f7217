"""Small marks: badges, faces, numbers that read the same way in every direction."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from comptoir.ui.tags import icons
from comptoir.ui.tones import tone_of

HUES = 8
_SHORT = 3


def badge(label: object, tone: str = "", status: str = "", icon: str = "") -> SafeString:
    """A state in a word; `status` (draft, sent, paid, overdue, …) finds its colour."""
    colour = tone or tone_of(status)
    drawing = icons.icon(icon, 13) if icon else ""
    css = f"badge tone-{colour}" if colour else "badge"
    return format_html('<span class="{}">{}{}</span>', css, drawing, label)


@lru_cache(maxsize=4096)
def avatar(name: str, size: str = "", image: str = "", square: bool = False) -> SafeString:
    """A face: the picture when there is one, else initials on a colour that stays with the name.

    `size` is sm, "" or lg. Decoration: the name is always written beside it.
    """
    css = f"face {size}".strip() + (" rounded-none" if square else "")
    if image:
        return format_html('<img class="{}" src="{}" alt="" loading="lazy">', css, image)
    return format_html('<span class="{} hue-{}" aria-hidden="true">{}</span>', css, hue(name), initials(name))


def hue(name: str) -> int:
    """The same for a name in every process and every year."""
    return crc32(name.encode()) % HUES


def initials(name: str) -> str:
    """One or two letters: “Café des Halles” is CH, particles are passed over."""
    words = [word for word in name.split() if word[0].isalnum()]
    names = [word for word in words if not (len(word) <= _SHORT and word.islower())] or words
    return "".join(word[0].upper() for word in names[:2])


def bdi(text: object) -> SafeString:
    """A phone, address or number that keeps its order inside a text of the other direction."""
    return format_html("<bdi>{}</bdi>", text) if text not in (None, "") else mark_safe("")

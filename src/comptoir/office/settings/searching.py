"""Find a setting by a word of its name, its help or its page, in the reader's language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from comptoir.office.settings.layout import PAGES, Page
from comptoir.office.settings.levels import Level
from comptoir.office.settings.switches import SWITCHES
from comptoir.preferences.catalogue import CATALOGUE

MOST: Final = 30


@dataclass(frozen=True)
class Hit:
    label: str
    where: str
    url: str
    icon: str


def hits(query: str, level: Level) -> list[Hit]:
    """Pages first, then settings; every word must occur, signs between them do not count."""
    words = [word for word in folded(query).split() if any(letter.isalnum() for letter in word)]
    if not words:
        return []
    pages: list[Hit] = []
    settings: list[Hit] = []
    for each in PAGES:
        url = _url(each, level)
        if not url:
            continue
        if _matches(words, f"{each.title} {each.text}"):
            pages.append(Hit(str(each.title), str(each.text), url, each.icon))
        for section, keys in each.at(level.key):
            for key in keys:
                label, text = _named(key)
                if _matches(words, f"{label} {text} {section.title} {key}"):
                    where = f"{each.title} › {section.title}"
                    settings.append(Hit(label, where, f"{url}#id-{key}", each.icon))
    return [*pages, *settings][:MOST]


def folded(text: str) -> str:
    """Without case and accents: « societe » finds « Société »."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _matches(words: list[str], text: str) -> bool:
    found = folded(text)
    return all(word in found for word in words)


def _named(key: str) -> tuple[str, str]:
    known = SWITCHES.get(key) or CATALOGUE.get(key)
    return (str(known.label), str(known.help)) if known else (key, "")


def _url(each: Page, level: Level) -> str:
    if each.route:
        return reverse(each.route) + level.query if level.is_company or each.key == "letters" else ""
    return reverse("office:settings-page", args=[each.key]) + level.query if each.at(level.key) else ""

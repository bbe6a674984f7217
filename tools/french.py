"""What a French reader would stumble over, for `python -m tools.messages check`."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message

from tools import messages

SAME = Path(__file__).parent / "same_in_french.txt"
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|https?://\S+")
Meanings = defaultdict[Any, dict[Any, str]]
PLAIN_SPACE = re.compile(r"(?<=\S) [:;!?»](?=\s|$)|« ")


def faults() -> Iterator[str]:
    """What `check` prints, one line each."""
    known = set(messages.packages())
    same = set(SAME.read_text().splitlines())
    meanings: Meanings = defaultdict(dict)
    for package in sorted(known):
        name = str(package.relative_to(messages.HOUSE))
        found, kept = messages.extracted(package, known), messages.read(package)
        for message in filter(_has_text, found):
            translation = kept.get(message.id, message.context)
            yield from (f"{name}: {fault}" for fault in _faults(message, translation, same))
            if translation and translation.string:
                meanings[message.id, message.context].setdefault(translation.string, name)
        for message in filter(_has_text, kept):
            if found.get(message.id, message.context) is None:
                yield f"{name}: “{_text(message)}” is used no more"
    yield from _disagreements(meanings)


def _has_text(message: Message) -> bool:
    """The header has none."""
    return bool(message.id)


def _disagreements(meanings: Meanings) -> Iterator[str]:
    """Django merges all packages into one catalogue, so one translation would hide the others."""
    for (text, _context), strings in meanings.items():
        if len(strings) > 1:
            where = ", ".join(f"{package}: “{string}”" for string, package in strings.items())
            yield f"“{text}” has several translations, and only one would show ({where})"


def _faults(message: Message, translation: Message | None, same: set[str]) -> Iterator[str]:
    text = _text(message)
    if translation is None:
        yield f"“{text}” is missing"
        return
    forms = _forms(translation.string)
    if translation.fuzzy or not all(forms):
        yield f"“{text}” is not translated yet"
        return
    if _names(message.id) != _names(translation.string):
        yield f"“{text}” has other placeholders in French: {' | '.join(forms)}"
    for form in forms:
        if PLAIN_SPACE.search(PLACES.sub("x", form)):
            yield f"“{text}”: a no-break space is due in “{form}”"
    if text in forms and text not in same and re.search(r"[A-Za-z]{2}", PLACES.sub("", text)):
        yield f"“{text}” is the same in French; if that is right, add it to tools/same_in_french.txt"


def _text(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: Any) -> list[str]:
    """Singular and plural, or the one text there is."""
    return [form or "" for form in text] if isinstance(text, (tuple, list)) else [text or ""]


def _names(forms: Any) -> set[str]:
    """Placeholders of the last form: the singular may spell its number out."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", _forms(forms)[-1]))

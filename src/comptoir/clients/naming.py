"""What a client is called, and where it stands in a sorted list (S8, S9, S59, S74)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from comptoir.kernel.folding import folded

_NO_DIGIT: Final = re.compile(r"[^0-9]")
_MOST_DIGITS: Final = 18


class Person(Protocol):
    email: str

    @property
    def full_name(self) -> str: ...


class Named(Protocol):
    name: str
    number: str
    display_name: str
    sort_name: str
    sort_number: int


def entitle(client: Named, people: Sequence[Person]) -> None:
    """Bring everything that follows from its name, its number and its people up to date."""
    client.display_name = display_name(client.name, people)
    client.sort_name = folded(client.display_name)[:190]
    client.sort_number = digits(client.number)


def display_name(name: str, people: Sequence[Person]) -> str:
    """Its name, else that of the first person in the list, else that person's e-mail, else ""."""
    if name or not people:
        return name
    return (people[0].full_name or people[0].email)[:190]


def digits(number: str) -> int:
    """The digits of a number, by which lists sort: K-9 comes before K-10 (contract rules 7)."""
    return int(_NO_DIGIT.sub("", number)[:_MOST_DIGITS] or 0)

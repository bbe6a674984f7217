"""What a client is called (S8, S9, S59, S74). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Person(Protocol):
    email: str

    @property
    def full_name(self) -> str: ...


def display_name(name: str, people: Sequence[Person]) -> str:
    """Its name, else that of the first person in the list, else that person's e-mail, else ""."""
    if name or not people:
        return name
    return (people[0].full_name or people[0].email)[:190]

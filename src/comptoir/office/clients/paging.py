"""Turning the pages of a tab."""

from __future__ import annotations

from comptoir.office.lists.address import Address

PAGE = 50


def turns(asked: Address, got: int) -> dict[str, str]:
    """The addresses before and after; ``got`` counts one row of the next page if there is one."""
    number = asked.page
    return {
        "previous_url": asked.but(page=str(number - 1)) if number > 1 else "",
        "next_url": asked.but(page=str(number + 1)) if got > PAGE else "",
    }

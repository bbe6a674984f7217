"""The parts that a page hands to components: display-ready, translated, nothing left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "primary", "info", "success", "warning", "error", "accent"]
Method = Literal["get", "post", "delete", "dialog"]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: an entry of a kebab, a bulk bar or a page header.

    `get` is a link; `post` and `delete` act; `dialog` opens the fragment at `url` in the page's dialog
    (a link to it where there is no JavaScript). In a table, `url` holds `{id}`.
    """

    label: str
    url: str
    icon: str = ""
    method: Method = "get"
    key: str = ""
    danger: bool = False
    divided: bool = False
    new_tab: bool = False


def danger_last(actions: Sequence[Action]) -> list[Action]:
    """The same in their order, but what destroys at the end: no hand slips onto it from its neighbour."""
    return sorted(actions, key=lambda action: action.danger)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A module in the sidebar; `add_url` shows a plus on hover and focus."""

    label: str
    icon: str
    url: str
    add_url: str = ""
    add_label: str = ""
    active: bool = False
    count: str = ""
    title: str = ""
    """A heading above this entry, where a group begins."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a record, or one segment of a switch."""

    label: str
    url: str
    icon: str = ""
    active: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure of a strip; `note` below it, coloured by `tone`."""

    label: str
    value: str
    note: str = ""
    tone: Tone = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind of record of a client: click lists, the icon (a plus on hover) or a long press creates.

    A URL that answers with a dialog opens it in place: ``lists_in_dialog``, ``adds_in_dialog``.
    """

    label: str
    icon: str
    count: str
    list_url: str
    add_url: str = ""
    add_label: str = ""
    lists_in_dialog: bool = False
    adds_in_dialog: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of a list of facts; `kind` says how it reads."""

    label: str
    value: str
    kind: Literal["text", "number", "email", "phone", "web", "address", "html"] = "text"
    copy: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select or picker; `hint` is its second line, `group` its heading."""

    value: str
    label: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the command palette."""

    label: str
    url: str
    icon: str = "arrow-right"
    hint: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    title: str
    items: Sequence[Found]

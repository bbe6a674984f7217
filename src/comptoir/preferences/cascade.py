"""Which value of a setting holds: the client's, else its group's, else the company's, else the default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from . import values
from .catalogue import CATALOGUE, CLIENT, COMPANY, GROUP

DEFAULT: Final = "default"
LEVELS: Final = (CLIENT, GROUP, COMPANY)

Layers = tuple[Mapping[str, Any], ...]
"""What each level has set, sparse as stored: (client, group, company), (group, company) or (company,)."""


class Found(NamedTuple):
    value: Any
    source: str


def find(key: str, layers: Layers) -> Found:
    """The value in force as stored, and who gave it: "client", "group", "company" or "default".

    At a client or group "" and null mean "not set"; ``false`` and 0 are values (decision P4). At
    company level "" is a value for texts and terms only. Raises KeyError for an unknown setting.
    """
    setting = CATALOGUE[key]
    first = len(LEVELS) - len(layers)
    for place, stored in enumerate(layers, first):
        value = stored.get(key)
        if value is None or (value == "" and not (LEVELS[place] == COMPANY and setting.blank_counts)):
            continue
        return Found(value, LEVELS[place])
    return Found(setting.default, DEFAULT)


class Preferences:
    """The settings in force for a company, a group or a client.

    ``preferences.payment_terms`` is a str, ``.counter_padding`` an int, ``.inclusive_taxes`` a bool,
    ``.default_task_rate`` a Decimal. Nothing is merged: a setting is looked up when it is asked for,
    once. Unknown names raise AttributeError.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def __getattr__(self, key: str) -> Any:
        if key not in CATALOGUE:
            raise AttributeError(key)
        value = self[key]
        self.__dict__[key] = value
        return value

    def __getitem__(self, key: str) -> Any:
        """The value by name: ``preferences[f"{series}_number_pattern"]``. Raises KeyError."""
        setting = CATALOGUE[key]
        try:
            return values.python(setting, find(key, self._layers).value)
        except (ValueError, TypeError, OverflowError):
            return setting.default  # written before it was validated

    def found(self, key: str) -> Found:
        """The stored value and the level that gave it."""
        return find(key, self._layers)

    def source(self, key: str) -> str:
        """Who gave the value: "client", "group", "company" or "default"."""
        return find(key, self._layers).source

    @property
    def of_company(self) -> Preferences:
        """The company's alone: for what no client changes, such as the law of its country."""
        return Preferences(self._layers[-1:])

    def inherited(self, key: str) -> Found:
        """What would hold without the first level: the hint beside a form field."""
        return find(key, self._layers[1:])

"""What is known while a body is read, and every fault found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

if TYPE_CHECKING:
    from comptoir.contract.requesters import Requester


class Absent:
    """Neither a value nor null: the key was not sent, or had a fault."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


@dataclass
class Reading:
    """One body being read for ``who``; ``row`` is the record it changes, None on create."""

    who: Requester
    row: models.Model | None = None
    faults: dict[str, list[Any]] = field(default_factory=dict)

    def refuse(self, where: str, sentence: Any) -> Absent:
        """Note a fault at a dotted path and go on reading."""
        self.faults.setdefault(where, []).append(sentence)
        return ABSENT

    def fault(self, where: str, kind: str, **figures: Any) -> Absent:
        """Note one of the usual faults, in the reader's language."""
        return self.refuse(where, sentence(kind, where, **figures))

    def refuse_below(self, where: str, errors: Mapping[str, Sequence[Any]]) -> Absent:
        """Note the faults of a part at their place in the whole."""
        for path, sentences in errors.items():
            for sentence in sentences:
                self.refuse(".".join(filter(None, (where, path))), sentence)
        return ABSENT

    def settle(self) -> None:
        """Raise Refused with every fault noted so far."""
        if self.faults:
            raise Refused.many(self.faults)


def required_texts(body: Mapping[str, Any], who: Requester, *names: str) -> dict[str, str]:
    """Texts that must be there, as typed. Raises Refused with every fault at once."""
    reading = Reading(who)
    sent: dict[str, str] = {}
    for name in names:
        value = body.get(name)
        if isinstance(value, str) and value:
            sent[name] = value
        else:
            reading.fault(name, "required" if value in (None, "") else "text")
    reading.settle()
    return sent


def listed(value: Any) -> Any:
    """A list that a form wrote as ``a[0]``, ``a[1]``; anything else as it is."""
    if isinstance(value, dict) and value and all(name.isdigit() for name in value):
        return list(value.values())
    return value


def sentence(kind: str, where: str, **figures: Any) -> str:
    """What is wrong at a key: "The client id field is required."."""
    return _sentences()[kind] % {"field": where.replace("_", " "), **figures}


def _sentences() -> dict[str, str]:
    return {
        "required": _("The %(field)s field is required."),
        "unknown": _("The selected %(field)s is invalid."),
        "number": _("The %(field)s must be a number."),
        "whole": _("The %(field)s must be an integer."),
        "text": _("The %(field)s must be a string."),
        "list": _("The %(field)s must be an array."),
        "object": _("The %(field)s must be an object."),
        "flag": _("The %(field)s field must be true or false."),
        "day": _("The %(field)s is not a valid date."),
        "email": _("The %(field)s must be a valid email address."),
        "largest": _("The %(field)s may not be greater than %(most)s."),
        "smallest": _("The %(field)s may not be less than %(least)s."),
        "longest": _("The %(field)s may not be longer than %(most)s characters."),
        "many": _("The %(field)s may not have more than %(most)s items."),
        "twice": _("The %(field)s field has a duplicate value."),
    }

"""How the domain says no: a sentence that a person can act on, at the field it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Refused(Exception):
    """A change that the rules of the business do not allow; nothing was written.

    ``errors`` maps a dotted field path (``contacts.0.email``) to sentences, which may be lazy
    translations. The API answers 422 with them (contract rules 4).
    """

    def __init__(self, field: str, sentence: Any) -> None:
        super().__init__(field, sentence)
        self.errors: dict[str, list[Any]] = {field: [sentence]}

    @classmethod
    def many(cls, errors: Mapping[str, Sequence[Any]]) -> Refused:
        """Refuse several fields at once, so that a person sees every fault in one go."""
        (first, sentences), *_ = errors.items()
        refusal = cls(first, sentences[0])
        refusal.errors = {field: list(texts) for field, texts in errors.items()}
        return refusal

    @property
    def sentence(self) -> Any:
        """The first sentence, for doors that show only one."""
        return next(iter(self.errors.values()))[0]

    def __str__(self) -> str:
        return "; ".join(f"{field}: {texts[0]}" for field, texts in self.errors.items())


class WrongState(Refused):
    """The record's present state does not allow the verb, whatever is sent (API: 400)."""

    def __init__(self, sentence: Any) -> None:
        super().__init__("", sentence)


class Locked(Refused):
    """A document closed to edits by the company's rule (API: 422, ``number`` is a bare string)."""

    def __init__(self, sentence: Any) -> None:
        super().__init__("number", sentence)


class Stale(Refused):
    """Somebody else saved the record since it was read (API: 409; pages show both versions)."""

    def __init__(self, sentence: Any) -> None:
        super().__init__("", sentence)

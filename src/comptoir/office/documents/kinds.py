"""What differs between the kinds of documents on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.office.desk import Desk
from comptoir.office.links import address, page_url
from comptoir.ui.parts import Action

Operation = Callable[..., Any]


@dataclass(frozen=True)
class Verb:
    """Something done to a document: ``may(document, on)`` says whether it is offered."""

    key: str
    label: Any
    icon: str
    run: Operation
    may: Callable[[Any, date], bool]
    done: Any = ""
    danger: bool = False
    divided: bool = False
    undo: str = ""
    asks: bool = False
    """Whether a question comes first."""
    then: Callable[[Any], str] | None = None
    """The page to go on to, by what ``run`` answers; without it, the document's own."""
    also: str = ""
    """An entity that one must be allowed to create as well."""
    consequences: Callable[[Any], Sequence[Any]] = lambda document: ()
    """What goes along with it, named before it happens (decision M16)."""


@dataclass(frozen=True)
class Words:
    """How the kind is called; whole sentences, since genders differ between languages."""

    one: Any
    many: Any
    new: Any
    edit: Any
    none_yet: Any
    none_text: Any
    search: Any
    created: Any
    saved: Any
    deleted: Any
    archived: Any
    due: Any


@dataclass(frozen=True)
class Kind:
    """``key`` names its addresses ("invoices"), ``entity`` its right and its series ("invoice")."""

    key: str
    entity: str
    model: type[BillingDocument]
    icon: str
    words: Words
    create: Operation
    update: Operation
    statuses: Mapping[int, tuple[Any, str]]
    verbs: Sequence[Verb]
    filters: Sequence[tuple[str, Any]] = ()
    narrow: Callable[[Any, str, date], Any] = lambda rows, value, on: rows
    live_status: Callable[[Any, date], tuple[Any, str] | None] = lambda document, on: None
    editable: Callable[[Any, date], bool] = lambda document, on: not document.is_deleted
    """Whether it may be edited at all: the law or a setting may lock it once it is sent."""
    locked: Any = ""
    """Why not, in a sentence."""
    more_details: Callable[[Any], Sequence[Any]] = lambda document: ()
    """Facts that only this kind has."""
    own_columns: Sequence[str] = ()
    """Columns of this kind alone that its verbs ask for in lists."""
    wants_money: bool = True
    extra_actions: Callable[[Any, Any], list[Action]] = field(default=lambda desk, document: [])

    def url(self, name: str, document: BillingDocument | None = None, *more: str) -> str:
        """An address of this kind: ``url("show", invoice)``."""
        if document is not None:
            return address(f"{name}-{self.entity}", document.pk, *more)
        return page_url(f"{name}-{self.entity}")

    @property
    def list_url(self) -> str:
        return page_url(self.key)

    @property
    def contacts_url(self) -> str:
        return self.url("contacts")

    def offered(self, desk: Desk, document: Any) -> list[Verb]:
        """The verbs that this document's state and this member's rights allow."""
        if not desk.may("edit", self.entity, document):
            return []
        return [
            verb
            for verb in self.verbs
            if verb.may(document, desk.on) and (not verb.also or desk.may("create", verb.also))
        ]

    def status(self, document: Any, on: date) -> tuple[str, str]:
        """The word of its state and the badge that shows it."""
        if document.is_deleted:
            return str(self.words.deleted), "deleted"
        label, badge = self.live_status(document, on) or self.statuses[document.status_id]
        return str(label), badge


DRAFT = pgettext_lazy("status of a document", "Draft")

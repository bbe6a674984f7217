"""What differs between the kinds of documents on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
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
    makes: Callable[[Any], Sequence[str]] = lambda document: ()
    """The entities that one must be allowed to create as well, by what the document is."""
    able: Callable[[Sequence[Any]], Sequence[Any]] = lambda documents: documents
    """Those that allow it, asked besides of one or of the chosen ones together, since it costs a query."""
    wanted: Callable[[], bool] = lambda: True
    """Asked once for a list: whether there is any document that could allow it."""
    consequences: Callable[[Any], Sequence[Any]] = lambda document: ()
    """What goes along with it, named before it happens (decision M16). Asked of those that are able."""


PAID, LEFT = gettext_lazy("Paid"), pgettext_lazy("document", "Balance due")


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
    paid: Any = PAID
    left: Any = LEFT


@dataclass(frozen=True)
class Extra:
    """What a kind's form asks for in the place of a date and a due date.

    ``start(client, on)`` are the values of a new document, ``shown(document)`` those of a saved one;
    ``read(sent, faults)`` gives the fields of what was sent and puts in what is wrong.
    """

    template: str
    start: Callable[[Client | None, date], Mapping[str, Any]]
    shown: Callable[[Any], Mapping[str, Any]]
    read: Callable[[Mapping[str, Any], dict[str, list[Any]]], Mapping[str, Any]]
    choices: Callable[[Any, Any], Mapping[str, Any]]
    """What the template wants beside: ``choices(desk, draft)``."""


@dataclass(frozen=True)
class Finish:
    """The second button of the editor of a draft: save it and do the next thing at once."""

    label: Any
    icon: str
    run: Callable[[Any, Any], None]
    may: Callable[[Any], bool]


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
    own_related: Sequence[str] = ()
    """The records they stand in, where that is not the document."""
    wants_money: bool = True
    extra: Extra | None = None
    finish: Finish | None = None
    """Without one, a draft is saved and sent."""
    columns: Callable[[Any], Sequence[Any]] | None = None
    """The columns of the list after number and client; without any, those of dated documents."""
    own_filters: Callable[[Any], Sequence[Any]] | None = None
    """The filters beside status and client; without any, the period."""
    stats: Callable[[Any, date], Sequence[Any]] | None = None
    details: Callable[[Any], Sequence[Any]] | None = None
    side: str = ""
    """A template beside the picture of the document, with what ``more(desk, document)`` gives."""
    more: Callable[[Any, Any], Mapping[str, Any]] = lambda desk, document: {}
    rare_actions: Callable[[Any, Any], Sequence[Action]] = lambda desk, document: ()
    """What stands in the kebab before the verbs."""
    bulk_actions: Callable[[Any], Sequence[Action]] = lambda kind: ()
    extra_actions: Callable[[Any, Any], list[Action]] = field(default=lambda desk, document: [])

    def url(self, name: str, document: BillingDocument | None = None, *more: str) -> str:
        """An address of this kind: ``url("show", invoice)``."""
        if document is not None:
            return address(f"{name}-{self.entity}", document.pk, *more)
        return reverse(f"office:{name}-{self.entity}", args=more)

    @property
    def list_url(self) -> str:
        return page_url(self.key)

    @property
    def path(self) -> str:
        """The word of the addresses that contacts open (contract rules 21)."""
        return self.entity

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
            if verb.may(document, desk.on)
            and all(desk.may("create", entity) for entity in verb.makes(document))
        ]

    def status(self, document: Any, on: date) -> tuple[str, str]:
        """The word of its state and the badge that shows it."""
        if document.is_deleted:
            return str(self.words.deleted), "deleted"
        label, badge = self.live_status(document, on) or self.statuses[document.status_id]
        return str(label), badge


DRAFT = pgettext_lazy("status of a document", "Draft")

"""What differs between the kinds of documents on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.billing.documents import BillingDocument
from comptoir.kernel import ids
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
    narrow: Callable[[Any, str, date], Any] = lambda rows, value, on: rows  # noqa: ARG005
    live_status: Callable[[Any, date], tuple[Any, str] | None] = lambda document, on: None  # noqa: ARG005
    wants_money: bool = True
    extra_actions: Callable[[Any, Any], list[Action]] = field(default=lambda desk, document: [])  # noqa: ARG005

    def url(self, name: str, document: BillingDocument | None = None, *more: str) -> str:
        """An address of this kind: ``url("show", invoice)``."""
        args = [ids.encode(document.pk)] if document is not None else []
        return reverse(f"office:{name}-{self.entity}", args=[*args, *more])

    @property
    def list_url(self) -> str:
        return reverse(f"office:{self.key}")

    @property
    def contacts_url(self) -> str:
        return self.url("contacts")

    def status(self, document: Any, on: date) -> tuple[str, str]:
        """The word of its state and the badge that shows it."""
        if document.is_deleted:
            return str(_("Deleted")), "deleted"
        label, badge = self.live_status(document, on) or self.statuses[document.status_id]
        return str(label), badge


DRAFT = pgettext_lazy("status of a document", "Draft")
SENT = pgettext_lazy("status of a document", "Sent")

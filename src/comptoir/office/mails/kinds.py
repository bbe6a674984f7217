"""What the mails to clients are about: the right that they want, the record's page, the way to send again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.activity import kinds
from comptoir.delivery.receipts import REFUND
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.links import address


@dataclass(frozen=True)
class Kind:
    """``entity`` is the word of permissions; ``table`` has the record, None where it is the client itself.

    ``page`` and ``again`` name the addresses that show it and mail it once more; ``asks`` says that the
    latter opens a dialog.
    """

    entity: str
    label: Any
    page: str = ""
    again: str = ""
    asks: bool = True
    table: Any = None


def _about(entity: str, again: str = "", label: Any = "", *, asks: bool = True) -> Kind:
    record = kinds.named(entity)
    return Kind(entity, label or record.one, f"show-{entity}", again, asks, record.model)


KINDS: Final = {
    "invoice": _about("invoice", "mail-invoice"),
    "quote": _about("quote", "mail-quote"),
    "credit": _about("credit", "mail-credit"),
    "recurring_invoice": _about("recurring_invoice"),
    "payment": _about("payment", "receipt-payment", _("Receipt"), asks=False),
    "statement": Kind("invoice", _("Statement"), "statement-client", "statement-mail-client"),
    "portal": Kind("client", _("Client portal")),
}
"""By the kind of a MailDelivery: kinds of mails, of which most are about one record. Mails of other kinds go
to the company's own people.
"""

_OF_REFUNDS: Final = replace(KINDS["payment"], label=kinds.named("payment").one, again="")
"""The word about a refund is no receipt, and there is no new one to write of it."""


def kind_of(mail: Any) -> Kind | None:
    """How the pages treat a mail; None for those to the company's own people."""
    return _OF_REFUNDS if mail.template == REFUND else KINDS.get(mail.kind)


def seen_kinds(place: Desk) -> list[str]:
    """The kinds whose mails the member may see whosever they are."""
    return [name for name, kind in KINDS.items() if place.may("view", kind.entity)]


def join_records(mails: Collection[Any]) -> None:
    """Give each mail its ``record``, one question a kind: its number, and whose it is.

    None where it is about the client, or the record is gone.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for mail in mails:
        wanted[mail.kind].add(mail.object_id)
    found: dict[tuple[str, int], Any] = {}
    for name, keys in wanted.items():
        kind = KINDS.get(name)
        if kind is not None and kind.table:
            rows = kind.table.objects.filter(pk__in=keys)
            found |= {(name, row.pk): row for row in rows.only("number", "user", "assigned_user")}
    for mail in mails:
        mail.record = found.get((mail.kind, mail.object_id))


def label_of(mail: Any) -> tuple[str, str]:
    """What a mail is about, and where that is shown; both "" where there is nothing to show."""
    kind = kind_of(mail)
    if kind is None or not kind.page or (kind.table and mail.record is None):
        return "", ""
    number = mail.record.number if kind.table else ""
    return f"{kind.label} {number}".rstrip(), address(kind.page, mail.object_id)


def key_of(pk: int) -> str:
    """The id of a mail in addresses."""
    return ids.encode(pk)

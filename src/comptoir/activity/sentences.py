"""Activity as people read it: one sentence a row, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .facts import fact_named
from .models import Activity


class Names:
    """How records are called and where they are shown; pages know more than the activity itself."""

    def url(self, kind: str, pk: int) -> str:
        """The address of a record, or ""."""
        return ""

    def label(self, kind: str, pk: int, label: str) -> str:
        """What a record is called; ``label`` is what it was called then."""
        return label

    def amount(self, row: Activity) -> str:
        """The sum that a fact speaks of."""
        return row.notes


PLAIN: Final = Names()


@dataclass(frozen=True)
class Told:
    """``sentence`` is HTML with the names of records as links. ``fact`` and ``code`` say what happened."""

    id: int
    when: datetime
    sentence: SafeString
    who: str
    notes: str
    changes: dict[str, tuple[Any, Any]]
    fact: str
    code: int | None
    token: str
    ip: str


def told(rows: Iterable[Activity], names: Names = PLAIN) -> list[Told]:
    """The rows as sentences."""
    return [_told(row, names) for row in rows]


def _told(row: Activity, names: Names) -> Told:
    return Told(
        id=row.pk,
        when=row.created_at,
        sentence=sentence(row, names),
        who=actor_name(row),
        notes=row.notes,
        changes={name: (old, new) for name, (old, new) in row.changes.items()},
        fact=row.fact,
        code=row.code,
        token=row.token_name,
        ip=row.ip,
    )


def actor_name(row: Activity) -> str:
    """Who did it: a person, with the token that spoke for them, or the system."""
    name = row.actor_name or (_("System") if row.actor_kind == "system" else _("Somebody"))
    return f"{name} ({row.token_name})" if row.token_name else name


def sentence(row: Activity, names: Names = PLAIN) -> SafeString:
    """The fact's phrase, filled in; what a later version no longer knows is named plainly."""
    kind = fact_named(row.fact)
    phrase = kind.said(row.notes) if kind and kind.phrase else "{user}: " + row.fact
    parts: dict[str, str] = {
        "user": escape(actor_name(row)),
        "notes": escape(row.notes),
        "amount": escape(names.amount(row)),
    }
    for name, (pk, label) in row.mentions.items():
        parts[name] = _mention(name, pk, label, names)
    parts["subject"] = parts.get(row.subject_kind, "")
    return mark_safe("".join(_filled(phrase, parts)))  # noqa: S308 - every part is escaped above


def _filled(phrase: str, parts: dict[str, str]) -> Iterable[str]:
    for words, name, _spec, _conversion in Formatter().parse(phrase):
        yield escape(words)
        if name is not None:
            yield parts.get(name, _("(gone)"))


def _mention(kind: str, pk: int, label: str, names: Names) -> str:
    url = names.url(kind, pk)
    word = names.label(kind, pk, label) or pgettext("a record without a number yet", "draft")
    if not url:
        return f"<b>{escape(word)}</b>"
    return f'<a class="link" href="{escape(url)}">{escape(word)}</a>'

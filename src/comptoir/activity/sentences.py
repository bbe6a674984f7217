"""Activity as people read it: one sentence a row, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .facts import fact_named
from .models import Activity


@dataclass(frozen=True)
class Told:
    """``sentence`` is HTML with the names of records as links (``data-kind`` and ``data-id``)."""

    id: int
    when: datetime
    sentence: SafeString
    who: str
    notes: str
    changes: list[tuple[str, str, str]]
    code: int | None
    token: str
    ip: str


def told(rows: Iterable[Activity], url_of: Any = None) -> list[Told]:
    """The rows as sentences. ``url_of(kind, id)`` gives the address of a record, or ""."""
    return [_told(row, url_of or _nowhere) for row in rows]


def _nowhere(kind: str, pk: int) -> str:  # noqa: ARG001
    return ""


def _told(row: Activity, url_of: Any) -> Told:
    return Told(
        id=row.pk,
        when=row.created_at,
        sentence=sentence(row, url_of),
        who=actor_name(row),
        notes=row.notes,
        changes=[(name, _shown(old), _shown(new)) for name, (old, new) in row.changes.items()],
        code=row.code,
        token=row.token_name,
        ip=row.ip,
    )


def actor_name(row: Activity) -> str:
    """Who did it: a person, with the token that spoke for them, or the system."""
    name = row.actor_name or (_("System") if row.actor_kind == "system" else _("Somebody"))
    return f"{name} ({row.token_name})" if row.token_name else name


def sentence(row: Activity, url_of: Any = _nowhere) -> SafeString:
    """The fact's phrase, filled in; what a later version no longer knows is named plainly."""
    kind = fact_named(row.fact)
    phrase = str(kind.phrase) if kind and kind.phrase else "{user}: " + row.fact
    parts = {"user": escape(actor_name(row)), "notes": escape(row.notes), "amount": escape(row.notes)}
    for name, (pk, label) in row.mentions.items():
        parts[name] = _mention(name, pk, label, url_of)
    parts["subject"] = parts.get(row.subject_kind, "")
    return mark_safe("".join(_filled(phrase, parts)))  # noqa: S308 - every part is escaped above


def _filled(phrase: str, parts: dict[str, str]) -> Iterable[str]:
    for words, name, _spec, _conversion in Formatter().parse(phrase):
        yield escape(words)
        if name is not None:
            yield parts.get(name, _("(gone)"))


def _mention(kind: str, pk: int, label: str, url_of: Any) -> str:
    url = url_of(kind, pk)
    word = escape(label or pgettext("a record without a number yet", "draft"))
    return f'<a class="link" href="{escape(url)}">{word}</a>' if url else f"<b>{word}</b>"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)

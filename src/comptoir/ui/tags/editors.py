"""Bigger pieces: the lines of a document, its preview, the question before an act, progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from comptoir.ui.lines import LineTable
from comptoir.ui.once import word_for
from comptoir.ui.parts import FoundGroup

Shown = dict[str, Any]


def line_table(lines: LineTable) -> Shown:
    """The editable lines of a document."""
    return {"lines": lines}


def preview(url: str, form: str, title: str) -> Shown:
    """A live preview: the form of that id is posted to `url`, which answers a picture."""
    return {"url": url, "form": form, "title": title}


def confirm(
    context: Any,
    title: str,
    url: str,
    label: str,
    *,
    text: str = "",
    consequences: Sequence[str] = (),
    danger: bool = True,
    password: bool = False,
    ids: Sequence[str] = (),
    action: str = "",
    id: str = "confirm",  # noqa: A002
) -> Shown:
    """The dialog that asks before an act: what will happen, and the password where it cannot be undone."""
    shown = {name: given for name, given in locals().items() if name != "context"}
    guard = word_for(urlsplit(url).path)
    return shown | {"csrf_token": context.get("csrf_token"), "form": context.get("form"), "once": guard}


def found(groups: Sequence[FoundGroup]) -> Shown:
    """The results in the command palette."""
    return {"groups": groups}


def progress(
    done: int, total: int, text: str = "", *, url: str = "", cancel_url: str = "", finished: bool = False
) -> Shown:
    """How far a job is; asks `url` again each second until it is finished. `total` 0 is “not known yet”."""
    shown = {"done": done, "total": total, "text": text, "url": url}
    return shown | {"cancel_url": cancel_url, "finished": finished}


def skeleton(lines: int = 3) -> Shown:
    """Grey lines where a part is on its way."""
    return {"lines": range(lines)}


def faults(context: Any) -> Shown:
    """What is wrong with the whole form, and how many fields ask for a look."""
    form = context.get("form")
    errors = dict(form.errors) if form else {}
    return {"whole": errors.pop("", ()), "count": len(errors)}

"""What happens to attached files. It is told about the record that carries them.

``notes`` are the names of the files. A client's own files count as a change of the client, so that
the wire has a code and a webhook for it (decision A2).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact, kind_of


class FilesAttached(Fact):
    phrase = _("{user} attached {notes}")


class FilesChanged(Fact):
    """Their name, who may see them, whether they are archived: ``changes`` says what."""

    phrase = _("{user} changed {notes}")


class FilesDeleted(Fact):
    phrase = _("{user} deleted {notes}")


class ClientFilesAttached(FilesAttached):
    code, event = 61, 10
    phrase = _("{user} attached {notes} to client {client}")


class ClientFilesChanged(FilesChanged):
    code, event = 61, 10
    phrase = _("{user} changed {notes} of client {client}")


class ClientFilesDeleted(FilesDeleted):
    code, event = 61, 10
    phrase = _("{user} deleted {notes} of client {client}")


_OF_A_CLIENT: dict[type[Fact], type[Fact]] = {
    FilesAttached: ClientFilesAttached,
    FilesChanged: ClientFilesChanged,
    FilesDeleted: ClientFilesDeleted,
}


def about(owner: models.Model, kind: type[Fact], names: list[str], *, by: Actor, **more: Any) -> Fact:
    """The fact in its form for this owner."""
    form = _OF_A_CLIENT[kind] if kind_of(owner) == "client" else kind
    return form(owner, actor=by, notes=", ".join(names), **more)

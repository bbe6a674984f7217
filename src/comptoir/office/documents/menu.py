"""What can be done to a document: the button that comes next, and the kebab."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comptoir.office.assigning.entries import assign_actions
from comptoir.office.desk import Desk
from comptoir.office.documents.copying import copy_actions
from comptoir.office.documents.kinds import Kind
from comptoir.office.runs import run_action
from comptoir.ui.parts import Action


def main_action(kind: Kind, desk: Desk, document: Any) -> Action | None:
    """The next thing one would do."""
    extra = _extra(kind, desk, document)
    return extra[0] if extra else None


def kebab(kind: Kind, desk: Desk, document: Any) -> list[Action]:
    """Everything else, the same on all tabs."""
    pdf = kind.url("pdf", document)
    acts = [
        *_extra(kind, desk, document)[1:],
        Action(_("View PDF"), pdf, "file-type-pdf", new_tab=True),
        Action(_("Download PDF"), f"{pdf}?download", "file-download"),
    ]
    if desk.may("edit", kind.entity, document):
        acts.append(Action(_("Add a comment"), kind.url("comment", document), "message-2", "dialog"))
        acts += assign_actions(desk, kind.entity, document) if kind.editable(document, desk.on) else []
    acts += kind.rare_actions(desk, document)
    if not document.is_deleted:
        acts.append(run_action(kind.entity, document.pk))
    acts += copy_actions(kind, desk, document)
    return acts + [
        _verb(kind, document, verb) for verb in kind.offered(desk, document) if verb.able([document])
    ]


def _extra(kind: Kind, desk: Desk, document: Any) -> list[Action]:
    found = kind.extra_actions(desk, document)
    return found if desk.may_send_email else [each for each in found if each.icon != "send"]


def _verb(kind: Kind, document: Any, verb: Any) -> Action:
    return Action(
        str(verb.label),
        kind.url("act", document, verb.key),
        verb.icon,
        "dialog" if verb.asks else "post",
        danger=verb.danger,
        divided=verb.divided,
    )

"""Many documents at once: one archive, one PDF to print, or an e-mail for each."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.papers.bundling import begin_bundle
from comptoir.delivery.papers.keeping import are_kept
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.links import address
from comptoir.office.pages import came_from
from comptoir.ui import toasts
from comptoir.ui.parts import Action

FORMS: Final = {"zip": "zip", "print": "pdf"}
NAMES: Final = ("email", *FORMS)


def offers(kind: Kind, name: str) -> bool:
    """Whether ``name`` is one of these, for a kind that is printed for its client."""
    return name in NAMES and are_kept(kind.entity)


def actions(kind: Kind, desk: Desk) -> list[Action]:
    """What the bar of ticked rows offers."""
    if not are_kept(kind.entity):
        return []
    email = [Action(_("Send by e-mail"), "", "send", "post", key="email")] if desk.may_send_email else []
    return [
        *email,
        Action(_("Download"), "", "file-download", "post", key="zip"),
        Action(_("Print"), "", "printer", "post", key="print"),
    ]


def keys(kind: Kind, desk: Desk, document: Any, *, may_edit: bool) -> list[str]:
    """Those that one row allows."""
    if not are_kept(kind.entity):
        return []
    mailed = may_edit and desk.may_send_email and not document.is_deleted
    return [*FORMS, *(["email"] if mailed else [])]


def run(desk: Desk, kind: Kind, name: str, rows: Any) -> HttpResponse:
    """Do it to those that this member may see, or edit when it is an e-mail."""
    found = []
    for document in rows:
        document.company = document.client.company = desk.company
        if name in keys(kind, desk, document, may_edit=desk.may("edit", kind.entity, document)):
            found.append(document)
    found = [each for each in found if desk.may("view", kind.entity, each)]
    if not found:
        return redirect(came_from(desk, kind.list_url))
    if name in FORMS:
        return redirect(address("bundle", begin_bundle(found, FORMS[name], by=desk.actor).pk))
    done = sum(
        attempt(desk, lambda row=each: email_document(row, by=desk.actor, on=desk.on))  # type: ignore[misc]
        for each in found
    )
    if done:
        said = ngettext("%(n)s document is on its way.", "%(n)s documents are on their way.", done)
        toasts.add(desk.request, said % {"n": done})
    return redirect(came_from(desk, kind.list_url))

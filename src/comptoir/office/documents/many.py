"""Many documents at once: one archive, one PDF to print, or an e-mail for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.papers.bundling import begin_bundle
from comptoir.delivery.papers.keeping import are_kept
from comptoir.delivery.papers.planning import plan_sending
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.documents import mailing
from comptoir.office.documents.kinds import Kind
from comptoir.office.links import address
from comptoir.office.pages import came_from, go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Action
from comptoir.ui.tags.figures import day

EMAIL: Final = "email"
FORMS: Final = {"zip": "zip", "print": "pdf"}
NAMES: Final = (EMAIL, *FORMS)


def offers(kind: Kind, name: str) -> bool:
    """Whether ``name`` is one of these, for a kind that is printed for its client."""
    return name in NAMES and are_kept(kind.entity)


def actions(kind: Kind, desk: Desk) -> list[Action]:
    """What the bar of ticked rows offers."""
    if not are_kept(kind.entity):
        return []
    asked = kind.url("ask-many", None, EMAIL)
    email = Action(_("Send by e-mail"), asked, "send", "dialog", key=EMAIL)
    return [
        *([email] if desk.may_send_email else []),
        Action(_("Download"), "", "file-download", "post", key="zip"),
        Action(_("Print"), "", "printer", "post", key="print"),
    ]


def keys(kind: Kind, desk: Desk, document: Any, *, may_edit: bool) -> list[str]:
    """Those that one row allows."""
    if not are_kept(kind.entity):
        return []
    mailed = may_edit and desk.may_send_email and not document.is_deleted
    return [*FORMS, *([EMAIL] if mailed else [])]


def usual(kind: Kind) -> str:
    """The template that a kind is mailed with unless another is chosen."""
    return mailing.CHOICES[kind.entity][0]


def ask(desk: Desk, kind: Kind, keys: Sequence[str], form: Form, *, status: int = 200) -> HttpResponse:
    """With which words, and when."""
    context = {
        "form": form,
        "ids": keys,
        "url": kind.url("bulk"),
        "action": EMAIL,
        "templates": [(name, mailing.LABELS[name]) for name in mailing.CHOICES[kind.entity]],
    }
    return part(desk, "documents/mail_many.html", context, status=status)


def run(desk: Desk, kind: Kind, name: str, rows: Any) -> HttpResponse:
    """Do it to those that this member may see, or edit when it is an e-mail."""
    found = []
    for document in rows:
        document.company = document.client.company = desk.company
        if name in keys(kind, desk, document, may_edit=desk.may("edit", kind.entity, document)):
            found.append(document)
    found = [each for each in found if desk.may("view", kind.entity, each)]
    if name == EMAIL:
        return _mail(desk, kind, found)
    if not found:
        return redirect(came_from(desk, kind.list_url))
    return redirect(address("bundle", begin_bundle(found, FORMS[name], by=desk.actor).pk))


def _mail(desk: Desk, kind: Kind, found: Sequence[Any]) -> HttpResponse:
    """Each leaves now, or on the day that was said; those that cannot leave say why."""
    sent = desk.request.POST
    template = sent.get("template", "")
    template = template if template in mailing.CHOICES[kind.entity] else usual(kind)
    try:
        on = mailing.day_of(sent.get("day", ""), desk.on)
    except Refused as refused:
        return ask(desk, kind, sent.getlist("ids"), Form(dict(sent.items()), refused.errors), status=422)

    def leave(document: Any) -> None:
        if on is None:
            email_document(document, by=desk.actor, on=desk.on, email_type=template)
        else:
            plan_sending(document, on, by=desk.actor, on=desk.on, template=template)

    done = sum(attempt(desk, lambda row=each: leave(row)) for each in found)  # type: ignore[misc]
    if done and on is None:
        said = ngettext("%(n)s document is on its way.", "%(n)s documents are on their way.", done)
        toasts.add(desk.request, said % {"n": done})
    elif done:
        said = ngettext(
            "%(n)s document leaves by e-mail on %(day)s.", "%(n)s documents leave by e-mail on %(day)s.", done
        )
        toasts.add(desk.request, said % {"n": done, "day": day(on)})
    return go_to(desk, came_from(desk, kind.list_url))

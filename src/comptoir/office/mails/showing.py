"""The page of one mail: the message as it was sent, what went with it, what became of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import send_again
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.mailing import POLICY
from comptoir.office.links import address, page_url
from comptoir.office.mails.attached import attached
from comptoir.office.mails.kinds import KINDS, join_records, kind_of, label_of
from comptoir.office.mails.reading import mail_named
from comptoir.office.mails.rights import may, may_read, may_send_again
from comptoir.office.mails.words import raw_of, reason_of, state_of
from comptoir.office.pages import page
from comptoir.ui import toasts
from comptoir.ui.parts import Action, Crumb, Detail
from comptoir.ui.tags.figures import moment


@require_GET
@desk()
def show(place: Desk, key: str) -> HttpResponse:
    """The page."""
    mail, client = find(place, key)
    word, status = state_of(mail)
    reads = may_read(place, mail, client)
    context = {
        "mail": mail,
        "crumbs": [
            Crumb(_("Clients"), page_url("clients")),
            Crumb(named(client), client_url(client)),
            Crumb(_("E-mails"), client_url(client, "tab", "emails")),
        ],
        "word": word,
        "status": status,
        "reason": reason_of(mail),
        "raw": raw_of(mail),
        "body_url": address("mail-body", mail.pk) if reads and mail.html else "",
        "silence": "" if reads and mail.html else _silence(mail),
        "details": _details(mail),
        "attachments": attached(mail) if reads else [],
        "again": _again(place, mail, client),
    }
    return page(place, "mails/show.html", context, module="clients")


def find(place: Desk, key: str) -> tuple[Any, Client]:
    """The mail and its client: 404 where there is none, 403 without the right to what it is about."""
    pk = ids.decode(key)
    mail = mail_named(pk) if pk is not None else None
    if mail is None or mail.kind not in KINDS:
        raise Http404
    join_records([mail])
    client = Client.objects.select_related("group").filter(pk=mail.client_id).first()
    if client is None or not may(place, "view", mail, client):
        raise PermissionDenied
    client.company = place.company
    return mail, client


def _silence(mail: Any) -> str:
    """Why the text is not shown."""
    if mail.secret:
        return _("This message held a key of the recipient: its text is not kept.")
    return _("The text holds the recipient’s own link: who may change the record reads it.")


def _details(mail: Any) -> list[Detail]:
    label, url = label_of(mail)
    found = [
        Detail(_("About"), label, url=url),
        Detail(pgettext("e-mail", "From"), mail.sender.replace('"', "")),
        Detail(_("To"), f"{mail.recipient_name} <{mail.recipient}>".strip()),
        Detail(_("In copy"), ", ".join(mail.cc)),
        Detail(_("Hidden copy"), ", ".join(mail.bcc)),
        Detail(_("Answers go to"), mail.reply_to),
        Detail(_("Written"), moment(mail.created_at)),
        Detail(pgettext("e-mail", "Left"), moment(mail.sent_at) if mail.sent_at else ""),
        Detail(_("Document opened"), moment(mail.viewed_at) if mail.viewed_at else ""),
        Detail(_("Tries"), str(mail.attempts) if mail.attempts > 1 else ""),
        Detail(_("Message number"), mail.message_id, copy=True),
    ]  # fmt: skip
    return [detail for detail in found if detail.value]


def _again(place: Desk, mail: Any, client: Client) -> Action | None:
    """This very message once more where it did not arrive, else a new one about the same record."""
    if may_send_again(place, mail, client):
        return Action(_("Send again"), address("mail-again", mail.pk), "send", "post")
    kind = kind_of(mail)
    if (
        kind is None
        or not kind.again
        or client.is_deleted
        or not place.may_send_email
        or not may(place, "edit", mail, client)
    ):
        return None
    method: Any = "dialog" if kind.asks else "post"
    return Action(_("Send again"), address(kind.again, mail.object_id), "send", method)


@xframe_options_sameorigin
@require_GET
@desk()
def body(place: Desk, key: str) -> HttpResponse:
    """The message in its frame, where nothing in it acts."""
    mail, client = find(place, key)
    if not may_read(place, mail, client) or not mail.html:
        raise Http404
    response = HttpResponse(mail.html)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@require_POST
@desk()
def again(place: Desk, key: str) -> HttpResponse:
    """Try the address once more with the very same message."""
    mail, client = find(place, key)
    if not place.may_send_email or not may(place, "edit", mail, client):
        raise PermissionDenied
    if attempt(place, lambda: send_again(MailDelivery.objects.get(pk=mail.pk))):
        toasts.add(place.request, _("The e-mail is on its way once more."))
    return redirect("office:mail", key)

"""Send a statement: who gets it, then off it goes."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.insight.statements import email_statement
from comptoir.insight.statements.sending import receivers_of
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.office.statements.asking import answers, query_of, wish_of
from comptoir.office.statements.finding import address, find
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def mail(desk: Desk, key: str) -> HttpResponse:
    """Show who receives it; POST sends it, once for each time the dialog was opened."""
    client = find(desk, key, "edit")
    desk.need_email()
    if desk.request.method == "GET":
        return _dialog(desk, client, Form({"once": secrets.token_hex(8)}))
    sent = desk.request.POST
    try:
        wish = wish_of(answers(desk.request.GET, desk.on))
        once = sent.get("once", "")[:32]
        email_statement(client, wish, by=desk.actor, on=desk.on, occurrence=f"office-{once}" if once else "")
    except Refused as refused:
        return _dialog(desk, client, Form(dict(sent.items()), {"": [refused.sentence]}), status=422)
    toasts.add(desk.request, _("On its way by e-mail."))
    return go_to(desk, f"{address(client)}?{query_of(answers(desk.request.GET, desk.on))}")


def _dialog(desk: Desk, client: Client, form: Form, *, status: int = 200) -> HttpResponse:
    try:
        people, trouble = receivers_of(client).people, ""
    except Refused as refused:
        people, trouble = [], str(refused.sentence)
    context = {"form": form, "people": people, "trouble": trouble, "url": desk.request.get_full_path()}
    context["once"] = form.value("once") or ""
    return part(desk, "statements/mail.html", context, status=status)

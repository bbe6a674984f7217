"""The statement of a client's account (contract rules 23)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.resources.printing import pdf
from comptoir.clients.models import Client
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import Day, Flag, Key
from comptoir.contract.idempotency import key_of, once
from comptoir.contract.reading import Reading
from comptoir.designs.looks import BUILT_IN
from comptoir.insight.statements import Wish, email_statement, file_name, pdf_of
from comptoir.insight.statements.figures import CHOICES

FORMS: Final = {
    "client_id": Key(to=Client, required=True).free("client_id"),
    "start_date": Day(required=True).free("start_date"),
    "end_date": Day(required=True).free("end_date"),
    "template": Key().free("template"),
}
FLAGS: Final = {
    "show_payments_table": "payments",
    "show_credits_table": "credits",
    "show_aging_table": "aging",
    "show_opening_balance": "opening",
}


class ClientStatement(Endpoints):
    path, entity = "client_statement", "client"

    @route("POST", "/client_statement", verb="view")
    def statement(call: Call) -> HttpResponse:
        """The statement of a client as a PDF; ``?send_email=true`` mails it to the client's contacts.

        ``show_opening_balance`` is ours: the whole account from its opening to its closing.
        """
        client, wish = _read(call)
        if call.asked("send_email") in (True, "true"):
            call.need("send", client)
            return once(call, lambda: lambda: _mail(call, client, wish))
        call.need("view", client)
        return pdf(pdf_of(client, wish, on=call.who.today), file_name(client, wish))


def _mail(call: Call, client: Client, wish: Wish) -> HttpResponse:
    key = key_of(call)
    occurrence = f"api-{call.who.actor.token_id}-{key}"[:64] if key and len(key) <= 48 else ""
    email_statement(client, wish, by=call.who.actor, on=call.who.today, occurrence=occurrence)
    return answers.message(_("The statement is on its way by e-mail."))


def _read(call: Call) -> tuple[Client, Wish]:
    """Raises Refused with every fault at its key."""
    reading = Reading(call.who)
    said = {name: form.take(call.body.get(name), name, reading) for name, form in FORMS.items()}
    flags = {ours: _flag(call, name, reading) for name, ours in FLAGS.items()}
    status: Any = call.body.get("status") or "all"
    if status not in CHOICES:
        reading.fault("status", "unknown")
    if call.body.get("template") and said["template"] not in BUILT_IN:
        reading.fault("template", "unknown")
    reading.settle()
    wish = Wish(said["start_date"], said["end_date"], status, design=said["template"], **flags)
    return said["client_id"], wish


def _flag(call: Call, name: str, reading: Reading) -> Any:
    return Flag().free(name).take(call.body.get(name), name, reading)

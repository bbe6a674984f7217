"""Mail a record, and what became of the mails about it (contract rules 22, apps.md 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.resources.records import record_named, resource_named
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.contract import answers, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import Text
from comptoir.contract.fields.keys import read_key
from comptoir.contract.idempotency import once
from comptoir.contract.reading import Reading
from comptoir.delivery import receipts
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.mail.addresses import addresses
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import send_again, write_again
from comptoir.delivery.mail.texts import template_named
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment

MOST_COPIES: Final = 4
MOST_LISTED: Final = 200

State, Arrival = MailDelivery.State, MailDelivery.Arrival
_EVENTS: Final = {
    State.QUEUED: "queued",
    State.WAITING: "queued",
    State.SENDING: "sending",
    State.SENT: "delivered",
    State.FAILED: "bounced",
    State.UNKNOWN: "unknown",
}
_RETURNED: Final = (State.FAILED, State.UNKNOWN)
"""Mails that ``reactivate_email`` sends once more; the wire calls their id a bounce."""


class Emails(Endpoints):
    path, entity = "emails", "invoice"

    @route("POST", "/emails")
    def send(call: Call) -> HttpResponse:
        """Mail a document, or the receipt of a payment, to the contacts it is for; shows the record."""
        record = record_named(call)
        resource = resource_named(call, call.body.get("entity"))
        assert resource is not None  # the record was found by it
        call.need("send", record, resource.entity)
        if not isinstance(record, BillingDocument | Payment):
            raise problems.not_found()

        def prepare() -> Callable[[], HttpResponse]:
            words = _words(call)
            return lambda: _mail(call, record, resource, words)

        return once(call, prepare)

    @route("POST", "entityHistory")
    def of_record(call: Call) -> HttpResponse:
        """The mails about one record, the newest first; an array without envelope."""
        record = record_named(call)
        resource = resource_named(call, call.body.get("entity"))
        found = MailDelivery.objects.filter(kind=resource.entity, object_id=record.pk)  # type: ignore[union-attr]
        return answers.json(_listed(found.order_by("-created_at", "-pk")))

    @route("POST", "clientHistory/{id}")
    def of_client(call: Call) -> HttpResponse:
        """The mails to a client's contacts, the newest first; an array without envelope."""
        key = read_key(call.params["id"])
        client = Client.objects.filter(pk=key).first() if key is not None else None
        if client is None:
            raise problems.not_found()
        call.need("view", client, "client")
        return answers.json(_listed(MailDelivery.objects.filter(client=client).order_by("-pk")))

    @route("POST", "/reactivate_email/{id}")
    def reactivate(call: Call) -> HttpResponse:
        """Try an address again that a mail came back from: that mail leaves once more, reminders do again."""
        key = read_key(call.params["id"])
        row = MailDelivery.objects.filter(pk=key).first() if key is not None else None
        if row is None:
            raise problems.not_found()
        client = Client.objects.filter(pk=row.client_id).first()
        call.need("edit", client, "client")
        if row.arrival == Arrival.SPAM:
            write_again(row.recipient, client_id=row.client_id, by=call.who.actor)
            return call.message(_("Reminders go to this address again."))
        send_again(row)
        return call.message(_("The mail is on its way once more."))


def _words(call: Call) -> dict[str, Any]:
    """Template, subject, body and copies. Raises Refused with every fault at its key."""
    reading = Reading(call.who)
    form = Text()
    said = {
        name: form.free(name).take(call.body.get(name) or "", name, reading)
        for name in ("template", "subject", "body", "cc_email")
    }
    if said["template"] and template_named(str(said["template"])) is None:
        reading.fault("template", "unknown")
    copies: list[str] = []
    try:
        copies = addresses(str(said.pop("cc_email") or ""), "cc_email")
    except Refused as refused:
        reading.refuse_below("", refused.errors)
    if len(copies) > MOST_COPIES:
        reading.refuse("cc_email", _("A mail goes to four copies at most."))
    reading.settle()
    return {"email_type": said["template"], "subject": said["subject"], "body": said["body"], "cc": copies}


def _mail(call: Call, record: Any, resource: Any, words: dict[str, Any]) -> HttpResponse:
    by, on = call.who.actor, call.who.today
    if isinstance(record, Payment):
        receipts.email_receipt(record, by=by, on=on)
    else:
        email_document(record, by=by, on=on, **words)
    return call.one(record.pk, resource)


def _listed(found: Iterable[MailDelivery]) -> list[dict[str, Any]]:
    rows = found[:MOST_LISTED]  # type: ignore[index]
    return [
        {
            "entity": row.kind,
            "entity_id": ids.encode(row.object_id),
            "subject": row.subject,
            "recipients": ", ".join([row.recipient, *row.cc]),
            "events": [
                {
                    "bounce_id": ids.encode(row.pk) if _came_back(row) else "",
                    "recipient": row.recipient,
                    "status": "spam" if row.arrival == Arrival.SPAM else _EVENTS[State(row.state)],
                    "delivery_message": row.error,
                    "server": "",
                    "server_ip": "",
                    "date": (row.sent_at or row.updated_at).isoformat(timespec="seconds"),
                }
            ],
        }
        for row in rows
    ]


def _came_back(row: MailDelivery) -> bool:
    return row.arrival == Arrival.SPAM or (row.state in _RETURNED and bool(row.text))

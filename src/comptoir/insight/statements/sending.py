"""Mail a statement to the contacts who receive documents."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy

from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact
from comptoir.activity.operations import operation, tell
from comptoir.activity.shelving import refuse_deleted
from comptoir.clients.models import Client, Contact
from comptoir.clients.receiving import Mail, Receivers, receivers, unsubscribe_url
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.mail.texts import wording
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values

from .books import statement_of
from .composing import letterhead
from .figures import Statement, Wish
from .printing import file_name, pdf_of

KIND = "statement"


@dataclass(frozen=True)
class StatementEmailed(Fact):
    """Contract rules 17."""

    code = 140
    phrase = gettext_lazy("{user} e-mailed client {client} a statement of account")
    subject: Client


def email_statement(client: Client, wish: Wish, *, by: Actor, on: date, occurrence: str = "") -> Client:
    """Queue one mail for each contact who receives documents.

    ``occurrence`` (at most 64 characters) makes the sending unique: asked for again, nothing leaves
    and nothing is told. Raises Refused at ``contacts`` when nobody has an address, WrongState for a
    deleted client.
    """
    if occurrence and _has_left(client, occurrence):
        return client
    return _send(client, wish, by=by, on=on, occurrence=occurrence or secrets.token_hex(8))


def receivers_of(client: Client) -> Receivers:
    """Whom it would go to. Raises Refused at ``contacts`` when that is nobody."""
    return receivers(Contact.objects.filter(client=client).receiving(), Mail.STATEMENTS)


@attachment("statement_pdf")
def statement_pdf(object_id: int, *, wish: dict[str, object], on: str) -> Attachment | None:
    """The PDF with the days that were asked for, its figures of when the mail leaves."""
    client = Client.objects.select_related("group").filter(pk=object_id, deleted_at=None).first()
    if client is None:
        return None
    asked = Wish.read(wish)
    content = pdf_of(client, asked, on=date.fromisoformat(on))
    return Attachment(file_name(client, asked), content, "application/pdf")


def _has_left(client: Client, occurrence: str) -> bool:
    found = MailDelivery.objects.filter(kind=KIND, object_id=client.pk, occurrence=occurrence)
    return bool(found.exists())


@operation
def _send(client: Client, wish: Wish, *, by: Actor, on: date, occurrence: str) -> Client:
    refuse_deleted(client)
    found = receivers_of(client)
    statement = statement_of(client, wish, on=on)
    for place, contact in enumerate(found.people):
        _queue(client, statement, contact, on, occurrence, () if place else found.copies)
    tell(StatementEmailed(client, actor=by, refs={"contact": found.people[0]}))
    return client


def _queue(
    client: Client, statement: Statement, contact: Contact, on: date, occurrence: str, cc: Sequence[str]
) -> None:
    preferences, wish = client.preferences, statement.wish
    facts = letterhead(client, statement, contact)
    reader = facts.reader
    with translation.override(reader.language):
        values = document_values(facts, Labels(facts.translations)) | {
            "start_date": reader.day(wish.start),
            "end_date": reader.day(wish.end),
            "statement_date": reader.day(statement.as_of),
            "client.balance": reader.money(statement.due),
            "balance": reader.money(statement.due),
        }
    for link in ("view_link", "payment_link"):
        values.pop(link, None)
    ours = wording(preferences, KIND, reader.locale)
    queue_mail(
        kind=KIND,
        object_id=client.pk,
        client_id=client.pk,
        recipient=contact.email,
        recipient_name=contact.full_name,
        locale=reader.locale,
        subject=ours.subject,
        body=ours.body,
        values=values,
        attachments=[
            AttachmentRef("statement_pdf", client.pk, {"wish": wish.stored(), "on": on.isoformat()})
        ],
        occurrence=occurrence,
        company=client.company,
        settings=preferences,
        cc=cc,
        template=KIND,
        unsubscribe=unsubscribe_url(contact),
    )

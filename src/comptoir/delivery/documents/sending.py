"""Mail a document to the contacts it is for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.models import Job
from comptoir.activity.operations import operation, tell
from comptoir.activity.outbox import queue
from comptoir.activity.shelving import refuse_deleted
from comptoir.billing.documents import BillingDocument, Invitation
from comptoir.clients.receiving import Mail, receivers, unsubscribe_url
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.kinds import kind_of
from comptoir.delivery.mail.attachments import AttachmentRef
from comptoir.delivery.mail.dead import dead
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.mail.texts import template_named, wording
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.files.models import File
from comptoir.kernel.refused import Refused
from comptoir.people.models import User
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company_id

TEMPLATES: Final = {"recurring_invoice": "invoice"}
"""Kinds without words of their own."""


ROOM: Final = 15 * 1024 * 1024
"""Bytes of files beside the PDF of a mail."""

MAIL_ZIP: Final = "delivery.mail_zip"
SECOND_CLICK: Final = timedelta(seconds=10)


@operation
def email_document(
    document: BillingDocument,
    *,
    by: Actor,
    on: date,
    email_type: str = "",
    subject: str = "",
    body: str = "",
    cc: Sequence[str] = (),
    occurrence: str = "",
) -> BillingDocument:
    """Queue one mail for each invited contact; a draft is issued first (contract rules 22).

    ``email_type`` names the template (the document's own by default); ``subject`` and ``body`` replace
    its words. ``occurrence`` makes the sending unique: the same one never goes out twice. Raises
    Refused at ``contacts`` when nobody has an address, or at ``template``.
    """
    sendable = kind_of(document)
    template = template_named(email_type or TEMPLATES.get(document.kind.entity, document.kind.entity))
    if template is None:
        raise Refused("template", _("There is no such e-mail template."))
    refuse_deleted(document)
    invitations, copies = reachable(document, mail_of(template), by_the_clock=bool(occurrence))
    if document.status_id == 1:
        sendable.issue(document, by=by, on=on)
    lock(document)
    document.last_sent_date = on
    changed = ["last_sent_date", "updated_at"]
    if sendable.call and template == document.kind.entity and sendable.call(document, on):
        changed += ["instalments", "partial", "partial_due_date", "due_date"]
    document.save(update_fields=changed)
    once = occurrence or secrets.token_hex(8)
    for place, invitation in enumerate(invitations):
        _queue(document, invitation, template, subject, body, () if place else (*cc, *copies), once)
    if template in sendable.reminded and sendable.remember and not occurrence:
        sendable.remember(document, stage_of(template), on, by=by)
    emailed = sendable.reminded.get(template, sendable.emailed)
    tell(*(emailed(document, actor=by, refs={"contact": one.contact}) for one in invitations))
    return document


def stage_of(template: str) -> str:
    """The stage of a reminder by its template: "1" of reminder1, "endless" of reminder_endless."""
    return template.removeprefix("quote_").removeprefix("reminder").lstrip("_")


def mail_of(template: str) -> Mail:
    """What a contact who leaves this e-mail has left."""
    return Mail.REMINDERS if "reminder" in template else Mail.DOCUMENTS


def reachable(
    document: BillingDocument, mail: Mail = Mail.DOCUMENTS, *, by_the_clock: bool = False
) -> tuple[list[Invitation], list[str]]:
    """The invitations that get a mail of their own, and the addresses of those who get a copy of the first.

    Reminders ``by_the_clock`` pass over addresses that mails came back from (``mail/dead.py``). Raises
    Refused at ``contacts`` when nobody is left.
    """
    live = document.invitations.live().select_related("contact").order_by("pk")  # type: ignore[attr-defined]
    invited = {one.contact_id: one for one in live}
    contacts = [one.contact for one in invited.values()]
    passed_over = by_the_clock and mail is Mail.REMINDERS
    found = receivers(contacts, mail, dead(one.email for one in contacts) if passed_over else ())
    return [invited[one.pk] for one in found.people], found.copies


def _queue(
    document: BillingDocument,
    invitation: Invitation,
    template: str,
    subject: str,
    body: str,
    cc: Sequence[str],
    occurrence: str,
) -> None:
    preferences = document.client.preferences
    facts = facts_of(document, invitation.contact)
    ours = wording(preferences, template, facts.reader.locale)
    with translation.override(facts.reader.language):
        values = document_values(facts, Labels(facts.translations))
    kind = document.kind.entity
    attached = [AttachmentRef("document_pdf", document.pk, {"kind": kind, "contact": invitation.contact_id})]
    queue_mail(
        kind=kind,
        object_id=document.pk,
        client_id=document.client_id,
        recipient=invitation.contact.email,
        recipient_name=invitation.contact.full_name,
        locale=facts.reader.locale,
        subject=subject or ours.subject,
        body=body or ours.body,
        values=values,
        attachments=[*(attached if preferences.pdf_email_attachment else []), *_files(document)],
        occurrence=occurrence,
        company=document.company,
        settings=preferences,
        cc=cc,
        template=template,
        unsubscribe=unsubscribe_url(invitation.contact),
    )
    type(invitation).objects.filter(pk=invitation.pk).update(
        sent_at=timezone.now(), email_status="", email_error=""
    )


def _files(document: BillingDocument) -> list[AttachmentRef]:
    """Public files of the document, then those for every client, where the setting sends them along (S33).

    What has no room beside the PDF waits in the portal: servers refuse larger mails.
    """
    client = document.client
    if not client.preferences.document_email_attachment:
        return []
    public = File.objects.active().public()
    shared = public.shared(client.company_id, client.group_id)
    room, found = ROOM, []
    for file in (*public.of(document).order_by("pk"), *shared.order_by("pk")):
        if file.size <= room:
            room -= file.size
            found.append(AttachmentRef("file", file.pk))
    return found


def mail_zip(documents: Sequence[BillingDocument], *, by: Actor, on: date) -> None:
    """Leave it to the worker to print them all and mail a ZIP to the person who asked.

    Each asking is one mail; a second click, while the first waits or within a moment, is the same asking.
    """
    if not documents or by.user_id is None:
        return
    said = {"kind": documents[0].kind.entity, "ids": [one.pk for one in documents], "user": by.user_id}
    with transaction.atomic():
        lock(User(pk=by.user_id))
        waiting = Q(state__in=(Job.State.QUEUED, Job.State.RUNNING))
        recent = Q(created_at__gt=timezone.now() - SECOND_CLICK)
        jobs = Job.objects.filter(waiting | recent, company_id=current_company_id(), name=MAIL_ZIP)
        if not any(said.items() <= job.args.items() for job in jobs):
            queue(MAIL_ZIP, {**said, "asking": secrets.token_hex(8)})

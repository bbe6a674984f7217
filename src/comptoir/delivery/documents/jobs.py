"""What the worker does for documents: attachments made when a mail leaves, ZIPs, outcomes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.activity.operations import operation, tell
from comptoir.clients.models import Contact
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.printing import file_name, pdf_of
from comptoir.delivery.documents.sending import MAIL_ZIP
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.mail.outcomes import outcome
from comptoir.delivery.papers.keeping import are_kept, keep
from comptoir.delivery.papers.models import Occasion
from comptoir.files.models import File
from comptoir.files.shelves import storage
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.sales.invoices.facts import InvoiceEmailFailed
from comptoir.tenancy.scope import current_company


@attachment("document_pdf")
def document_pdf(object_id: int, *, kind: str, contact: int) -> Attachment | None:
    """The PDF as it is when the mail leaves; it is kept."""
    document = KINDS[kind].model.objects.filter(pk=object_id, deleted_at=None).first()
    if document is None:
        return None
    person = Contact.objects.filter(pk=contact).first()
    content = pdf_of(document, person)
    if are_kept(kind):
        keep(document, content, Occasion.MAILED)
    return Attachment(file_name(document), content, "application/pdf")


@attachment("file")
def attached_file(object_id: int) -> Attachment | None:
    """A file of the document, unless it was deleted or hidden since."""
    file = File.objects.active().public().filter(pk=object_id).first()
    if file is None:
        return None
    with storage().open(file.path) as content:
        return Attachment(file.name, content.read(), file.content_type)


@attachment("documents_zip")
def documents_zip(object_id: int, *, kind: str, ids: list[int]) -> Attachment:
    """The PDFs of several documents in one archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for document in KINDS[kind].model.objects.filter(pk__in=ids).order_by("pk"):
            bundle.writestr(file_name(document), pdf_of(document))
    return Attachment(f"{kind}s.zip", archive.getvalue(), "application/zip")


@job(MAIL_ZIP)
def mail_documents(*, kind: str, ids: list[int], user: int, asking: str) -> None:
    """Mail the archive to the member of staff who asked for it, once for each ``asking``."""
    person = User.objects.get(pk=user)
    company = current_company()
    preferences = Preferences((company.settings,))
    spoken = spoken_by(person.language_id, preferences)
    with translation.override(translation.to_language(spoken.locale)):
        subject, body = _("Your documents"), _("$greeting\n\nThe documents you asked for are attached.")
    queue_mail(
        kind="documents",
        object_id=user,
        client_id=None,
        recipient=person.email,
        recipient_name=person.name,
        locale=spoken.locale,
        subject=subject,
        body=body,
        values={"contact.first_name": person.first_name, "company.name": company.name},
        attachments=[AttachmentRef("documents_zip", user, {"kind": kind, "ids": ids})],
        occurrence=asking,
        company=company,
    )


def _settle(delivery: MailDelivery) -> None:
    """Show on the invitation what became of its mail (contract rules 21, email_status)."""
    kind = KINDS[delivery.kind]
    sent = delivery.state == MailDelivery.State.SENT
    kind.invitation.objects.filter(
        **{f"{kind.owner}_id": delivery.object_id}, contact__email__iexact=delivery.recipient
    ).update(
        email_status=_status(delivery),
        email_error="" if sent else delivery.error[:500],
        message_id=delivery.message_id[:190],
    )
    if not sent and delivery.kind == "invoice":
        _tell_failure(delivery)


def _status(delivery: MailDelivery) -> str:
    if delivery.arrival == MailDelivery.Arrival.SPAM:
        return "spam"
    return "delivered" if delivery.state == MailDelivery.State.SENT else "bounced"


def _tell_failure(delivery: MailDelivery) -> None:
    invoice = KINDS["invoice"].model.objects.filter(pk=delivery.object_id).first()
    if invoice is not None:
        _failed(delivery, invoice)


@operation
def _failed(delivery: MailDelivery, invoice: Any) -> None:
    contact: Any = Contact.objects.filter(
        client_id=invoice.client_id, email__iexact=delivery.recipient
    ).first()
    refs = {"contact": contact} if contact else {}
    tell(InvoiceEmailFailed(invoice, actor=SYSTEM, refs=refs, notes=delivery.error[:500]))


for _kind in KINDS:
    outcome(_kind)(_settle)

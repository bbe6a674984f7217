"""Every version of a document that its client was sent is kept (decision M15, features: History)."""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from comptoir.activity.facts import Fact
from comptoir.activity.jobs import job
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.printing import pdf_of
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.waiting import lacks_server
from comptoir.files import shelves
from comptoir.tenancy.scope import current_company

from .models import Occasion, Version

CHANGES: Final = ("InvoiceUpdated", "CreditUpdated", "QuoteUpdated")


KEPT: Final = ("invoice", "quote", "credit")


def are_kept(kind: str) -> bool:
    """Whether versions of this kind are kept."""
    return kind in KEPT


def keep(document: BillingDocument, content: bytes, occasion: str) -> Version | None:
    """Keep a printed version; None when the very same print is kept already.

    Never inside a transaction: the bytes are written first.
    """
    kind, checksum = document.kind.entity, hashlib.sha256(content).hexdigest()
    if Version.objects.filter(kind=kind, document_id=document.pk, checksum=checksum).exists():
        return None
    lying = shelves.shelve(document, ContentFile(content), "pdf")
    try:
        with transaction.atomic():
            return _insert(document, kind, lying, occasion)
    except IntegrityError:  # two mails of one document left at the same moment
        shelves.remove([lying.path])
        return None


def _insert(document: BillingDocument, kind: str, lying: shelves.Shelved, occasion: str) -> Version:
    before = versions(document).last()
    return Version.objects.create(
        client_id=document.client_id,
        kind=kind,
        document_id=document.pk,
        occasion=occasion,
        number=document.number,
        amount=document.amount,
        currency_id=document.currency_id,
        path=lying.path,
        size=lying.size,
        checksum=lying.checksum,
        link=linked(before.link if before else "", lying.checksum),
    )


def versions(document: BillingDocument) -> QuerySet[Version]:
    """Those of a document, the oldest first."""
    return Version.objects.filter(kind=document.kind.entity, document_id=document.pk).order_by("pk")


def linked(before: str, checksum: str) -> str:
    """What ties a version to the one before it."""
    return hashlib.sha256(f"{before}{checksum}".encode()).hexdigest()


def content_of(version: Version) -> bytes:
    """The PDF as it was. Raises FileNotFoundError when the storage has lost it."""
    with shelves.storage().open(version.path) as file:
        return bytes(file.read())


def is_whole(version: Version) -> bool:
    """Whether the bytes are still those that were kept."""
    try:
        return hashlib.sha256(content_of(version)).hexdigest() == version.checksum
    except FileNotFoundError:
        return False


@job("papers.keep")
def keep_version(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Print and keep what was issued, or changed after that."""
    document = KINDS[kind].model.objects.filter(pk=id, deleted_at=None).first()
    if document is not None and not _is_about_to_be_mailed(kind, id):
        keep(document, pdf_of(document), Occasion.CHANGED if fact in CHANGES else Occasion.ISSUED)


def _is_about_to_be_mailed(kind: str, key: int) -> bool:
    """A mail that is on its way prints and keeps the very same page: nobody prints it twice."""
    if lacks_server(current_company()):
        return False
    waiting = (MailDelivery.State.QUEUED, MailDelivery.State.SENDING)
    mails = MailDelivery.objects.filter(kind=kind, object_id=key, state__in=waiting)
    return any(mail.attachments for mail in mails.only("attachments"))


def was_issued(fact: Fact) -> bool:
    """Whether a change concerns something that its client was sent."""
    return bool(fact.subject.status_id != 1)  # type: ignore[attr-defined]

"""The PDF of a document, with a line in the system log whether it worked or not (S49, S50)."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import replace

from comptoir.activity import systemlog
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Contact
from comptoir.delivery.documents.attached import attached_pictures
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import look


def pdf_of(document: BillingDocument, contact: Contact | None = None) -> bytes:
    """Print it for a contact. Raises PdfFailed; never call it inside a transaction."""
    began = time.monotonic()
    facts = replace(facts_of(document, contact), attached=attached_pictures(document))
    try:
        content = print_document(facts, look=look(document.design_id))
    except PdfFailed as failure:
        _log(document, began, systemlog.Type.PDF_FAILED, error=str(failure))
        raise
    _log(document, began, systemlog.Type.PDF_SUCCESS, size=len(content))
    return content


def file_name(document: BillingDocument) -> str:
    """A name that every system takes: ``invoice-F-2026-0012.pdf``."""
    kind = document.kind.entity
    number = unicodedata.normalize("NFKD", document.number).encode("ascii", "ignore").decode()
    return f"{kind}-{re.sub(r'[^A-Za-z0-9._-]+', '-', number).strip('-') or 'draft'}.pdf"


def _log(document: BillingDocument, began: float, type_: systemlog.Type, **more: object) -> None:
    systemlog.record(
        systemlog.Category.PDF,
        systemlog.Event.PDF,
        type_,
        client_id=document.client_id,
        log={
            "document": document._meta.model_name,
            "id": document.pk,
            "number": document.number,
            "milliseconds": round((time.monotonic() - began) * 1000),
            **more,
        },
    )

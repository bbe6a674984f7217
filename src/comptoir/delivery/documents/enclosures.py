"""Files that go along with the mail of a document, where the company wishes it (S33)."""

from __future__ import annotations

from typing import Final

from comptoir.billing.documents import BillingDocument
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.files.models import File
from comptoir.files.shelves import storage

ROOM: Final = 15 * 1024 * 1024
"""Bytes of files beside the PDF; what does not fit waits in the portal."""


def enclosures(document: BillingDocument) -> list[AttachmentRef]:
    """The public files of the document, then those for everybody, as long as there is room."""
    client = document.client
    if not client.preferences.document_email_attachment:
        return []
    public = File.objects.live().public()
    shared = public.shared(client.company_id, client.group_id)
    room, found = ROOM, []
    for file in (*public.of(document).order_by("pk"), *shared.order_by("pk")):
        if file.size <= room:
            room -= file.size
            found.append(AttachmentRef("file", file.pk))
    return found


@attachment("file")
def made(object_id: int) -> Attachment | None:
    """The file as it is when the mail leaves; none if it was deleted or hidden meanwhile."""
    file = File.objects.live().public().filter(pk=object_id).first()
    if file is None:
        return None
    with storage().open(file.path) as content:
        return Attachment(file.name, content.read(), file.content_type)

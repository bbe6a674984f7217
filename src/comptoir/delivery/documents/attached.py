"""Attached pictures, as they are printed after a document (setting ``embed_documents``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.core.files.base import File as Content

from comptoir.billing.documents import BillingDocument
from comptoir.delivery.pdf.facts import Picture
from comptoir.files.models import File
from comptoir.files.pictures import Damaged, TooManyPixels, reencode
from comptoir.files.shelves import storage

PRINTED: Final = ("jpg", "jpeg", "png", "webp")
MOST: Final = 20
SIDE: Final = 1600
"""Pixels of the longer side: 200 for an inch across a page."""


def attached_pictures(document: BillingDocument) -> tuple[Picture, ...]:
    """Those that the client may see, oldest first; none that cannot be read."""
    if document.pk is None or not document.client.preferences.embed_documents:
        return ()
    return tuple(_pictures(document))


def _pictures(document: BillingDocument) -> Iterator[Picture]:
    rows = File.objects.active().public().of(document).filter(type__in=PRINTED)
    for file in rows.order_by("pk")[:MOST]:
        try:
            with storage().open(file.path) as stream:
                yield Picture(file.name, reencode(Content(stream), file.type, most_side=SIDE).read())
        except (Damaged, TooManyPixels, OSError):
            continue  # a PDF without it is better than none

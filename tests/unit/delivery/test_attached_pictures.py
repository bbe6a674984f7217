"""Attached pictures printed after a document, where the company wishes it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from comptoir.clients.operations import create_client
from comptoir.delivery.documents import pdf_of
from comptoir.delivery.documents.attached import attached_pictures
from comptoir.delivery.pdf.facts import Picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.layout import Layout
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.files.shelves import storage
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.unit.delivery.printed import facts, pages
from tests.unit.delivery.test_qr_bill import codes, swiss

ON = date(2026, 3, 2)
MM = 72 / 25.4


def picture(size: tuple[int, int], format_: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#357").save(written, format_)
    return written.getvalue()


def sizes(pdf: bytes) -> list[list[tuple[int, int]]]:
    """Width and height in millimetres of the pictures of each page."""
    with pdfium.PdfDocument(pdf) as book:
        boxes = [[one.get_bounds() for one in page.get_objects() if one.type == 3] for page in book]
    return [[(round((r - x) / MM), round((t - b) / MM)) for x, b, r, t in page] for page in boxes]


def test_each_picture_has_a_page_with_its_name_and_keeps_its_proportions() -> None:
    shown = (Picture("chantier.jpg", picture((1600, 800), "JPEG")), Picture("plan.png", picture((200, 1600))))
    told = facts(attached=shown, layout=Layout.chosen({"page_numbering": True, "page_size": "A5"}))
    pdf = print_document(told)
    texts = pages(pdf)
    assert texts[-2:] == ["Facture 2026-0012 · chantier.jpg", "Facture 2026-0012 · plan.png"]
    assert sizes(pdf)[-2:] == [[(178, 89)], [(30, 240)]]
    assert texts[-3].endswith(f"{len(texts) - 2} / {len(texts) - 2}")
    assert print_document(told) == pdf


@pytest.fixture
def invoice(db: None, settings: Any, tmp_path: Path) -> Iterator[tuple[Invoice, dict[str, Any]]]:
    settings.MEDIA_ROOT = tmp_path
    company = factories.account_with_company()
    by: dict[str, Any] = {"by": factories.actor(factories.user(company, is_owner=True)), "on": ON}
    with acting_for(company):
        update_company(company, {"settings": {"embed_documents": True}}, **by)
        fields = {"client": create_client({"name": "Bistro"}, **by), "line_items": [{"cost": Decimal(5)}]}
        made = invoices.create_invoice(fields, **by)
        uploads = [
            ContentFile(picture((3200, 100), "JPEG"), name="a.jpg"),
            ContentFile(picture((20, 10), "WEBP"), name="b.webp"),
            ContentFile(b"words", name="c.txt"),
        ]
        attach_files(made, uploads, **by)
        attach_files(made, [ContentFile(picture((9, 9)), name="own.png")], is_public=False, **by)
        yield made, by


def test_public_pictures_are_printed_and_nothing_else(invoice: tuple[Invoice, dict[str, Any]]) -> None:
    made, by = invoice
    found = attached_pictures(made)
    assert [one.name for one in found] == ["a.jpg", "b.webp"]
    assert Image.open(io.BytesIO(found[0].content)).size == (1600, 50)
    assert [text.rpartition(" ")[2] for text in pages(pdf_of(made))[1:]] == ["a.jpg", "b.webp"]
    update_company(made.company, {"settings": {"embed_documents": False}}, **by)
    made = Invoice.objects.select_related("client", "company").get()
    assert attached_pictures(made) == ()
    assert len(pages(pdf_of(made))) == 1


def test_a_picture_that_is_lost_or_broken_is_left_out(invoice: tuple[Invoice, dict[str, Any]]) -> None:
    made, _by = invoice
    pictures = File.objects.public().of(made).filter(type__in=("jpg", "webp")).order_by("pk")
    first, second = pictures.values_list("path", flat=True)
    storage().delete(first)
    (Path(storage().path(second))).write_bytes(b"RIFF no picture")
    assert attached_pictures(made) == ()
    assert len(pages(pdf_of(made))) == 1


def test_the_payment_part_stands_on_the_document_and_not_on_a_picture() -> None:
    pdf = print_document(swiss(attached=(Picture("plan.png", picture((9, 9))),)))
    assert [place for place, _text in codes(pdf)] == [0]
    assert len(pages(pdf)) == 2

"""PDFs and files of documents: what download, print and upload answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.contract import answers
from comptoir.delivery import documents as delivery
from comptoir.delivery.documents.delivery_notes import note_name, note_of
from comptoir.delivery.papers import keeping
from comptoir.delivery.pdf.merging import merged
from comptoir.files.operations import attach_files
from comptoir.kernel import ids


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF answer; ``name`` is what the browser saves it as."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def download(call: Any, rows: Sequence[Any]) -> HttpResponseBase:
    """One document: its PDF. Several: a ZIP of them, mailed (contract rules 13)."""
    if len(rows) == 1:
        return pdf(delivery.pdf_of(rows[0]), delivery.file_name(rows[0]))
    delivery.mail_zip(list(rows), by=call.who.actor, on=call.who.today)
    return answers.message(_("The documents are being prepared; you will receive them by e-mail."))


def delivery_note(call: Any, rows: Sequence[Any]) -> HttpResponseBase:
    """What was delivered, without prices."""
    (invoice,) = rows
    return pdf(note_of(invoice), note_name(invoice))


def history(call: Any, rows: Sequence[Any]) -> HttpResponseBase:
    """The versions that its client was sent, the oldest first, each with its checksum and its link."""
    kept = [
        {
            "id": ids.encode(each.pk),
            "occasion": each.occasion,
            "number": each.number,
            "amount": each.amount,
            "created_at": int(each.created_at.timestamp()),
            "size": each.size,
            "checksum": each.checksum,
            "link": each.link,
        }
        for document in rows
        for each in keeping.versions(document)
    ]
    return answers.json({"data": kept})


def print_together(call: Any, rows: Sequence[Any]) -> HttpResponseBase:
    """One PDF of all of them."""
    return pdf(merged([delivery.pdf_of(row) for row in rows]), "documents.pdf")


def attach(row: models.Model, files: Any, *, public: bool, by: Actor, on: date) -> None:
    """Attach uploaded files to a document."""
    attach_files(row, files, is_public=public, by=by, on=on)

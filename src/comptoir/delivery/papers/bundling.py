"""Many documents as one file, made by the worker while a page shows how far it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from comptoir.activity.actors import Actor
from comptoir.activity.jobs import job
from comptoir.activity.outbox import queue
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.facts import wire_kind
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.printing import file_name, pdf_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.merging import merged
from comptoir.files import names, shelves

from .models import Bundle

State, Form = Bundle.State, Bundle.Form
MOST = 500


@transaction.atomic
def begin_bundle(documents: Sequence[BillingDocument], form: str, *, by: Actor) -> Bundle:
    """Leave it to the worker to print them all, at most ``MOST``. No record changes; doors ask for rights."""
    kept = list(documents)[:MOST]
    bundle = Bundle.objects.create(
        user_id=by.user_id, kind=wire_kind(kept[0]), form=form, total=len(kept),
        document_ids=[one.pk for one in kept],
    )  # fmt: skip
    queue("papers.bundle", {"bundle": bundle.pk})
    return bundle


def stop_bundle(bundle: Bundle) -> None:
    """Nobody waits for it any more; one that is ready stays."""
    Bundle.objects.filter(pk=bundle.pk, state=State.WAITING).update(state=State.STOPPED)


@job("papers.bundle", attempts=3)
def make_bundle(*, bundle: int) -> None:
    """Print one after the other; somebody may stop it in between."""
    row = Bundle.objects.filter(pk=bundle, state=State.WAITING).first()
    if row is None:
        return
    printed: list[tuple[str, bytes]] = []
    found = {
        one.pk: one
        for one in KINDS[row.kind].model.objects.filter(pk__in=row.document_ids).select_related("client")
    }
    for done, document in enumerate((found[pk] for pk in row.document_ids if pk in found), start=1):
        try:
            printed.append((file_name(document), pdf_of(document)))
        except PdfFailed as failure:
            _fail(row, str(failure))
            return
        if not Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(done=done):
            return
    _finish(row, printed)


def _finish(row: Bundle, printed: Sequence[tuple[str, bytes]]) -> None:
    if not printed:
        _fail(row, "")
        return
    content = _archive(printed) if row.form == Form.ZIP else merged([each for _, each in printed])
    lying = shelves.shelve(row, ContentFile(content), row.form)
    ready = Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(state=State.READY, path=lying.path)
    if not ready:
        shelves.remove([lying.path])


def _fail(row: Bundle, error: str) -> None:
    Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(state=State.FAILED, error=error[:500])


def _archive(printed: Sequence[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (_, content) in zip(names.apart([each for each, _ in printed]), printed, strict=True):
            archive.writestr(name, content)
    return written.getvalue()

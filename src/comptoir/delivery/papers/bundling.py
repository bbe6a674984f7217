"""Many documents as one file, made by the worker while a page shows how far it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.jobs import job
from comptoir.activity.outbox import queue
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.printing import file_name, pdf_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.merging import merged
from comptoir.delivery.runs.running import print_run
from comptoir.delivery.runs.sight import Sight, sight_of
from comptoir.designs.models import Design
from comptoir.files import names, shelves
from comptoir.tenancy.scope import current_company

from .models import Bundle

State, Form = Bundle.State, Bundle.Form
MOST = 500


@transaction.atomic
def begin_bundle(documents: Sequence[BillingDocument], form: str, *, by: Actor) -> Bundle:
    """Leave it to the worker to print them all, at most ``MOST``. No record changes; doors ask for rights."""
    kept = list(documents)[:MOST]
    bundle = Bundle.objects.create(
        user_id=by.user_id, kind=kept[0].kind.entity, form=form, total=len(kept),
        document_ids=[one.pk for one in kept],
    )  # fmt: skip
    queue("papers.bundle", {"bundle": bundle.pk})
    return bundle


def file_of(bundle: Bundle) -> bytes | None:
    """What was put together, while it is kept."""
    if bundle.state != State.READY or not shelves.storage().exists(bundle.path):
        return None
    with shelves.storage().open(bundle.path) as content:
        made: bytes = content.read()
    return made


def stop_bundle(bundle: Bundle) -> None:
    """Nobody waits for it any more; one that is ready stays."""
    Bundle.objects.filter(pk=bundle.pk, state=State.WAITING).update(state=State.STOPPED)


def give_up(*, bundle: int) -> None:
    """Whoever waits for the file is to know that it does not come."""
    Bundle.objects.filter(pk=bundle, state=State.WAITING).update(state=State.FAILED)


@job("papers.bundle", attempts=3, given_up=give_up)
def make_bundle(*, bundle: int) -> None:
    """Print one after the other; somebody may stop it in between."""
    row = Bundle.objects.filter(pk=bundle, state=State.WAITING).first()
    if row is None:
        return
    if row.template is not None:
        _run_template(row)
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


def begin_run(template: Design, entity: str, keys: Sequence[int], *, by: Actor) -> Bundle:
    """Leave it to the worker to run a template over records, at most ``MOST``."""
    with transaction.atomic():
        bundle = Bundle.objects.create(
            user_id=by.user_id, kind=entity, form=Form.PDF, total=len(keys), document_ids=list(keys),
            template=template.pk,
        )  # fmt: skip
        queue("papers.bundle", {"bundle": bundle.pk})
    return bundle


def _run_template(row: Bundle) -> None:
    """What the member who asked may see, on the day of their company."""
    sight = sight_of(row.user_id)
    with translation.override(sight.language):
        _try_template(row, sight)


def _try_template(row: Bundle, sight: Sight) -> None:
    template = Design.objects.live().filter(pk=row.template).first()
    if template is None:
        _fail(row, _("The template is not there any more."))
        return

    def progress(done: int) -> bool:
        return bool(Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(done=done))

    try:
        on = timezone.now().astimezone(current_company().zone).date()
        content = print_run(template, row.kind, row.document_ids, sight, on=on, progress=progress)
    except PdfFailed as failure:
        _fail(row, str(failure))
        return
    _lay_down(row, content)


def _finish(row: Bundle, printed: Sequence[tuple[str, bytes]]) -> None:
    if not printed:
        _fail(row, "")
        return
    _lay_down(row, _archive(printed) if row.form == Form.ZIP else merged([each for _name, each in printed]))


def _lay_down(row: Bundle, content: bytes) -> None:
    lying = shelves.shelve(row, ContentFile(content), row.form)
    ready = Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(state=State.READY, path=lying.path)
    if not ready:
        shelves.remove([lying.path])


def _fail(row: Bundle, error: str) -> None:
    Bundle.objects.filter(pk=row.pk, state=State.WAITING).update(state=State.FAILED, error=error[:500])


def _archive(printed: Sequence[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        free = names.apart([each for each, _content in printed])
        for name, (_name, content) in zip(free, printed, strict=True):
            archive.writestr(name, content)
    return written.getvalue()

"""Several documents of a list at once: their PDFs in one archive."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpResponse

from comptoir.delivery.documents import file_name, pdf_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.files import names
from comptoir.kernel import ids
from comptoir.portal.documents.kinds import Kind
from comptoir.portal.documents.listing import PAGE
from comptoir.portal.documents.showing import mark_viewed
from comptoir.portal.visits import Visit


def download(visit: Visit, kind: Kind) -> HttpResponse:
    """The ticked ones, or all that the page shows; never more than a page holds."""
    if not kind.is_on(visit.company):
        raise Http404
    sent = visit.request.POST
    keys = ids.decode_all((sent.getlist("ticked") or sent.getlist("shown"))[:PAGE])
    found = list(kind.visible(visit.client).filter(pk__in=keys).order_by("-date", "-pk"))
    if not found:
        raise Http404
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in zip(names.apart([file_name(each) for each in found]), found, strict=True):
            document.company, document.client = visit.company, visit.client
            mark_viewed(visit, document)
            try:
                archive.writestr(name, pdf_of(document, visit.contact))
            except PdfFailed as failure:
                raise Http404 from failure
    headers = {"Content-Disposition": f'attachment; filename="{kind.key}.zip"'}
    return HttpResponse(content.getvalue(), content_type="application/zip", headers=headers)

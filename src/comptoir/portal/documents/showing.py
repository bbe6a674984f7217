"""A document's page: what its PDF says, as a page that a phone can read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from comptoir.billing.documents import BillingDocument, Invitation
from comptoir.delivery.documents import facts_of, file_name, pdf_of, record_view
from comptoir.delivery.documents.kinds import kind_of
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.prose import prose
from comptoir.delivery.pdf.values import document_values
from comptoir.kernel import ids
from comptoir.portal import attachments
from comptoir.portal.documents.kinds import Kind
from comptoir.portal.documents.lines import line_table
from comptoir.portal.visits import Visit


@dataclass(frozen=True)
class Shown:
    """A document with everything that its page says."""

    kind: Kind
    document: Any
    facts: DocumentFacts
    visit: Visit

    @property
    def context(self) -> dict[str, Any]:
        """What every kind's page shows."""
        status, badge = self.kind.status(self.document, self.visit.on)
        paper = compose(self.facts)
        return {
            "kind": self.kind,
            "document": self.document,
            "title": f"{self.kind.one} {self.document.number}",
            "paper": paper,
            "tables": [line_table(table) for table in paper.tables],
            "status": status,
            "badge": badge,
            "pdf_url": self.kind.url(self.document, "pdf"),
            "list_url": self.kind.list_url if self.visit.is_whole else "",
            "files": [_link(self.kind, self.document, one) for one in attachments.of_document(self.document)],
        }

    def message(self, setting: str) -> str:
        """A text of the company for this page, its placeholders filled in."""
        text = str(self.visit.preferences[setting])
        return prose(text, document_values(self.facts, Labels(self.facts.translations))) if text else ""


def find(visit: Visit, kind: Kind, key: str) -> Any:
    """The document of an id in the address, if this visit may see it. Raises Http404 and MoreNeeded."""
    pk = ids.decode(key)
    if pk is None or not kind.is_on(visit.company):
        raise Http404
    visit.need(kind.name, pk)
    document = kind.visible(visit.client).filter(pk=pk).first()
    if document is None:
        raise Http404
    document.company, document.client = visit.company, visit.client
    return document


def shown(visit: Visit, kind: Kind, key: str) -> Shown:
    """The document, and that the contact has seen it."""
    document = find(visit, kind, key)
    mark_viewed(visit, document)
    facts = facts_of(document, visit.contact)
    return Shown(kind, document, replace(facts, reader=replace(facts.reader, locale=visit.locale)), visit)


def mark_viewed(visit: Visit, document: BillingDocument) -> None:
    """The first look of somebody invited is told, unless it is staff who look."""
    if visit.session.is_silent:
        return
    kind = kind_of(document)
    own: Invitation | None = kind.invitation.objects.filter(
        **{kind.owner: document}, contact=visit.contact, deleted_at=None, viewed_at=None
    ).first()
    if own is not None:
        record_view(own, by=visit.actor, on=visit.on)


def pdf(visit: Visit, kind: Kind, key: str) -> HttpResponse:
    """Its PDF, to keep."""
    document = find(visit, kind, key)
    mark_viewed(visit, document)
    try:
        content = pdf_of(document, visit.contact)
    except PdfFailed as failure:
        raise Http404 from failure
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name(document)}"'},
    )


def _link(kind: Kind, document: Any, file: Any) -> dict[str, str]:
    return {
        "name": file.name,
        "url": reverse(f"portal:{kind.name}-file", args=[ids.encode(document.pk), ids.encode(file.pk)]),
    }

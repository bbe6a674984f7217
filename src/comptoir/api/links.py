"""What a link alone opens: an invited contact's PDF, a public file. The key in it is the permission."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comptoir.api.authentication import requester_of
from comptoir.api.resources.printing import pdf
from comptoir.api.throttling import guesses_counted
from comptoir.billing.documents import Invitation
from comptoir.contract.problems import Problem
from comptoir.delivery.documents import file_name, pdf_of
from comptoir.delivery.documents.kinds import KINDS
from comptoir.files import queries, serving
from comptoir.files.models import File
from comptoir.tenancy import keys
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for


@require_safe
@never_cache
@guesses_counted
def invited_pdf(request: HttpRequest, entity: str, key: str) -> HttpResponseBase:
    """The PDF behind an invitation key."""
    invitation = invitation_behind(entity, key)
    if invitation is None or not _is_open(invitation.company):
        raise Http404
    with acting_for(invitation.company):
        return printed(invitation)


@require_safe
@guesses_counted
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file by its public key; a private one only for a token of its company (apps 4)."""
    found = queries.found_by_key(key)
    if found is None or not _is_open(found.company):
        raise Http404
    if not found.is_public and not _may_see(request, found):
        raise Http404
    return serving.download(found)


def invitation_behind(entity: str, key: str) -> Invitation | None:
    """The live invitation of a key to a document that is not deleted, in whatever company."""
    kind = KINDS.get(entity)
    if kind is None:
        return None
    rows = kind.invitation.everywhere.filter(key_digest=keys.digest(key), deleted_at=None)
    found = rows.filter(**{f"{kind.owner}__deleted_at": None})
    invitation: Invitation | None = found.select_related("company", "contact", kind.owner).first()
    return invitation


def printed(invitation: Invitation) -> HttpResponse:
    """The document's PDF, as its contact gets it."""
    document = invitation.document  # type: ignore[attr-defined]
    return pdf(pdf_of(document, invitation.contact), file_name(document))


def _is_open(company: Company) -> bool:
    return not company.is_disabled and company.deleted_at is None


def _may_see(request: HttpRequest, found: File) -> bool:
    try:
        caller = requester_of(request)
    except Problem:
        return False
    return caller.company.pk == found.company_id and caller.may("view", "document", found)

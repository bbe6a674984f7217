"""Doors that a key in a link opens. The key is exchanged for the cookie and leaves the address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from comptoir.billing.documents import Invitation
from comptoir.clients.models import Contact
from comptoir.clients.queries import contact_by_key
from comptoir.delivery.documents.kinds import KINDS as SENDABLE
from comptoir.portal import cookies, pages, sessions
from comptoir.portal.documents.kinds import DRAFT, KINDS
from comptoir.portal.doors import arriving
from comptoir.portal.doors.threshold import door
from comptoir.portal.models import ContactSession
from comptoir.portal.requests import guesses_counted
from comptoir.tenancy import keys


@require_safe
@door("link")
def contact(request: HttpRequest, key: str, payment: str = "") -> HttpResponse:
    """A contact's own key: the whole portal, silently for staff who also show the client's hash (S23)."""
    with guesses_counted(request):
        person = _contact(key)
    if not arriving.is_open(person):
        return pages.refusal(request, "closed", company=person.company)
    target = redirect("portal:payment", payment) if payment else redirect("portal:home")
    if _is_silent(request) and _has_hash(request, person):
        return arriving.enter(request, person, target, is_silent=True, key_digest=person.key_digest)
    here = _present(request)
    if here is not None and here.contact_id == person.pk:
        return _without_key(target)
    waits = arriving.needs_password(person)
    return arriving.enter(request, person, target, awaits_password=waits, key_digest=person.key_digest)


@require_safe
@door("link")
def invitation(request: HttpRequest, kind: str, key: str, part: str = "") -> HttpResponse:
    """An invitation's key: that document, and no other (reliability S8)."""
    with guesses_counted(request):
        found = _invitation(kind, key)
    if not arriving.is_open(found.contact):
        return pages.refusal(request, "closed", company=found.company)
    document = found.document  # type: ignore[attr-defined]
    if document.is_deleted or document.status_id == DRAFT:
        return pages.refusal(request, "gone", company=found.company)
    target = redirect(KINDS[kind].url(document) + (f"#{part}" if part else ""))
    return _opened(request, found.contact, (kind, document.pk, found.key_digest), target)


@require_safe
def download(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The older address of a PDF."""
    return _without_key(redirect(f"/client/{kind}/{key}/download_pdf"))


def _opened(
    request: HttpRequest, person: Contact, what: tuple[str, int, str], target: HttpResponseRedirect
) -> HttpResponse:
    """Into the session that is there if it is this person's, else into a new one for this document."""
    protected = arriving.needs_password(person)
    if _is_silent(request) and (not protected or _may_look(request, person)):
        return arriving.enter(request, person, target, is_whole=False, is_silent=True, opens=[what])
    here = _present(request)
    if here is not None and here.is_whole and here.contact.client_id == person.client_id:
        return _without_key(target)
    if here is not None and not here.is_whole and here.contact_id == person.pk and not protected:
        sessions.allow(here, *what)
        return _without_key(target)
    if protected:
        return arriving.enter(request, person, target, awaits_password=True, opens=[what])
    return arriving.enter(request, person, target, is_whole=False, opens=[what])


def _present(request: HttpRequest) -> ContactSession | None:
    """The contact's own session that is open already."""
    here = sessions.behind(cookies.read(request, cookies.PORTAL))
    return None if here is None or here.is_silent or here.awaits_password else here


def _contact(key: str) -> Contact:
    found = contact_by_key(key)
    if found is None:
        raise Http404
    found.client.company = found.company
    return found


def _invitation(kind: str, key: str) -> Invitation:
    sendable = SENDABLE[kind]
    rows = sendable.invitation.everywhere.filter(key_digest=keys.digest(key), deleted_at=None)
    found: Any = rows.select_related("company", "contact__client__group", sendable.owner).first()
    if found is None:
        raise Http404
    found.contact.company = found.contact.client.company = found.company
    return found


def _is_silent(request: HttpRequest) -> bool:
    return request.GET.get("silent") == "true"


def _has_hash(request: HttpRequest, person: Contact) -> bool:
    return constant_time_compare(request.GET.get("client_hash", ""), person.client.client_hash)


def _may_look(request: HttpRequest, person: Contact) -> bool:
    """Staff may look past the password: they show the client's hash, or are signed in beside."""
    return _has_hash(request, person) or arriving.staff_of(request, person) is not None


def _without_key(response: HttpResponseRedirect) -> HttpResponseRedirect:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

"""A contact arrives: a session begins, its token goes into the cookie, and it is on record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.clients.models import Client, Contact
from comptoir.people import sign_in
from comptoir.people.models import User
from comptoir.portal import cookies, facts, pages, sessions
from comptoir.portal.models import ContactSession
from comptoir.portal.requests import address_of
from comptoir.portal.visits import actor_of, today
from comptoir.tenancy.scope import acting_for


def enter(
    request: HttpRequest, contact: Contact, response: HttpResponseRedirect, **what: Any
) -> HttpResponse:
    """Begin a session and go where ``response`` leads; ``what`` are columns of ContactSession.

    The session before ends: a token never outlives a sign-in (reliability S11).
    """
    before = sessions.behind(cookies.read(request, cookies.PORTAL))
    if before is not None:
        sessions.end(before)
    session, token = sessions.begin(contact, ip=address_of(request), **what)
    with acting_for(contact.company):
        _record(request, session)
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    cookies.write(response, cookies.PORTAL, token, sessions.LONGEST)
    return response


def sign_in_as(
    request: HttpRequest, contact: Contact, companions: list[int], *, done: str = ""
) -> HttpResponse:
    """Enter with everything open, after a password or a mailed link, and go home."""
    others = [pk for pk in companions if pk != contact.pk]
    return enter(request, contact, pages.to("portal:home", done=done), companions=others)


def is_open(contact: Contact) -> bool:
    """Whether a key may lead in at all: archived clients may still read what they were sent."""
    gone = contact.is_deleted or contact.is_locked or contact.client.is_deleted
    return not gone and sessions.is_open(contact)


def needs_password(contact: Contact) -> bool:
    """Whether a link alone is not enough for this client."""
    chosen = contact.client.preferences
    return bool(chosen.enable_client_portal_password or chosen.enable_portal_password)


def staff_of(request: HttpRequest, contact: Contact) -> Actor | None:
    """The member of staff of the contact's company who is signed in beside, if there is one."""
    if not isinstance(request.user, User):
        return None
    own = (each for each in sign_in.open_memberships(request.user) if each.company_id == contact.company_id)
    return next((each.actor(ip=address_of(request)) for each in own), None)


def _record(request: HttpRequest, session: ContactSession) -> None:
    """A silent look is told as what it is; a session that opens one document tells its view later."""
    contact, on = session.contact, today(session.contact.company)
    if session.is_silent:
        by = staff_of(request, contact) or Actor("user", ip=session.ip)
        _look(contact, by=by, on=on)
    elif session.is_whole and not session.awaits_password:
        record_sign_in(contact, by=actor_of(contact, session.ip), on=on)


@operation
def record_sign_in(contact: Contact, *, by: Actor, on: date) -> None:
    """Keep when the contact, and thereby the client, was here last."""
    now = timezone.now()
    Contact.objects.filter(pk=contact.pk).update(last_login=now)
    Client.objects.filter(pk=contact.client_id).update(last_login=now)
    tell(facts.ContactSignedIn(contact.client, actor=by, refs={"contact": contact}))


@operation
def _look(contact: Contact, *, by: Actor, on: date) -> None:
    tell(facts.PortalLookedInto(contact.client, actor=by, refs={"contact": contact}))

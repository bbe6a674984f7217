"""Who visits: the contact behind a request, and what this visit may see and do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client, Contact
from comptoir.delivery.placeholders.reader import Reader
from comptoir.delivery.placeholders.readers import reader_for
from comptoir.portal import cookies, pages, sessions
from comptoir.portal.models import ContactSession
from comptoir.portal.requests import address_of
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import of_pages, spoken_by
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """A request of a contact. ``on`` is today in the company's zone."""

    request: HttpRequest
    session: ContactSession
    on: date
    locale: str

    @property
    def contact(self) -> Contact:
        return self.session.contact

    @property
    def client(self) -> Client:
        return self.session.contact.client

    @property
    def company(self) -> Company:
        return self.session.company

    @cached_property
    def preferences(self) -> Preferences:
        """The settings that hold for the client."""
        return self.client.preferences

    @property
    def name(self) -> str:
        """What the contact is called."""
        return name_of(self.contact)

    @property
    def actor(self) -> Actor:
        """Who the activity names."""
        return actor_of(self.contact, address_of(self.request))

    @property
    def is_whole(self) -> bool:
        """Whether everything of the client is open, and not one document alone."""
        return self.session.is_whole

    def need(self, kind: str, pk: int) -> None:
        """Raise MoreNeeded when this session does not open a document."""
        if not sessions.allows(self.session, kind, pk):
            raise MoreNeeded

    def reader(self, currency_id: str) -> Reader:
        """How money and days are written for this contact."""
        return reader_for(self.locale, currency_id, self.preferences)


class MoreNeeded(Exception):
    """The session opens one document alone, and another was asked for."""


View = Callable[Concatenate[Visit, P], HttpResponseBase]


def name_of(contact: Contact) -> str:
    """A contact's name, else the e-mail (S8)."""
    return str(contact) or _("Empty contact")


def actor_of(contact: Contact, ip: str) -> Actor:
    """Who the activity names when a contact does something."""
    return Actor("contact", contact.pk, name_of(contact), ip=ip)


def visit(*, part: bool = False) -> Callable[[View[P]], Callable[..., Any]]:
    """Make a view of a function that takes a Visit: behind a door, in the contact's language.

    ``part``: also for a session that opens one document alone; the view asks ``visit.need``.
    A member of staff who looks silently may only look.
    """

    def wrap(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        def served(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            session = sessions.behind(cookies.read(request, cookies.PORTAL))
            if session is None:
                return pages.to_sign_in(request)
            with acting_for(session.company), spoken_to(session):
                there = Visit(request, session, today(session.company), locale_of(session.contact))
                try:
                    return pages.finished(_turned_away(there, part) or view(there, *args, **kwargs))
                except MoreNeeded:
                    return pages.to("portal:more")
                except Http404:
                    return pages.finished(pages.refusal(request, "unknown", there))
                except PermissionDenied:
                    return pages.finished(pages.refusal(request, "forbidden", there))

        return served

    return wrap


def _turned_away(there: Visit, part: bool) -> HttpResponse | None:
    """What stands between the contact and the page."""
    if not sessions.is_open(there.contact):
        return pages.refusal(there.request, "closed", there)
    if there.session.awaits_password:
        return pages.to("portal:password")
    if not there.is_whole and not part:
        return pages.to("portal:more")
    if there.session.is_silent and there.request.method not in ("GET", "HEAD"):
        return pages.refusal(there.request, "silent", there)
    return None


def locale_of(contact: Contact) -> str:
    """The contact's language, else the client's (S85)."""
    return spoken_by(contact.language_id, contact.client.preferences).locale


@contextmanager
def spoken_to(session: ContactSession) -> Iterator[None]:
    """The contact's language and the company's time zone."""
    spoken = of_pages(locale_of(session.contact))
    with translation.override(spoken), timezone.override(session.company.zone):
        yield


def today(company: Company) -> date:
    """The day it is where the company is."""
    return timezone.now().astimezone(company.zone).date()

"""Who sits at the desk: the member of staff behind a request, and the company they work for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from comptoir.activity.actors import Actor
from comptoir.kernel.ids import decode
from comptoir.people import permissions, sign_in
from comptoir.people.addresses import client_ip
from comptoir.people.models import Membership
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import of_pages, spoken_by
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from comptoir.ui import once

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
Rows = TypeVar("Rows", bound=models.QuerySet[Any])
COMPANY_KEY = "company"
"""Where the session keeps the company that was chosen."""


@dataclass(frozen=True)
class Desk:
    """The request of a member of staff. ``on`` is today in the company's zone."""

    request: HttpRequest
    membership: Membership
    memberships: list[Membership]
    actor: Actor
    on: date
    locale: str

    @property
    def company(self) -> Company:
        return self.membership.company

    @property
    def preferences(self) -> Preferences:
        """The company's own settings."""
        return Preferences((self.company.settings,))

    def may(self, verb: permissions.Verb, entity: str, row: object = None) -> bool:
        return permissions.may(self.membership, verb, entity, row)

    def need(self, verb: permissions.Verb, entity: str, row: object = None) -> None:
        """Raise PermissionDenied (a page says so) unless the member has the right."""
        if not self.may(verb, entity, row):
            raise PermissionDenied

    @property
    def may_send_email(self) -> bool:
        """Whether mail may leave to clients because of this member."""
        return permissions.may_send_email(self.membership)

    def need_email(self) -> None:
        """Raise PermissionDenied unless the member may send mail to clients."""
        if not self.may_send_email:
            raise PermissionDenied

    def absolute(self, path: str) -> str:
        """The address to hand to somebody outside."""
        return f"{settings.BASE_URL.rstrip('/')}{path}"

    def seen(self, rows: Rows, entity: str) -> Rows:
        """The rows the member may see."""
        return permissions.seen_by(self.membership, rows, entity)

    def find(self, rows: models.QuerySet[M], key: str, entity: str, verb: permissions.Verb = "view") -> M:
        """The row of an id in the address: 404 when there is none, 403 without the right."""
        pk = decode(key)
        row = rows.filter(pk=pk).first() if pk is not None else None
        if row is None:
            raise Http404
        self.need(verb, entity, row)
        return row


View = Callable[Concatenate[Desk, P], HttpResponseBase]


def desk(verb: permissions.Verb | None = None, entity: str = "") -> Callable[[View[P]], Callable[..., Any]]:
    """Make a view of a function that takes a Desk: signed in, in a company, with the right.

    Without ``verb`` every member may; a view on one row asks again with the row (``desk.find``).
    """

    def wrap(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        @login_required
        def served(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            memberships = sign_in.open_memberships(request.user)  # type: ignore[arg-type]
            if not memberships:
                raise PermissionDenied
            membership = _chosen(request, memberships)
            with acting_for(membership.company):
                place = _sit(request, membership, memberships)
                spoken = translation.override(of_pages(place.locale))
                with spoken, timezone.override(membership.company.zone):
                    if verb and not permissions.may(membership, verb, entity) and verb != "view":
                        raise PermissionDenied
                    answer = once.answered(request, membership.pk, lambda: view(place, *args, **kwargs))
                    return _finished(answer)

        return served

    return wrap


def _finished(response: HttpResponseBase) -> HttpResponseBase:
    """Render inside the scope and the language, if the view left that for later."""
    render = getattr(response, "render", None)
    if callable(render) and not getattr(response, "is_rendered", True):
        render()
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Membership:
    wanted = request.session.get(COMPANY_KEY)
    return next((each for each in memberships if each.company_id == wanted), memberships[0])


def _sit(request: HttpRequest, membership: Membership, memberships: list[Membership]) -> Desk:
    preferences = Preferences((membership.company.settings,))
    return Desk(
        request=request,
        membership=membership,
        memberships=memberships,
        actor=membership.actor(ip=client_ip(request.META, settings.TRUSTED_PROXIES)),
        on=timezone.now().astimezone(membership.company.zone).date(),
        locale=spoken_by(membership.user.language_id, preferences).locale,
    )

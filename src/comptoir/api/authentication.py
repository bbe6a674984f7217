"""Who speaks: an API token becomes one member of one company (contract rules 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.activity.actors import Actor
from comptoir.api import sight
from comptoir.api.languages import locale_of
from comptoir.api.passwords import typed_password
from comptoir.contract.problems import Problem, invalid_token
from comptoir.people import permissions
from comptoir.people.addresses import client_ip
from comptoir.people.bearers import bearer
from comptoir.people.models import Membership, Token, User
from comptoir.people.passwords import is_confirmed
from comptoir.tenancy.models import Company


@dataclass(frozen=True)
class Caller:
    """A member of staff at the API's door: the Requester of the contract layer."""

    membership: Membership
    token: Token
    request: HttpRequest

    @property
    def company(self) -> Company:
        return self.membership.company

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def headers(self) -> Mapping[str, str]:
        return self.request.headers

    @cached_property
    def ip(self) -> str:
        return address_of(self.request)

    @cached_property
    def actor(self) -> Actor:
        """The activity names the token an integration speaks with, not the one of a signed-in app (S46)."""
        by = self.membership.actor(self.token, self.ip)
        return replace(by, token_name="") if self.token.is_system else by

    @cached_property
    def today(self) -> date:
        return timezone.localdate(timezone=self.company.zone)

    @cached_property
    def locale(self) -> str:
        return locale_of(self.user, self.company)

    def may(self, verb: str, entity: str, row: models.Model | None = None) -> bool:
        if isinstance(row, User) and row.pk == self.user.pk and verb != "create":
            return True  # one's own profile; rights in it are looked at apart
        if verb == "send":
            return permissions.may_send_email(self.membership) and self.may("edit", entity, row)
        return permissions.may(self.membership, verb, entity, row)  # type: ignore[arg-type]

    def seen(self, queryset: models.QuerySet[Any], entity: str) -> models.QuerySet[Any]:
        return sight.seen_by(self.membership, queryset, entity)

    def password_ok(self) -> bool:
        return is_confirmed(self.user, self.company, typed_password(self.request))


def requester_of(request: HttpRequest) -> Caller:
    """The caller behind X-API-TOKEN. Raises Problem 403 for a token, user or company that opens nothing."""
    found = bearer(request.META.get("HTTP_X_API_TOKEN", ""))
    if found is None:
        raise invalid_token()
    membership, token = found
    if not membership.is_open:
        raise Problem(403, _("This user may not use this company."), errors=True)
    if membership.company.is_disabled or membership.company.deleted_at:
        raise Problem(403, _("This company is closed."), errors=True)
    return Caller(membership, token, request)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from."""
    return client_ip(request.META, settings.TRUSTED_PROXIES)

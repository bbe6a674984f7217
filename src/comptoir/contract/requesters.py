"""Who asks: what the wire layer must know of a caller, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.utils.translation import get_language

from comptoir.activity.actors import Actor
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import NoCompany


class Requester(Protocol):
    """One caller of the API, made from a token by the door.

    ``today`` is the date in the company's zone; ``headers`` are the request's, by any case.
    """

    @property
    def company(self) -> Company: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def today(self) -> date: ...
    @property
    def locale(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...

    def may(self, verb: str, entity: str, row: models.Model | None = None) -> bool:
        """Whether the caller may "view", "create" "edit" or "send" (mail) rows of an entity, or this one."""

    def seen(self, queryset: models.QuerySet[Any], entity: str) -> models.QuerySet[Any]:
        """The rows the caller may see; the queryset itself when that is all of them."""

    def password_ok(self) -> bool:
        """Whether a password was given just now, or well within the company's window."""


class Stranger:
    """Whoever knocks at a public route: no company, no rights. Asking for more is a fault in the code."""

    headers: Mapping[str, str] = {}
    actor = Actor("system")

    @property
    def company(self) -> Company:
        raise NoCompany("A public route has no company of its own.")

    @property
    def today(self) -> date:
        raise NoCompany("A public route has no company, and so no date.")

    @property
    def locale(self) -> str:
        return get_language() or "en"

    def may(self, verb: str, entity: str, row: models.Model | None = None) -> bool:
        return False

    def seen(self, queryset: models.QuerySet[Any], entity: str) -> models.QuerySet[Any]:
        return queryset.none()

    def password_ok(self) -> bool:
        return False

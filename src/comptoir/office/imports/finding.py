"""Whose imports a member sees: their own; who looks after the company sees everybody's."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from comptoir.insight.imports.declaring import Entity
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import
from comptoir.kernel import ids
from comptoir.office.desk import Desk


def seen(desk: Desk) -> list[Entity]:
    """The kinds of records that the member may import."""
    return [entity for entity in ENTITIES.values() if desk.may("create", entity.permission)]


def mine(desk: Desk) -> list[Import]:
    """The latest imports, newest first."""
    rows = Import.objects.order_by("-pk").select_related("user")
    if not desk.may("edit", "company"):
        rows = rows.filter(user_id=desk.membership.user_id)
    return list(rows[:20])


def find(desk: Desk, key: str) -> Import:
    """404 for an unknown id, another company's or another member's; 403 without the right."""
    run = Import.objects.filter(pk=ids.decode(key) or 0).first()
    own = run is not None and run.user_id == desk.membership.user_id
    if run is None or not (own or desk.may("edit", "company")):
        raise Http404
    if run.entity not in ENTITIES or not desk.may("create", ENTITIES[run.entity].permission):
        raise PermissionDenied
    return run


def address(run: Import, name: str = "show-import") -> str:
    return reverse(f"office:{name}", args=[ids.encode(run.pk)])

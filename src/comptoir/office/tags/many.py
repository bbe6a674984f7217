"""Tagging the ticked rows of a list: what is put on, what is taken off."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.modules import OF_KINDS, Module
from comptoir.office.pages import came_from, go_to, part
from comptoir.office.tags.editing import found_or_made
from comptoir.tagging.models import Tag
from comptoir.tagging.operations import change_tags
from comptoir.tagging.queries import offered, tags_on
from comptoir.ui import toasts
from comptoir.ui.forms import Form

MOST = 1000


@require_http_methods(["GET", "POST"])
@desk()
def tag(place: Desk, kind: str) -> HttpResponse:
    """Ask which; then do it to the rows that the member may change, deleted ones left out."""
    module = OF_KINDS.get(kind)
    if module is None:
        raise Http404
    asked = place.request.GET if place.request.method == "GET" else place.request.POST
    records = _ticked(place, module, asked.getlist("ids"))
    if place.request.method == "GET":
        return _dialog(place, kind, records, Form())
    add, remove = (_chosen(kind, asked.getlist(name)) for name in ("add", "off"))
    try:
        with transaction.atomic():
            if records and asked.get("name", "").strip():
                add.append(found_or_made(place, kind, asked["name"]))
            if not add and not remove:
                raise Refused("", _("Choose a tag first."))
            n = change_tags(records, add=add, remove=remove, by=place.actor, on=place.on)
    except Refused as refused:
        errors = refused.errors if "name" in refused.errors else {"": [refused.sentence]}
        return _dialog(place, kind, records, Form({"name": asked.get("name", "")}, errors), status=422)
    toasts.add(place.request, ngettext("%(n)s record changed.", "%(n)s records changed.", n) % {"n": n})
    return go_to(place, came_from(place, module.list_url))


def _ticked(place: Desk, module: Module, keys: list[str]) -> list[Any]:
    rows: Any = module.model._default_manager
    live = rows.live().filter(pk__in=ids.decode_all(keys[:MOST])).order_by("pk")
    return [row for row in live if place.may("edit", module.entity, row)]


def _chosen(kind: str, keys: list[str]) -> list[Tag]:
    wanted = ids.decode_all(keys[:MOST])
    return list(Tag.objects.live().filter(kind=kind, pk__in=wanted).order_by("folded"))


def _dialog(place: Desk, kind: str, records: list[Any], form: Form, *, status: int = 200) -> HttpResponse:
    worn = tags_on(kind, [record.pk for record in records])
    borne = {tag.id: tag for tags in worn.values() for tag in tags}
    each = [{tag.id for tag in worn.get(record.pk, ())} for record in records]
    everywhere = set.intersection(*each) if each else set()
    n = len(records)
    context = {
        "form": form,
        "url": reverse("office:tag-many", args=[kind]),
        "ids": [ids.encode(record.pk) for record in records],
        "count": ngettext("%(n)s record", "%(n)s records", n) % {"n": n},
        "offered": [_choice(tag) for tag in offered(kind) if tag.pk not in everywhere],
        "borne": [
            {"id": ids.encode(tag.id), "name": tag.name, "css": tag.css}
            for tag in sorted(borne.values(), key=lambda tag: tag.name.casefold())
        ],
        "may_create": bool(records),
    }
    return part(place, "tags/many.html", context, status=status)


def _choice(tag: Tag) -> dict[str, str]:
    return {"id": ids.encode(tag.pk), "name": tag.name, "css": tag.css}

"""The chips on the page of a record: a tag is found or made by typing, and taken off by its cross."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.kernel import ids
from comptoir.kernel.folding import folded
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.links import record_url
from comptoir.office.modules import OF_KINDS
from comptoir.office.pages import part
from comptoir.tagging.colours import GREY, PALETTE, nearest
from comptoir.tagging.models import Tag
from comptoir.tagging.operations import change_tags, create_tag
from comptoir.tagging.queries import known, offered, tags_on
from comptoir.ui import toasts

MOST = 8


def editor(place: Desk, record: Any) -> dict[str, Any]:
    """What ``tags/editor.html`` draws: the tags of a record, and the way to change them if one may."""
    kind = record.kind.word
    module = OF_KINDS[kind]
    may = place.may("edit", module.entity, record) and not record.is_deleted
    key = ids.encode(record.pk)
    return {
        "tags": [
            {
                "id": ids.encode(tag.id),
                "name": tag.name,
                "css": tag.css,
                "url": f"{module.list_url}?tag={ids.encode(tag.id)}",
            }
            for tag in tags_on(kind, [record.pk]).get(record.pk, ())
        ],
        "url": reverse("office:tag-record", args=[kind, key]) if may else "",
        "suggest_url": reverse("office:suggest-tag", args=[kind, key]) if may else "",
    }


@require_POST
@desk()
def change(place: Desk, kind: str, key: str) -> HttpResponse:
    """Put one on, or take one off; the answer is the editor as it is now."""
    record = _find(place, kind, key)
    sent = place.request.POST
    fault = ""
    try:
        if "off" in sent:  # no field may be called remove: the form has a method of that name
            gone = Tag.objects.live().filter(kind=kind, pk=ids.decode(sent["off"]) or 0)
            change_tags([record], remove=list(gone), by=place.actor, on=place.on)
        else:
            with transaction.atomic():
                tag = found_or_made(place, kind, sent.get("name", ""))
                change_tags([record], add=[tag], by=place.actor, on=place.on)
    except Refused as refused:
        fault = str(refused.sentence)
    if not place.request.headers.get("HX-Request"):
        if fault:
            toasts.add(place.request, fault, "error")
        return redirect(record_url(kind, record.pk))
    shown = {**editor(place, record), "fault": fault, "typed": sent.get("name", "") if fault else ""}
    shown["focused"] = "next" if "off" in sent else "input"
    return part(place, "tags/editor.html", {"editor": shown}, status=422 if fault else 200)


@require_GET
@desk()
def suggest(place: Desk, kind: str, key: str) -> HttpResponse:
    """The tags that fit what is typed and are not there yet; last, to make one of it."""
    record = _find(place, kind, key)
    text = " ".join(place.request.GET.get("q", "").split())
    worn = [tag.id for tag in tags_on(kind, [record.pk]).get(record.pk, ())]
    rows = offered(kind).exclude(pk__in=worn).filter(folded__contains=folded(text))
    found = [{"label": tag.name, "mark": f"dot {tag.css}"} for tag in rows[:MOST]]
    if text and not Tag.objects.live().of(kind).called(text).exists():
        found.append({"label": _("Create “%(name)s”") % {"name": text}, "value": text, "icon": "plus"})
    return JsonResponse(found, safe=False)


def found_or_made(place: Desk, kind: str, name: str) -> Tag:
    """The tag of a name, for a record that the member may change: who may tag it may find a new word.

    Names and colours of the tags that there are stay the administrator's. Raises Refused at ``name``.
    """
    found = Tag.objects.live().of(kind).called(name).first() if name.strip() else None
    if found is not None:
        return found
    return create_tag({"kind": kind, "name": name, "color": fresh_colour(kind)}, by=place.actor, on=place.on)


def fresh_colour(kind: str) -> str:
    """The colour that the fewest tags of a kind have."""
    used = Counter(nearest(tag.color).code for tag in known(kind))
    return min((colour.code for colour in PALETTE if colour is not GREY), key=lambda code: used[code])


def _find(place: Desk, kind: str, key: str) -> models.Model:
    module = OF_KINDS.get(kind)
    if module is None:
        raise Http404
    return place.find(module.model._default_manager.all(), key, module.entity, "edit")

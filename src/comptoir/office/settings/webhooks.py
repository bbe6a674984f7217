"""Webhooks: addresses that are told what happens, how they answer, and what signs their bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.delivery.webhooks import operations
from comptoir.delivery.webhooks.events import EVENTS, told
from comptoir.delivery.webhooks.models import Webhook
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import go_to, page, part
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action
from comptoir.ui.tags.marks import badge

METHODS: Final = [("post", "POST"), ("put", "PUT")]


@require_GET
@desk("edit", "company")
def listed(place: Desk) -> HttpResponse:
    """Every webhook, and how its target answered last."""
    rows = Webhook.objects.filter(archived_at=None).order_by("-pk")
    context = {
        **frame(place, level_of(place), "webhooks"),
        "table": _table(list(rows)),
        "new_url": reverse("office:new-webhook"),
    }
    return page(place, "settings/webhooks.html", context, module="settings")


def _table(rows: list[Webhook]) -> Table:
    at = reverse("office:edit-webhook", args=["ID"]).replace("ID", "{id}")
    return Table(
        columns=[
            Column("target", _("Address"), strong=True, wide=True, phone="main"),
            Column("event", _("Event"), phone="sub"),
            Column("state", _("State")),
            Column("last", _("Last told"), quiet=True),
        ],
        rows=[
            Row(
                ids.encode(row.pk),
                row.target_url,
                [
                    row.target_url,
                    str(EVENTS.get(row.event_id, row.event_id)),
                    _state(row),
                    cells.moment(row.last_at) if row.last_at else "",
                ],
                can="edit resume delete" if row.paused_at else "edit delete",
            )
            for row in rows
        ],
        actions=[
            Action(_("Edit"), at, "pencil", "dialog", key="edit"),
            Action(_("Resume"), at.replace("/edit", "/resume"), "player-play", "post", key="resume"),
            Action(_("Delete"), at.replace("/edit", "/delete"), "trash", "post", key="delete", danger=True),
        ],
        caption=_("Webhooks"),
    )


def _state(row: Webhook) -> Any:
    if row.paused_at:
        return cells.two(badge(_("Paused"), "error"), _said(row))
    if row.failures:
        return cells.two(badge(_("Failing"), "warning"), _said(row))
    return badge(_("Active"), "success")


def _said(row: Webhook) -> str:
    """What its target answered last."""
    return " ".join(str(part) for part in (row.last_status, row.last_error) if part)


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def new(place: Desk) -> HttpResponse:
    """Name an address and an event."""
    if place.request.method == "GET":
        return _dialog(place, Form({"event_id": "2", "rest_method": "post"}), None)
    sent = place.request.POST
    try:
        operations.create_webhook(_read(sent), by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(dict(sent.items()), refused.errors), None, status=422)
    toasts.add(place.request, _("The webhook is added."))
    return go_to(place, reverse("office:webhooks"))


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk, key: str) -> HttpResponse:
    """Change it; shows the secret that signs its bodies."""
    row = _find(place, key)
    if place.request.method == "GET":
        lines = "\n".join(f"{name}: {value}" for name, value in row.headers.items())
        stored = {"target_url": row.target_url, "event_id": str(row.event_id), "rest_method": row.rest_method}
        return _dialog(place, Form({**stored, "headers": lines}), row)
    sent = place.request.POST
    try:
        operations.update_webhook(row, _read(sent), by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(dict(sent.items()), refused.errors), row, status=422)
    toasts.add(place.request, _("The webhook is saved."))
    return go_to(place, reverse("office:webhooks"))


def _dialog(place: Desk, form: Form, row: Webhook | None, *, status: int = 200) -> HttpResponse:
    known = told()
    context = {
        "form": form,
        "row": row,
        "url": place.request.path,
        "events": [(str(number), str(label)) for number, label in EVENTS.items() if number in known],
        "methods": METHODS,
    }
    return part(place, "settings/webhook.html", context, status=status)


def _read(sent: Mapping[str, str]) -> dict[str, Any]:
    """Raises Refused at ``headers`` for a line without a colon."""
    headers: dict[str, str] = {}
    for line in sent.get("headers", "").splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise Refused("headers", _("Write each header on a line of its own, like “X-Key: value”."))
        headers[name.strip()] = value.strip()
    event = sent.get("event_id", "")
    return {
        "target_url": sent.get("target_url", "").strip(),
        "event_id": int(event) if event.isascii() and event.isdigit() and len(event) < 4 else 0,
        "rest_method": sent.get("rest_method", "post"),
        "headers": headers,
    }


def _find(place: Desk, key: str) -> Webhook:
    found: Webhook = place.find(Webhook.objects.filter(archived_at=None), key, "company", "edit")
    return found


@require_POST
@desk("edit", "company")
def resume(place: Desk, key: str) -> HttpResponse:
    """What waited goes out."""
    row = _find(place, key)
    if attempt(place, lambda: operations.resume_webhook(row, by=place.actor, on=place.on)):
        toasts.add(place.request, _("The webhook goes on; what waited is on its way."))
    return redirect("office:webhooks")


@require_POST
@desk("edit", "company")
def delete(place: Desk, key: str) -> HttpResponse:
    """Its target is told nothing more."""
    row = _find(place, key)
    if attempt(place, lambda: operations.delete_webhook(row, by=place.actor, on=place.on)):
        toasts.add(place.request, _("The webhook is deleted."))
    return redirect("office:webhooks")


urlpatterns = [
    path("settings/webhooks", listed, name="webhooks"),
    path("settings/webhooks/new", new, name="new-webhook"),
    path("settings/webhooks/<str:key>/edit", edit, name="edit-webhook"),
    path("settings/webhooks/<str:key>/resume", resume, name="resume-webhook"),
    path("settings/webhooks/<str:key>/delete", delete, name="delete-webhook"),
]

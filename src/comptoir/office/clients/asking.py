"""Small answers that other forms ask for: find a client while typing, make one without leaving."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.clients import named
from comptoir.office.clients.reading import refuse_nameless
from comptoir.office.desk import Desk
from comptoir.office.pages import part
from comptoir.ui.forms import Form

MOST = 20


def suggest(desk: Desk) -> HttpResponse:
    """The first clients that fit, for a picker."""
    text = desk.request.GET.get("q", "").strip()
    rows = desk.seen(Client.objects.active(), "client")
    rows = rows.matching(text) if text else rows
    found = [
        {
            "value": ids.encode(each.pk),
            "label": named(each),
            "hint": each.number,
        }
        for each in rows.order_by("sort_name", "pk")[:MOST]
    ]
    return JsonResponse(found, safe=False)


def quick(desk: Desk) -> HttpResponse:
    """A new client from inside another form; the picker takes it at once (S3)."""
    desk.need("create", "client")
    url = reverse("office:quick-client")
    if desk.request.method == "GET":
        return part(
            desk, "clients/quick.html", {"form": Form({"name": desk.request.GET.get("q", "")}), "url": url}
        )
    sent = desk.request.POST
    person = {key: sent.get(key, "") for key in ("first_name", "last_name", "email")}
    fields = {"name": sent.get("name", ""), "contacts": [person] if any(person.values()) else []}
    try:
        refuse_nameless(fields)
        client = create_client(fields, by=desk.actor, on=desk.on)
    except Refused as refused:
        errors = {name.removeprefix("contacts.0."): texts for name, texts in refused.errors.items()}
        return part(
            desk, "clients/quick.html", {"form": Form(dict(sent.items()), errors), "url": url}, status=422
        )
    picked = {"name": "client_id", "value": ids.encode(client.pk), "label": named(client)}
    response = HttpResponse(status=204)
    response.headers["HX-Trigger"] = json.dumps({"picked": picked, "closeDialog": True})
    return response

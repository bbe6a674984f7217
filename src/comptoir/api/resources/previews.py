"""The PDF of what somebody is typing (contract rules 27, apps.md 4): nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from comptoir.api.resources.printing import pdf
from comptoir.api.resources.records import resource_named
from comptoir.billing import drafting
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.contract import problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.keys import read_key
from comptoir.contract.fields.nested import take_all
from comptoir.contract.reading import Reading
from comptoir.contract.resources import Resource
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import Own, look
from comptoir.designs.models import PARTS
from comptoir.designs.rules import refuse_odd_parts
from comptoir.kernel.refused import Refused


class Previews(Endpoints):
    path, entity = "live_preview", "invoice"

    @route("POST", "/live_preview")
    def live(call: Call) -> HttpResponse:
        """The PDF of an unsaved document; what has a fault is left out rather than refused."""
        return _printed(call)

    @route("POST", "/preview")
    def preview(call: Call) -> HttpResponse:
        """The same for apps that ask by the older name."""
        return _printed(call)


def _printed(call: Call) -> HttpResponse:
    document = _sketch(call)
    design = written(call) or look(document.design_id)
    return pdf(print_document(facts_of(document), look=design), "preview.pdf")


def written(call: Call) -> Own | None:
    """A design that is being written comes along as ``design``; raises Refused at its faulty parts."""
    sent = call.body.get("design")
    parts = sent.get("design", sent) if isinstance(sent, Mapping) else None
    if not isinstance(parts, Mapping) or not str(parts.get("body") or "").strip():
        return None
    kept = {part: parts.get(part) or "" for part in PARTS}
    refuse_odd_parts(kept)
    return Own(kept)


def _sketch(call: Call) -> BillingDocument:
    resource = resource_named(call, call.asked("entity") or "invoice")
    if resource is None or not issubclass(resource.model, BillingDocument):
        raise problems.not_found()
    document, stored = _start(call, resource)
    fields = _readable(call, resource)
    said = fields.pop("client", None)
    if not stored:
        if said is not None:
            call.need("view", said, "client")
        document.client = said or Client(company=call.who.company)
    client = document.client
    fields.pop("invitations", None)
    try:
        drafting.sketch(document, resource.entity, client.preferences, fields, on=call.who.today)
    except Refused:
        drafting.sketch(document, resource.entity, client.preferences, {}, on=call.who.today)
    document.number = str(fields.get("number") or document.number or "")
    document.created_at = document.created_at or timezone.now()
    document.updated_at = document.updated_at or document.created_at
    return document


def _start(call: Call, resource: type[Resource]) -> tuple[Any, bool]:
    """The stored document that is being edited, or a fresh one."""
    key = read_key(str(call.asked("entity_id") or call.body.get("id") or ""))
    found: Any = resource.rows().filter(pk=key).first() if key is not None else None
    if found is not None:
        call.need("view", found, resource.entity)
        return found, True
    call.need("create", None, resource.entity)
    return resource.model(company=call.who.company, status_id=1), False


def _readable(call: Call, resource: type[Resource]) -> dict[str, Any]:
    """What can be read of the body; a fault costs its own key only."""
    return take_all(resource.fields, call.body, Reading(call.who))

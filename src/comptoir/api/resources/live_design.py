"""A real document in the design that somebody is choosing or writing (contract rules 27); none is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpResponse

from comptoir.api.resources.previews import written
from comptoir.api.resources.printing import pdf
from comptoir.api.resources.records import resource_named
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client, Group
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.keys import read_key
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.samples import dressed, made_up
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import AnyLook, look
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue import CHAPTERS
from comptoir.sales.invoices.models import Invoice


class LiveDesigns(Endpoints):
    path, entity = "live_design", "company"

    @route("POST", "/live_design")
    def live(call: Call) -> HttpResponse:
        """The newest document of a kind as the settings and the design that are sent would print it.

        ``entity_type`` is invoice, quote, credit or recurring_invoice; ``client_id`` or
        ``group_settings_id`` narrow it. ``settings`` are values of the level that is edited, laid over
        the stored ones; ``design`` is the text of a design.
        """
        call.need("view", None, "design")
        model, entity = _kind(call)
        client, group = _owner(call)
        rows = call.who.seen(cast("Any", model).objects.live(), entity)
        if client is not None:
            rows = rows.filter(client=client)
        elif group is not None:
            rows = rows.filter(client__group=group)
        newest = rows.select_related("client", "client__group", "company").order_by("-pk").first()
        preferences = _preferences(call, client, group)
        document = newest or made_up(model, entity, call.who.company, on=call.who.today)
        return pdf(
            print_document(dressed(facts_of(document), preferences), look=_look(call, entity, preferences)),
            "design.pdf",
        )


def _kind(call: Call) -> tuple[type[BillingDocument], str]:
    """Invoices, unless another kind of document is named."""
    named = resource_named(call, call.asked("entity_type") or call.asked("entity") or "invoice")
    if named is None or not issubclass(named.model, BillingDocument):
        return Invoice, "invoice"
    return named.model, named.entity


def _owner(call: Call) -> tuple[Client | None, Group | None]:
    """The client or group whose settings are edited, where the caller may see it."""
    key = read_key(str(call.asked("client_id") or ""))
    clients = call.who.seen(Client.objects.live().select_related("group"), "client")
    client = clients.filter(pk=key).first() if key is not None else None
    if client is not None:
        client.company = call.who.company
        return client, None
    key = read_key(str(call.asked("group_settings_id") or call.asked("group_id") or ""))
    return None, Group.objects.live().filter(pk=key).first() if key is not None else None


def _preferences(call: Call, client: Client | None, group: Group | None) -> Preferences:
    """The stored settings under those that are sent; what cannot be read of them counts as not set."""
    sent = call.body.get("settings")
    known = {setting.key for setting in CHAPTERS["designs"]}
    typed = {key: value for key, value in sent.items() if key in known} if isinstance(sent, Mapping) else {}
    stored: list[Mapping[str, Any]] = [call.who.company.settings]
    group = client.group if client is not None else group
    if group is not None or client is not None:
        stored.insert(0, group.settings if group is not None else {})
    if client is not None:
        stored.insert(0, client.settings)
    return Preferences(({**stored[0], **typed}, *stored[1:]))


def _look(call: Call, entity: str, preferences: Preferences) -> AnyLook:
    """The design that is written, else the one that is chosen for this kind."""
    kind = "invoice" if entity == "recurring_invoice" else entity
    return written(call) or look(read_key(str(preferences[f"{kind}_design_id"])))

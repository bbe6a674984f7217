"""Clients on the wire (contract rules 15; schemas.json client; decisions C1 to C20)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models.functions import Lower
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.api.resources import runs
from comptoir.api.resources.client_settings import ClientSettings
from comptoir.api.resources.contacts import Contacts
from comptoir.api.resources.printing import attach
from comptoir.api.resources.spoken import Spoken
from comptoir.api.resources.tags import Tagged, tagged, with_tags
from comptoir.api.resources.wire import CustomValues, Dated, Owned, documents_of, matching
from comptoir.clients import bulk, operations
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client, Contact, Group
from comptoir.clients.purging import purge_client
from comptoir.clients.rules import CLASSIFICATIONS
from comptoir.clients.vat import checking
from comptoir.contract import answers
from comptoir.contract.actions import Action
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Amount, Code, Derived, Flag, Json, Key, Moment, Nested, Text
from comptoir.contract.filters import Rows, between, compare, key, unique
from comptoir.contract.idempotency import once
from comptoir.contract.listing import list_of
from comptoir.contract.reading import Reading
from comptoir.contract.relations import Many, One
from comptoir.contract.requesters import Requester
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.files.models import File
from comptoir.kernel import ids
from comptoir.preferences.writing import shown
from comptoir.reference import country, country_by_code, country_by_iso3, currency_by_code, language_by_code
from comptoir.tenancy import keys


def with_email(rows: Rows, value: str, who: Requester) -> Rows:
    """Clients with a contact of exactly this e-mail, in any case."""
    people = Contact.objects.live().annotate(lowered=Lower("email")).filter(lowered=value.strip().lower())
    return rows.filter(pk__in=people.values("client_id"))


def with_name(rows: Rows, value: str, who: Requester) -> Rows:
    """Clients with this in their name."""
    return rows.perhaps(value).filter(name__icontains=value)  # type: ignore[attr-defined]


def own_settings(client: Any) -> dict[str, Any]:
    """What a client sets itself; nothing for one that is being created."""
    return dict(client.settings) if client else {}


def assign(clients: Sequence[Client], *, by: Actor, on: date, group: Group | None = None) -> Sequence[Client]:
    return bulk.assign_group(clients, group, by=by, on=on)


def write_column(
    clients: Sequence[Client], *, by: Actor, on: date, column: str, new_value: str = ""
) -> Sequence[Client]:
    return bulk.bulk_update(clients, column, new_value, by=by, on=on)


class Clients(Owned, Dated, CustomValues, Tagged, Resource):
    path, entity, model = "clients", "client", Client

    id = Key("pk", writable=False)
    name = Text()
    website = Text()
    private_notes = Text()
    balance = Amount(writable=False)
    group_settings_id = Key("group", to=Group)
    paid_to_date = Amount(writable=False)
    payment_balance = Amount(writable=False)
    credit_balance = Amount(writable=False)
    last_login = Moment()
    size_id = Code()
    public_notes = Text()
    client_hash = Derived(lambda pk: keys.derive("client", pk, length=40), "id")
    address1 = Text()
    address2 = Text()
    phone = Text()
    city = Text()
    state = Text()
    postal_code = Text()
    country_id = Code(known=country)
    industry_id = Code()
    shipping_address1 = Text()
    shipping_address2 = Text()
    shipping_city = Text()
    shipping_state = Text()
    shipping_postal_code = Text()
    shipping_country_id = Code(known=country)
    settings = ClientSettings()
    vat_number = Text()
    id_number = Text()
    display_name = Text(writable=False)
    number = Text()
    has_valid_vat_number = Flag()
    is_tax_exempt = Flag()
    routing_id = Text()
    tax_info = Json(writable=False)
    e_invoice = Json()
    classification = Text(choices=CLASSIFICATIONS)
    legal_form = Text()
    siren = Text()
    siret = Text()
    electronic_address = Text()
    electronic_address_scheme = Text()
    buyer_reference = Text()
    iban = Text()
    bic = Text()
    country_code = Spoken()
    shipping_country_code = Spoken()
    currency_code = Spoken()
    language_code = Spoken()
    contacts = Nested(
        Many(
            Contacts,
            by="client",
            where="{t}.deleted_at IS NULL",
            order="{t}.is_primary DESC, {t}.position, {t}.id",
        ),
        distinct=("email",),
    )

    includes = {
        "documents": documents_of("client"),
        "gateway_tokens": Many("client_gateway_tokens", by="client", where="{t}.deleted_at IS NULL"),
        "group_settings": One("group_settings", by="group"),
        "locations": Many("locations", by="client", where="{t}.deleted_at IS NULL"),
        "activities": Many("activities", by="client_id", order="{t}.id DESC", most=50),
        "ledger": Many(
            "company_ledger",
            by="client",
            where="{t}.account = 'receivable'",
            order="{t}.id DESC",
            most=50,
        ),
        "system_logs": Many("system_logs", by="client_id", order="{t}.id DESC", most=50),
    }
    default_includes = ("documents", "gateway_tokens")
    also_known = ("user", "assigned_user", "recurring_invoices", "contacts")
    search = matching
    filters = {
        "name": with_name,
        "email": with_email,
        "number": unique("number"),
        "id_number": unique("id_number"),
        "balance": compare("balance"),
        "between_balance": between("balance"),
        "group": key("group_id"),
        "client_id": key("pk"),
        "tag_ids": with_tags,
    }
    sorts = {"name": "sort_name", "display_name": "sort_name", "number": "sort_number"}
    date_column = "created_at"
    strict_ids = True
    create, update = tagged(operations.create_client), tagged(operations.update_client)
    actions = {
        "archive": Action(operations.archive_clients, many=True),
        "restore": Action(operations.restore_clients, many=True),
        "delete": Action(operations.delete_clients, many=True),
        "assign_group": Action(assign, params={"group_settings_id": Key("group", to=Group)}, many=True),
        "bulk_update": Action(
            write_column, params={"column": Text(required=True), "new_value": Text()}, many=True
        ),
        "clone": Action(bulk.clone_clients, many=True),
        "template": runs.over("client"),
    }
    uploads = {"documents": attach}

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        """Countries, currency and language may be spoken by their ISO codes."""
        for field in ("country", "shipping_country"):
            code = values.pop(f"{field}_code", "")
            found = country_by_code(code) or country_by_iso3(code) if code else None
            if code and found is None:
                reading.fault(f"{field}_code", "unknown")
            if found and not values.get(f"{field}_id"):
                values[f"{field}_id"] = found.id
        for field, by_code in (("currency", currency_by_code), ("language", language_by_code)):
            code = values.pop(f"{field}_code", "")
            row = by_code(code) if code else None
            if code and row is None:
                reading.fault(f"{field}_code", "unknown")
            if row:
                own = values.setdefault("settings", own_settings(reading.row))
                own.setdefault(f"{field}_id", row.id)

    @classmethod
    def finish(cls, row: Row, view: View) -> None:
        """Nobody's name in the reader's language; figures only for who may see the money."""
        row["display_name"] = row["display_name"] or _("Blank contact")
        who = view.who
        if who is not None and not (who.may("edit", "client") or who.may("view", "invoice")):
            row |= {"balance": 0, "paid_to_date": 0, "credit_balance": 0, "payment_balance": 0}
            row["client_hash"] = ""

    @classmethod
    def blank(cls, row: Row, view: View) -> None:
        """Whose it will be, and no contact yet (decision T24)."""
        row["user_id"] = ids.encode(view.who.actor.user_id) if view.who and view.who.actor.user_id else ""
        row["settings"] = shown({})
        row["display_name"] = _("Blank contact")
        row["client_hash"] = secrets.token_hex(20)
        row["gateway_tokens"] = []

    @route("POST", "{id}/purge", password=True)
    def purge(call: Call) -> HttpResponse:
        """Erase a client and everything of it."""
        client = call.row("edit")

        def work() -> HttpResponse:
            purge_client(client, by=call.who.actor, on=call.who.today)
            return call.message(_("The client was erased."))

        return once(call, lambda: work)

    @route("POST", "{id}/{mergeable_id}/merge", password=True)
    def merge(call: Call) -> HttpResponse:
        """Absorb the second client into the first."""
        kept, absorbed = call.row("edit"), call.row("edit", "mergeable_id")

        def work() -> HttpResponse:
            merge_clients(kept, absorbed, by=call.who.actor, on=call.who.today)
            return call.one(kept.pk)

        return once(call, lambda: work)

    @route("POST", "{id}/documents")
    def documents(call: Call) -> HttpResponse:
        """List the documents of a client and of its records."""
        client = call.row("view")
        return list_of(call, call.registry.resources["documents"], File.objects.about(client.pk))

    @route("POST", "{id}/show_settings")
    def show_settings(call: Call) -> HttpResponse:
        """The settings of a client and of its group, each as set there."""
        client = call.row("view")
        group = client.group.settings if client.group else {}
        return answers.json({"client_settings": shown(client.settings), "group_settings": shown(group)})

    @route("POST", "{id}/updateTaxData")
    def update_tax_data(call: Call) -> HttpResponse:
        """Ask VIES about the client's VAT number; ``tax_info.vies`` and the flag follow once it answers."""
        client = call.row("edit")
        checking.begin(client, on=call.who.today)
        return call.one(client.pk)

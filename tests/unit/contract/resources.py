"""Throw-away declarations, and the plain functions that stand in for operations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone

from comptoir.clients.models import Client, Contact, Group, Location
from comptoir.contract import filters
from comptoir.contract.actions import Action, Figure, Switch
from comptoir.contract.answers import message
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import (
    Amount,
    Code,
    Constant,
    Deleted,
    Derived,
    Email,
    Flag,
    Json,
    Key,
    Masked,
    Moment,
    Nested,
    Settings,
    Text,
)
from comptoir.contract.idempotency import once
from comptoir.contract.reading import Reading
from comptoir.contract.relations import Made, Many, One
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row, Shape
from comptoir.contract.views import View
from comptoir.kernel.refused import Locked, Refused, WrongState
from comptoir.tenancy.keyed import fresh


def write_group(fields: dict[str, Any], *, by: Any, on: Any) -> Group:
    if Group.objects.filter(name=fields["name"]).exists():
        raise Refused("name", "The name has already been taken.")
    return Group.objects.create(**fields)


def rewrite(row: Any, fields: dict[str, Any], *, by: Any, on: Any) -> Any:
    contacts = fields.pop("contacts", None)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if contacts is not None:
        write_contacts(row, contacts)
    return row


def write_contacts(client: Client, contacts: list[dict[str, Any]]) -> None:
    client.contacts.all().delete()
    for place, fields in enumerate(contacts):
        known = {name: value for name, value in fields.items() if name != "id"}
        Contact.objects.create(client=client, position=place, **known, **fresh("contact"))


def write_client(fields: dict[str, Any], *, by: Any, on: Any) -> Client:
    contacts = fields.pop("contacts", [])
    client = Client.objects.create(**{"display_name": fields.get("name", ""), **fields})
    write_contacts(client, contacts)
    return client


def stamp(row: Any, *, by: Any, on: Any) -> None:
    row.archived_at = row.archived_at or timezone.now()
    row.save()


def drop(row: Any, *, by: Any, on: Any) -> None:
    row.archived_at = row.deleted_at = timezone.now()
    row.save()


def bring_back(row: Any, *, by: Any, on: Any) -> None:
    row.archived_at = row.deleted_at = None
    row.save()


def assign_group(rows: list[Any], *, by: Any, on: Any, group: Group | None = None) -> None:
    for row in rows:
        row.group = group
        row.save()


def close(row: Any, *, by: Any, on: Any) -> None:
    if row.public_notes == "closed":
        raise WrongState("It is closed already.")
    row.public_notes = "closed"
    row.save()


def lock_up(row: Any, *, by: Any, on: Any) -> None:
    raise Locked("This one is locked.")


def praise(row: Any, *, by: Any, on: Any, reference: str = "") -> None:
    row.public_notes += f"+praise{reference}"
    row.save()


def pay(row: Any, amount: Any, *, by: Any, on: Any) -> None:
    row.paid_to_date += amount
    row.save()


def file_away(row: Any, files: list[Any], *, public: bool, by: Any, on: Any) -> None:
    row.private_notes = ",".join(file.name for file in files) + (" public" if public else " private")
    row.save()


class Stamps(Shape):
    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()


class ContactShape(Stamps):
    model = Contact
    id = Key("pk")
    first_name = Text()
    email = Email()
    is_primary = Flag()
    password = Masked(most=20)
    contact_key = Derived(lambda pk, seed: f"{pk}-{seed % 7}", "id", "key_seed")


class Groups(Stamps, Resource):
    path, entity, model = "group_settings", "group_setting", Group
    id = Key("pk", writable=False)
    name = Text(required=True)
    settings = Settings()
    is_deleted = Deleted()
    create, update = write_group, rewrite
    actions = {"archive": stamp}
    removes = "archive"
    search = ("name",)
    includes = {
        "clients": Many("clients", by="group", most=2),
        "first": Made(make=lambda keys, view: {keys[0]: 1}),
    }
    passwords = frozenset({"delete"})


class Clients(Stamps, Resource):
    path, entity, model = "clients", "client", Client
    id = Key("pk", writable=False)
    name = Text()
    number = Text()
    balance = Amount(writable=False)
    credit_balance = Amount()
    country_id = Code(known=lambda code: code in ("250", "840"))
    group_settings_id = Key("group", to=Group)
    classification = Text(choices=("individual", "business"))
    is_tax_exempt = Flag()
    settings = Settings()
    tax_info = Json()
    public_notes = Text()
    private_notes = Text()
    paid_to_date = Amount(writable=False)
    is_deleted = Deleted()
    entity_type = Constant("client")
    display_name = Derived()
    contacts = Nested(
        Many(ContactShape, by="client", where="{t}.deleted_at IS NULL", order="{t}.position, {t}.id"),
        distinct=("email",),
    )

    includes = {"group_settings": One("group_settings", by="group"), "ghosts": Many("ghosts", by="client")}
    also_known = ("tags",)
    search = ("name", "number", "contacts__email")
    filters = {
        "name": filters.contains("name"),
        "number": filters.exact("number"),
        "balance": filters.compare("balance"),
        "between_balance": filters.between("balance"),
        "group": filters.key("group_id"),
        "client_id": filters.key("pk"),
        "email": filters.exact("contacts__email"),
        "client_status": filters.words({"owing": Q(balance__gt=0), "even": Q(balance=0)}),
        "owing": filters.when(Q(balance__gt=0)),
        "exempt": filters.flag("is_tax_exempt"),
    }
    sorts = {"display_name": "name", "group.name": "group__name"}
    date_column, date_columns = "created_at", ("updated_at",)
    create, update = write_client, rewrite
    actions = {
        "archive": stamp,
        "delete": drop,
        "restore": bring_back,
        "assign_group": Action(assign_group, params={"group_settings_id": Key("group", to=Group)}, many=True),
        "close": Action(close, single=True),
        "lock": Action(lock_up, single=True, bulk=False),
        "print": Action(single=True, verb="view", answer=lambda call, rows: message(f"{len(rows)} printed")),
        "shred": Action(drop, password=True),
    }
    flags = {"praise": Switch(praise, {"reference": Text()}), "amount_paid": Figure(pay, form=Amount())}
    uploads = {"documents": file_away}
    strict_ids = True

    @classmethod
    def finish(cls, row: Row, view: View) -> None:
        row["display_name"] = row["name"] or "nobody"
        if view.asks("show_len"):
            row["len"] = len(row["contacts"])

    @classmethod
    def blank(cls, row: Row, view: View) -> None:
        row["country_id"] = "250"

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        if values.get("name") == "Bad":
            reading.refuse("name", "No bad names.")

    @route("POST", "{id}/purge", password=True)
    def purge(call: Call) -> HttpResponse:  # noqa: N805
        """Erase a client."""
        row = call.row("edit")
        row.contacts.all().delete()
        row.delete()
        return call.message("gone")

    @route("POST", "{id}/{other}/merge")
    def merge(call: Call) -> HttpResponse:  # noqa: N805
        """Absorb the second client into the first."""
        kept, gone = call.row("edit"), call.row("edit", "other")

        def work() -> HttpResponse:
            gone.contacts.update(client=kept)
            return call.one(kept.pk)

        return once(call, lambda: work)


def erase(row: Any, *, by: Any, on: Any) -> None:
    row.delete()


class Places(Resource):
    """Rows that are really gone once they are deleted, and that nobody updates."""

    path, entity, model = "places", "location", Location
    id = Key("pk", writable=False)
    name = Text()
    filters = ("name", "is_shipping_location", "client_id")
    is_shipping_location = Flag()
    client_id = Key(to=Client, live=True, required=True, fixed=True)
    actions = {"delete": Action(erase, answer=lambda call, rows: message("gone"))}


class Charts(Endpoints):
    path, entity = "charts", "dashboard"

    @route("POST", "totals", verb="view")
    def totals(call: Call) -> HttpResponse:  # noqa: N805
        """Totals per currency."""
        return call.message("totals")

    @route("GET", "/ping", auth="public")
    def ping(call: Call) -> HttpResponse:  # noqa: N805
        return message("pong")

    @route("GET", "/crash")
    def crash(call: Call) -> HttpResponse:  # noqa: N805
        raise ZeroDivisionError

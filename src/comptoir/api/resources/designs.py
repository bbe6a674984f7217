"""Designs on the wire (contract schemas.json design): the built-in ones and the company's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.resources.wire import Dated
from comptoir.clients.groups import update_group
from comptoir.clients.models import Client, Group
from comptoir.clients.operations import update_client
from comptoir.contract import answers, envelopes
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Constant, Flag, Json, Key, Text
from comptoir.contract.fields.keys import read_key
from comptoir.contract.idempotency import once
from comptoir.contract.listing import choose
from comptoir.contract.paging import MOST, Page
from comptoir.contract.problems import not_found
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.designs import operations
from comptoir.designs.looks import BUILT_IN
from comptoir.designs.models import PARTS, Design
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.reference import design as known

KINDS: Final = ("invoice", "quote", "credit", "purchase_order")


class Designs(Dated, Resource):
    """The built-in ones stand first in every list; they can be neither changed nor removed."""

    path, entity, model = "designs", "design", Design
    listed = shown = False

    id = Key("pk", writable=False)
    name = Text(required=True)
    is_custom = Constant(True)
    is_active = Flag(default=True)
    is_template = Flag()
    is_free = Constant(True)
    design = Json("parts", required=True)
    entities = Text()

    search = ("name",)
    filters = {
        "entities": lambda rows, value, _who: rows.filter(entities__icontains=value),
        "template": lambda rows, value, _who: rows.filter(is_template=value == "true"),
        "custom": lambda rows, value, _who: rows.none() if value == "false" else rows,
    }
    create, update = operations.create_design, operations.update_design
    actions = {"archive": operations.archive, "restore": operations.restore, "delete": operations.delete}

    @route("GET", "/designs")
    def every(call: Call) -> HttpResponse:
        """List the built-in designs and the company's own."""
        rows = _sorted([*_built_in_asked(call), *_own(call)], call.query.get("sort", ""))
        page = Page.asked(call.query)
        shown = rows[page.start : page.stop]
        figures = page.figures(call.query, call.link, len(shown), len(rows))
        return answers.json(envelopes.page(shown, figures, call))

    @route("GET", "{id}")
    def show(call: Call) -> HttpResponse:
        """Show one design."""
        return _shown(call)

    @route("GET", "{id}/edit")
    def edit(call: Call) -> HttpResponse:
        """Show one design."""
        return _shown(call)

    @route("POST", "/designs/set/default")
    def set_default(call: Call) -> HttpResponse:
        """Make a design the one of a kind of document: for the company, a group or a client."""
        return _made_default(call)


def built_in() -> list[Row]:
    """The designs that this version has a look for, by their id."""
    return [_row(number) for number in sorted(BUILT_IN)]


def _row(number: int) -> Row:
    row = known(str(number))
    return {
        "id": ids.encode(number),
        "name": row.name if row else "",
        "is_custom": False,
        "is_active": True,
        "is_template": False,
        "is_free": True,
        "design": dict.fromkeys(PARTS, ""),
        "entities": "",
        "created_at": 0,
        "updated_at": 0,
        "archived_at": 0,
        "is_deleted": False,
    }


def _built_in_asked(call: Call) -> list[Row]:
    """None of them is a template, was made by the company, has a kind, or is ever away."""
    query = call.query
    words = set(filter(None, query.get("status", "").split(",")))
    odd = "true" in (query.get("template"), query.get("custom"), query.get("is_deleted"))
    if odd or query.get("entities") or (words and "active" not in words):
        return []
    wanted = query.get("filter", "").casefold()
    return [row for row in built_in() if wanted in row["name"].casefold()]


def _own(call: Call) -> list[Row]:
    keys, _total = choose(call, Designs, Page(1, MOST))
    return call.registry.fetch("designs", keys, view=call.view)


def _sorted(rows: list[Row], asked: str) -> list[Row]:
    key, _bar, way = asked.partition("|")
    if key in {"name", "created_at", "updated_at", "is_active"}:
        rows = sorted(rows, key=lambda row: _comparable(row[key]))
    return rows[::-1] if way.lower() == "desc" else rows


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _shown(call: Call) -> HttpResponse:
    key = call.key()
    if key in BUILT_IN:
        return answers.json(envelopes.item(_row(key), call))
    if not Design.objects.filter(pk=key).exists():
        raise not_found()
    return call.one(key, Designs)


def _made_default(call: Call) -> HttpResponse:
    """Write the setting at its level; raises Refused at ``design_id`` or ``entity``."""
    said = {name: str(call.body.get(name) or "") for name in ("design_id", "entity", "settings_level")}
    write = _writer(call, said["settings_level"])
    key = read_key(said["design_id"])
    if key not in BUILT_IN and not Design.objects.live().filter(pk=key).exists():
        raise Refused("design_id", _("There is no such design."))
    if said["entity"] not in KINDS:
        raise Refused("entity", _("Say invoice, quote, credit or purchase_order."))
    chosen = {f"{said['entity']}_design_id": ids.encode(key or 0)}

    def work() -> HttpResponse:
        write(chosen)
        return call.message(_("Saved."))

    return once(call, lambda: work)


def _writer(call: Call, level: str) -> Callable[[dict[str, str]], Any]:
    """What writes the setting, after the caller's right and the row were looked at."""
    by, on = call.who.actor, call.who.today
    if level == "client":
        client = _named(call, Client, "client_id", "client")
        return lambda chosen: update_client(client, {"settings": {**client.settings, **chosen}}, by=by, on=on)
    if level == "group_settings":
        group = _named(call, Group, "group_settings_id", "group_setting")
        return lambda chosen: update_group(group, {"settings": {**group.settings, **chosen}}, by=by, on=on)
    company = call.who.company
    call.need("edit", company, "company")
    return lambda chosen: update_company(company, {"settings": chosen}, by=by, on=on)


def _named(call: Call, model: Any, name: str, entity: str) -> Any:
    found = model.objects.live().filter(pk=read_key(str(call.body.get(name) or ""))).first()
    if found is None:
        raise Refused(name, _("This record does not exist."))
    call.need("edit", found, entity)
    return found

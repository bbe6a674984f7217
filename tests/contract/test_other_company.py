"""Another company's rows are as if they were not there: on every route, in paths, bodies and filters.

Generated from the registry: a resource that no house has a row of fails, and so does a parameter that
nothing is known about. With the scope off the matrix sees it (last test).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from comptoir.api.registry import registry
from comptoir.contract.endpoints import Route
from comptoir.contract.fields import Key, Nested
from comptoir.contract.relations import Made
from comptoir.contract.resources import Resource
from comptoir.tenancy.rows import CompanyManager, Rows
from tests.contract.houses import UNKNOWN, Door, House, belongings, furnished

ROWLESS = {"activities", "company_ledger"}
"""Resources whose rows no path names."""

PATH_OF = {
    "company_users": "users",
    "user": "users",
    "designs": "",
    "filters": "",
    "emails": "clients",
    "reactivate_email": "",
    "migration": "companies",
    "accounts": "",
    "activities": "",
    "settings": "",
}
"""Routes beside a resource: whose ids they take; "" when they name no row of a company, or one (a mail, an
account, a kept paper, a passkey) that no resource shows and that has its own test."""

PARAMETERS = ("id", "mergeable_id", "key", "action", "entity", "hash")


class Probe(NamedTuple):
    """One request, with a hole for the id."""

    method: str
    path: str
    body: Any = None

    def filled(self, key: str) -> Probe:
        return Probe(self.method, self.path.replace("<id>", key), _filled(self.body, key))


def _filled(body: Any, key: str) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, key) for name, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, key) for value in body]
    return key if body == "<id>" else body


@pytest.fixture
def houses(db: None, settings: Any, tmp_path: Any) -> Iterator[tuple[House, House]]:
    settings.MEDIA_ROOT = tmp_path
    call_command("createcachetable", verbosity=0)
    cache.clear()
    yield furnished("ann"), furnished("bea")
    cache.clear()


def with_ids() -> list[Route]:
    return [route for route in registry().routes() if "{" in route.path]


def kind_of(route: Route) -> str:
    """The resource whose ids the route's path takes; "" for none."""
    first = route.parts[0]
    return PATH_OF.get(first, first)


def in_paths(house: House, kind: str) -> Iterator[Probe]:
    """Every route of a kind of row with an id in its path."""
    for route in with_ids():
        if kind_of(route) != kind or "{id}" not in route.path:
            continue
        for path in _paths(route, house.ids[kind]):
            yield Probe(route.method, path, {})


def _paths(route: Route, own: str) -> list[str]:
    """The route's path with the hole in it; with two ids, the hole is in either place."""
    names = re.findall(r"{(\w+)}", route.path)
    assert set(names) <= set(PARAMETERS), f"nothing is known about a parameter of {route.path}"
    resource = route.home if route.home and issubclass(route.home, Resource) else None
    actions = [name for name, one in resource.all_actions.items() if one.single] if resource else []
    base = [route.path.replace("{action}", action) for action in actions or ["none"]]
    if "mergeable_id" not in names:
        return [path.replace("{id}", "<id>").replace("{key}", "x").replace("{hash}", "x") for path in base]
    return [
        path.replace("{id}", first).replace("{mergeable_id}", second)
        for path in base
        for first, second in (("<id>", own), (own, "<id>"))
    ]


def in_bodies(house: House, kind: str) -> Iterator[Probe]:
    """Every bulk action, and every key of a save that names another row."""
    resource = registry().resources[kind]
    for name, action in resource.all_actions.items():
        if action.bulk:
            yield Probe("POST", f"{kind}/bulk", {"action": name, "ids": ["<id>"]})
            yield Probe("POST", f"{kind}/bulk", {"action": name, "ids": ["<id>", UNKNOWN]})
        for key, form in action.params.items():
            if isinstance(form, Key):
                ids = [house.ids[kind]]
                yield Probe("POST", f"{kind}/bulk", {"action": name, "ids": ids, key: "<id>"})
    for key, form in resource.fields.items():
        if isinstance(form, Key) and form.writable and resource.update:
            yield Probe("PUT", f"{kind}/{house.ids[kind]}", {key: "<id>"})
        if isinstance(form, Nested) and isinstance(form.relation, Made) and resource.update:
            yield Probe("PUT", f"{kind}/{house.ids[kind]}", {key: ["<id>"]})
        elif isinstance(form, Nested) and form.writable and resource.update:
            inner = [name for name, one in form.relation.shape.fields.items() if isinstance(one, Key)]
            for name in inner:
                yield Probe("PUT", f"{kind}/{house.ids[kind]}", {key: [{name: "<id>"}]})


def in_filters(kind: str) -> Iterator[Probe]:
    """Every filter of a list, ``with=`` and whatever else its query may name."""
    for name in [*registry().resources[kind].all_filters, "with"]:
        yield Probe("GET", f"{kind}?{name}=<id>&per_page=5000")


MADE_ANEW = (
    *("id", "hashed_id", "client_hash", "key", "link", "contact_key"),
    *("created_at", "updated_at", "archived_at"),
)
"""Keys whose values differ between two requests that are otherwise the same."""

LOOSE = (
    Probe("POST", "activities/entity", {"entity": "client", "entity_id": "<id>"}),
    Probe("POST", "activities/notes", {"entity": "client", "entity_id": "<id>", "notes": "x"}),
    Probe("POST", "payments/refund", {"id": "<id>", "amount": 1}),
    Probe("POST", "emails", {"entity": "invoice", "entity_id": "<id>"}),
    Probe("POST", "emails/entityHistory", {"entity": "invoice", "entity_id": "<id>"}),
    Probe("POST", "templates", {"entity": "invoice", "entity_id": "<id>"}),
    Probe("POST", "invoices", {"client_id": "<id>"}),
    Probe("POST", "payments", {"client_id": "<id>", "amount": 1}),
    Probe("POST", "clients", {"group_settings_id": "<id>", "assigned_user_id": "<id>"}),
)
"""Ids in other bodies."""


def differences(home: Door, probes: list[Probe], theirs: str) -> list[str]:
    """Where another company's id answers otherwise than one that nobody has."""
    found = []
    for probe in probes:
        foreign, unknown = (_tried(home, probe.filled(key)) for key in (theirs, UNKNOWN))
        if (foreign.status, _blunt(foreign.body, theirs)) != (unknown.status, _blunt(unknown.body, UNKNOWN)):
            found.append(f"{probe}: {foreign.status} {foreign.body[:80]} / {unknown.status}")
        elif foreign.status >= 500:
            found.append(f"{probe}: {foreign.status}")
    return found


def _tried(door: Door, probe: Probe) -> Any:
    """What comes back; whatever it changes is undone."""
    with transaction.atomic():
        answer = door(*probe)
        transaction.set_rollback(True)
    return answer


def _blunt(body: str, asked: str) -> str:
    """Without what differs by itself between two requests; the id that was asked for is a hole again."""
    body = body.replace(asked, "<id>")
    return re.sub(
        r'"(updated_at|created_at|archived_at|id|hashed_id|client_hash|key|link|contact_key)":[^,}]*',
        "",
        body,
    )


def test_every_resource_has_a_row_in_each_house(houses: tuple[House, House]) -> None:
    assert registry().resources.keys() - ROWLESS == houses[0].ids.keys()


def test_every_parameter_of_a_path_is_tried(houses: tuple[House, House]) -> None:
    named = {name for route in with_ids() for name in re.findall(r"{(\w+)}", route.path)}
    assert named == set(PARAMETERS)
    homeless = {kind_of(route) for route in with_ids() if "{id}" in route.path} - houses[0].ids.keys()
    assert homeless <= {""}


def test_ids_in_paths(houses: tuple[House, House]) -> None:
    ann, bea = houses
    before = belongings(bea.company)
    for kind, theirs in bea.ids.items():
        assert differences(ann.door, list(in_paths(ann, kind)), theirs) == []
    assert belongings(bea.company) == before


def test_ids_in_bodies_and_bulk(houses: tuple[House, House]) -> None:
    ann, bea = houses
    before = belongings(bea.company)
    for kind in bea.ids:
        for theirs in {bea.ids[each] for each in (kind, "clients", "users", "group_settings")}:
            assert differences(ann.door, list(in_bodies(ann, kind)), theirs) == []
    assert belongings(bea.company) == before


def test_ids_in_other_bodies(houses: tuple[House, House]) -> None:
    ann, bea = houses
    before = belongings(bea.company)
    for kind in ("clients", "invoices", "payments", "group_settings", "users"):
        assert differences(ann.door, list(LOOSE), bea.ids[kind]) == []
    assert belongings(bea.company) == before


def test_ids_in_filters(houses: tuple[House, House]) -> None:
    ann, bea = houses
    for kind in registry().resources:
        for theirs in {bea.ids["clients"], bea.ids["users"], bea.ids.get(kind, UNKNOWN)}:
            assert differences(ann.door, list(in_filters(kind)), theirs) == []


def test_keys_in_paths(houses: tuple[House, House]) -> None:
    ann, bea = houses
    for route in with_ids():
        if "{key}" not in route.path:
            continue
        path = route.path.replace("{id}", bea.ids["companies"])
        foreign, unknown = (ann.door("GET", path.replace("{key}", key)) for key in (bea.key, "x" * 32))
        assert (foreign.status, foreign.body) == (unknown.status, unknown.body)
        assert foreign.status in (400, 404)


def test_lists_and_search_show_nothing_of_theirs(houses: tuple[House, House]) -> None:
    ann, bea = houses
    for kind in registry().resources:
        theirs = bea.ids.get(kind)
        assert theirs is None or f'"{theirs}"' not in ann.door("GET", f"{kind}?per_page=5000").body, kind
    assert bea.company.name not in ann.door("POST", "search", {}).body
    assert bea.company.name not in ann.door("POST", "refresh", {}).body


def test_with_the_scope_off_the_matrix_sees_it(houses: tuple[House, House], monkeypatch: Any) -> None:
    ann, bea = houses
    monkeypatch.setattr(CompanyManager, "get_queryset", lambda self: Rows(self.model, using=self._db))
    registry.cache_clear()
    probes = list(in_paths(ann, "clients")) + list(in_bodies(ann, "clients"))
    assert differences(ann.door, probes, bea.ids["clients"])
    registry.cache_clear()

"""The routes that a declaration gives for nothing (contract rules 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpResponse

from comptoir.contract import bulk, listing, writing
from comptoir.contract.endpoints import Route, Run
from comptoir.contract.prepared import holds
from comptoir.contract.problems import Forbidden, not_found

if TYPE_CHECKING:
    from comptoir.contract.calls import Call
    from comptoir.contract.resources import Resource


def standard_routes(resource: type[Resource]) -> Iterator[Route]:
    """List, blank, show, edit, create, update, delete, bulk, single actions and upload."""

    def one(name: str, method: str, below: str, run: Run, verb: str = "") -> Route:
        does = (run.__doc__ or "").strip().partition("\n")[0]
        return Route(
            method, resource.path + below, run, verb, "token", name in resource.passwords, does, resource
        )

    actions = resource.all_actions
    if resource.listed:
        yield one("list", "GET", "", listing.show_list)
    if resource.create:
        yield one("create", "POST", "", writing.store, "create")
        yield one("blank", "GET", "/create", writing.show_blank, "create")
    if resource.shown:
        yield one("show", "GET", "/{id}", show, "view")
        yield one("show", "GET", "/{id}/edit", show, "view")
    if resource.update:
        yield one("update", "PUT", "/{id}", writing.change, "edit")
    if resource.removes in actions:
        yield one("delete", "DELETE", "/{id}", writing.remove, "edit")
    if any(action.bulk for action in actions.values()):
        yield one("bulk", "POST", "/bulk", bulk.act_on_many)
    if resource.uploads:
        yield one("upload", "PUT", "/{id}/upload", writing.upload, "edit")
        yield one("upload", "POST", "/{id}/upload", writing.upload, "edit")
    if any(action.single for action in actions.values()):
        yield one("action", "GET", "/{id}/{action}", bulk.act_on_one)
        yield one("action", "POST", "/{id}/{action}", bulk.act_on_one)


def show(call: Call) -> HttpResponse:
    """Show one row, archived and deleted ones too."""
    key, resource = call.key(), call.resource
    if not holds(resource, key):
        raise not_found()
    if not (
        call.sees_all(resource) or call.who.seen(resource.rows().filter(pk=key), resource.entity).exists()
    ):
        raise Forbidden
    return call.one(key)

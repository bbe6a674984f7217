"""The designs that documents can be printed with (contract schemas.json design): the built-in ones."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from comptoir.contract import answers, envelopes
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.keys import read_key
from comptoir.contract.paging import Page
from comptoir.contract.problems import not_found
from comptoir.designs.looks import BUILT_IN
from comptoir.kernel import ids
from comptoir.reference import design

_PARTS: Final = ("includes", "header", "body", "product", "task", "footer")


def built_in() -> list[dict[str, Any]]:
    """Those that this version has a look for, by their id."""
    return [_row(number) for number in sorted(BUILT_IN)]


def _row(number: int) -> dict[str, Any]:
    known = design(str(number))
    return {
        "id": ids.encode(number),
        "name": known.name if known else "",
        "is_custom": False,
        "is_active": True,
        "is_template": False,
        "is_free": True,
        "design": dict.fromkeys(_PARTS, ""),
        "entities": "",
        "created_at": 0,
        "updated_at": 0,
        "archived_at": 0,
        "is_deleted": False,
    }


class BuiltInDesigns(Endpoints):
    """None of them is a template of its own, and none was made by the company."""

    path, entity = "designs", "design"

    @route("GET", "/designs")
    def listed(call: Call) -> HttpResponse:
        """List the built-in designs."""
        odd = "true" in (call.query.get("template"), call.query.get("custom"))
        rows = [] if odd else built_in()
        page = Page.asked(call.query)
        shown = rows[page.start : page.stop]
        figures = page.figures(call.query, call.link, len(shown), len(rows))
        return answers.json(envelopes.page(shown, figures, call))

    @route("GET", "{id}")
    def show(call: Call) -> HttpResponse:
        """Show one built-in design."""
        key = read_key(call.params["id"])
        if key not in BUILT_IN:
            raise not_found()
        return answers.json(envelopes.item(_row(key), call))

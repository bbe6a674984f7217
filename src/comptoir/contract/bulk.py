"""One action on many rows, and single actions on one (contract rules 6, decisions T15 to T17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.contract import answers, envelopes, problems
from comptoir.contract.actions import Action
from comptoir.contract.fetching import fetch
from comptoir.contract.fields.keys import read_key
from comptoir.contract.idempotency import once
from comptoir.contract.paging import MOST, Page
from comptoir.contract.reading import Reading, listed
from comptoir.kernel.refused import WrongState

if TYPE_CHECKING:
    from comptoir.contract.calls import Call


def act_on_many(call: Call) -> HttpResponseBase:
    """Run a bulk action; rows without the right, or in the wrong state for it, stay as they are."""
    action, rows = _read(call)
    if not rows:
        return answers.message(_("No record was found for these ids."))
    allowed = [row for row in rows if action.allows(call, row)]
    if action.password and not call.who.password_ok():
        raise problems.password_needed()
    params = action.read(call)

    def work() -> HttpResponse:
        _run(call, action, allowed, params)
        return show_rows(call, rows)

    if action.answer is None:
        return once(call, lambda: work)
    with transaction.atomic():
        _run(call, action, allowed, params)
    return action.answer(call, allowed)


def act_on_one(call: Call) -> HttpResponseBase:
    """Run the action named in the path on one row."""
    action = call.resource.all_actions.get(call.params["action"])
    if action is None or not action.single:
        raise problems.Problem(400, _("This action is not known."))
    row = call.row(action.verb)
    if not action.allows(call, row):
        raise problems.Forbidden
    if action.password and not call.who.password_ok():
        raise problems.password_needed()
    params = action.read(call)

    def work() -> HttpResponse:
        action.run(call, row, params)
        return call.one(row.pk)

    if action.answer is None:
        return once(call, lambda: work)
    with transaction.atomic():
        action.run(call, row, params)
    return action.answer(call, [row])


def show_rows(call: Call, rows: list[models.Model]) -> HttpResponse:
    """The rows as they are now, as a page of a list."""
    plan = call.registry.plan(call.resource, call.query.get("include", ""), strict=False)
    page = Page.asked(call.query)
    shown = fetch(plan, [row.pk for row in rows][page.start : page.stop], call.view)
    figures = page.figures(call.query, call.link, len(shown), len(rows))
    return answers.json(envelopes.page(shown, figures, call))


def _read(call: Call) -> tuple[Action, list[Any]]:
    """The action and the rows. Raises Refused with what is wrong with either."""
    reading = Reading(call.who)
    name = call.body.get("action")
    action = call.resource.all_actions.get(name) if isinstance(name, str) else None
    if name in (None, ""):
        reading.fault("action", "required")
    elif action is None or not action.bulk:
        reading.fault("action", "unknown")
    rows = _rows(call, reading)
    reading.settle()
    assert action is not None
    return action, rows


def _rows(call: Call, reading: Reading) -> list[Any]:
    ids = listed(call.body.get("ids"))
    strict = call.resource.strict_ids
    if isinstance(ids, str) and ids and call.resource.takes_one_id and not strict:
        ids = [ids]
    if ids in (None, "", []):
        reading.fault("ids", "required")
        return []
    if not isinstance(ids, list):
        reading.fault("ids", "list")
        return []
    if len(ids) > MOST:
        reading.fault("ids", "many", most=MOST)
        return []
    keys = dict.fromkeys(read_key(one) for one in ids)
    wanted = [key for key in keys if key is not None]
    known = {row.pk: row for row in call.resource.rows().filter(pk__in=wanted)}
    if strict and len(known) < len(keys):
        reading.fault("ids", "unknown")
    return [known[key] for key in wanted if key in known]


def _run(call: Call, action: Action, rows: list[models.Model], params: dict[str, Any]) -> None:
    if action.many:
        if rows:
            action.run_all(call, rows, params)
        return
    for row in rows:
        try:
            with transaction.atomic():
                action.run(call, row, params)
        except WrongState:
            continue

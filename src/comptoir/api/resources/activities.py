"""What happened (contract rules 7 and 17, schemas.json activity), newest first."""

from __future__ import annotations

import html
from functools import lru_cache, partial
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.html import strip_tags

from comptoir.activity.comments import comment
from comptoir.activity.facts import kind_of
from comptoir.activity.models import Activity
from comptoir.activity.sentences import sentence
from comptoir.api.resources.labels import OTHER_KIND, labelled
from comptoir.api.resources.records import record_named
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Derived, Flag, Key, Moment, Text
from comptoir.contract.idempotency import once
from comptoir.contract.listing import list_of
from comptoir.contract.resources import Resource
from comptoir.kernel import ids

USUAL, MOST = 75, 500
"""Rows when the question does not say how many, and at most."""


@lru_cache(maxsize=4096)
def _mentions(text: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = msgspec.json.decode(text)
    return found


def _mentioned(kind: str, text: str) -> str:
    """The id of the record of a kind that an activity speaks of."""
    found = _mentions(text).get(kind)
    return ids.encode(found[0]) if found else ""


def _type(code: int | None) -> str:
    return str(code or OTHER_KIND)


def _by(kind: str, actor_kind: str, actor_id: int | None) -> str:
    return ids.encode(actor_id) if actor_id and kind == actor_kind else ""


def _named_token(token_id: int | None, name: str) -> str:
    """The token of an integration; the one that signing in gave an app has no name there."""
    return ids.encode(token_id) if token_id and name else ""


def _notes(notes: str, code: int | None, *what: str) -> str:
    """The notes; where the wire has no number for what happened, the sentence that says it."""
    if notes or code:
        return notes
    fact, actor_name, kind, mentions = what
    row = Activity(fact=fact, actor_name=actor_name, subject_kind=kind, mentions=_mentions(mentions))
    return html.unescape(strip_tags(sentence(row)))


def about(kind: str) -> Derived:
    return Derived(partial(_mentioned, kind), "mentions")


class Activities(Resource):
    path, entity, model = "activities", "activity", Activity
    listed = shown = False
    default_sort = "-pk"

    id = Key("pk", writable=False)
    activity_type_id = Derived(_type, "code")
    client_id = Key("client_id", writable=False)
    invoice_id = about("invoice")
    quote_id = about("quote")
    credit_id = about("credit")
    payment_id = about("payment")
    recurring_invoice_id = about("recurringinvoice")
    recurring_expense_id = about("recurringexpense")
    purchase_order_id = about("purchaseorder")
    expense_id = about("expense")
    task_id = about("task")
    vendor_id = about("vendor")
    vendor_contact_id = about("vendorcontact")
    company_id = Key(writable=False)
    user_id = Derived(partial(_by, "user"), "actor_kind", "actor_id")
    contact_id = Derived(partial(_by, "contact"), "actor_kind", "actor_id")
    token_id = Derived(_named_token, "token_id", "token_name")
    is_system = Flag(sql="{t}.actor_kind = 'system'")
    notes = Derived(_notes, "notes", "code", "fact", "actor_name", "subject_kind", "mentions")
    ip = Text(writable=False)
    created_at = Moment()
    updated_at = Moment("created_at")

    also_known = ("history", "user", "client", "contact", "invoice", "quote", "credit", "payment")
    search = ("notes", "actor_name")

    @route("GET", "/activities")
    def latest(call: Call) -> HttpResponse:
        """List what happened last; ``reactv2`` gives labels instead of ids."""
        if {"react", "reactv2"} & call.query.keys():
            seen = call.who.seen(Activities.rows(), "activity").order_by("-pk")
            return answers.json({"data": labelled(seen[: _wanted(call)])})
        call.query.setdefault("per_page", str(_wanted(call)))
        return list_of(call, Activities)

    @route("POST", "entity")
    def of_record(call: Call) -> HttpResponse:
        """The history of one record, with labels."""
        seen = call.who.seen(_history(call), "activity").order_by("-pk")
        return answers.json({"data": labelled(seen[:MOST])})

    @route("POST", "notes")
    def note(call: Call) -> HttpResponse:
        """Write a remark into the history of a record."""
        record = record_named(call)

        def work() -> HttpResponse:
            row = comment(record, call.body.get("notes", ""), by=call.who.actor, on=call.who.today)
            return call.one(row.pk)

        return once(call, lambda: work)


def _wanted(call: Call) -> int:
    rows = call.query.get("rows", "")
    return min(int(rows), MOST) or USUAL if rows.isascii() and rows.isdigit() and len(rows) < 6 else USUAL


def _history(call: Call) -> QuerySet[Any]:
    """What happened to a record; to a client, whatever happened in its file."""
    record = record_named(call)
    kind = kind_of(record)
    found = Q(subject_kind=kind, subject_id=record.pk)
    if kind == "client":
        found |= Q(client_id=record.pk)
    elif client_id := getattr(record, "client_id", None):
        found |= Q(client_id=client_id, **{f"mentions__{kind}__0": record.pk})
    rows: QuerySet[Any] = Activity.objects.filter(found)
    return rows

"""The editor of a document: new, edit, save, save by itself, save and send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.sending import email_document
from comptoir.kernel.refused import Refused, Stale
from comptoir.office.desk import Desk
from comptoir.office.documents import copying, filling, reading, structured
from comptoir.office.documents import rate as rating
from comptoir.office.documents.editor import Draft, client_of, day_of, draw, draw_picked, draw_rate
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.showing import find
from comptoir.office.documents.taxes import is_computing
from comptoir.office.versions import conflict, save_if_current, version_of
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def new(desk: Desk, kind: Kind) -> HttpResponse:
    """The editor of a new document: of nothing, for a client (S21), or like another document."""
    desk.need("create", kind.entity)
    if desk.request.method == "POST":
        return _save(desk, kind, None)
    asked = desk.request.GET
    like = copying.source(desk, asked)
    client = like.client if like is not None else client_of(desk, asked.get("client", ""))
    values = filling.start_of(kind, client, desk.on)
    rows: Sequence[Mapping[str, Any]] = [dict(filling.EMPTY_LINE)]
    if like is not None:
        values |= copying.taken_over(like) | {"corrects": asked.get("corrects", "")}
        corrects = bool(asked.get("corrects"))
        values |= {rating.FIELD: rating.stored(like)} if corrects else {}
        rows = filling.line_rows(like, computing=is_computing(desk) and not corrects, fees=corrects)
    return draw(desk, kind, Draft(None, Form(values), rows, client))


def edit(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """The editor of a saved document; a locked one says why it cannot be edited."""
    document = find(desk, kind, key, "edit")
    if not kind.editable(document, desk.on):
        toasts.add(desk.request, kind.locked or _("This can no longer be edited."), "warning")
        return redirect(kind.url("show", document))
    if desk.request.method == "POST":
        return _save(desk, kind, document)
    shown = filling.shown_of(kind, document)
    form = Form(shown | rating.of_saved(document) | {"version": version_of(shown)})
    return draw(desk, kind, Draft(document, form, shown["line_items"], document.client))


def autosave(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Keep a draft while somebody writes; what cannot be kept yet waits until they save."""
    document = find(desk, kind, key, "edit")
    if document.status_id != 1 or not kind.editable(document, desk.on):
        return HttpResponse(status=409)
    try:
        saved = _write(desk, kind, document, reading.read(desk, desk.request.POST, kind, document))
    except Stale as stale:
        return HttpResponse(str(stale.sentence), status=409, content_type="text/plain; charset=utf-8")
    except Refused:
        return HttpResponse(status=422)
    response = HttpResponse(status=204)
    response.headers["X-Version"] = version_of(filling.shown_of(kind, saved))
    return response


def contacts(desk: Desk, kind: Kind) -> HttpResponse:
    """What follows the client that was just picked: people, and words where nothing is written yet."""
    sent = desk.request.POST
    client = client_of(desk, sent.get("client_id", ""))
    typed = {name: sent[name] for name in sent if sent[name].strip()}
    typed |= _rate(desk, kind, rating.unit_of(None, client))
    return draw_picked(desk, kind, client, Form(filling.start_of(kind, client, desk.on) | typed))


def rate(desk: Desk, kind: Kind) -> HttpResponse:
    """The rate of exchange of another date."""
    unit = desk.request.POST.get(rating.UNIT, "")
    return draw_rate(desk, kind, unit, Form(_rate(desk, kind, unit)))


def _rate(desk: Desk, kind: Kind, unit: str) -> dict[str, Any]:
    """What the field of the rate holds after the client or the date has changed."""
    sent = desk.request.POST
    start = rating.start(desk.company, unit, day_of(desk, sent), follows=not kind.model.takes_rate)
    return rating.kept(start, sent) | {"date": sent.get("date", "")}


def _save(desk: Desk, kind: Kind, document: BillingDocument | None) -> HttpResponse:
    sent = desk.request.POST
    try:
        fields = reading.read(desk, sent, kind, document)
    except Refused as refused:
        return _again(desk, kind, document, refused.errors)
    try:
        with transaction.atomic():
            saved = _write(desk, kind, document, fields)
            done = _finish(desk, kind, saved) if sent.get("then") == "send" else ""
    except Stale:
        assert document is not None
        return _both(desk, kind, document, fields)
    except Refused as refused:
        return _again(desk, kind, document, reading.placed(refused, sent))
    for said in filter(None, (kind.words.created if document is None else kind.words.saved, done)):
        toasts.add(desk.request, said)
    return redirect(kind.url("show", saved))


def _write(
    desk: Desk, kind: Kind, document: BillingDocument | None, fields: dict[str, Any]
) -> BillingDocument:
    if document is None:
        return kind.create(structured.kept(fields), by=desk.actor, on=desk.on)
    return save_if_current(
        document,
        desk.request.POST.get("version", ""),
        lambda: filling.shown_of(kind, document),
        lambda: kind.update(document, structured.kept(fields, document), by=desk.actor, on=desk.on),
    )


def _finish(desk: Desk, kind: Kind, document: BillingDocument) -> str:
    """Do the next thing, and say it. Raises Refused: then nothing is saved either."""
    if kind.finish is not None:
        if kind.finish.may(desk):
            kind.finish.run(desk, document)
        return ""
    if not desk.may_send_email:
        return ""
    email_document(document, by=desk.actor, on=desk.on)
    return _("On its way by e-mail.")


def _again(
    desk: Desk, kind: Kind, document: BillingDocument | None, errors: Mapping[str, Any]
) -> HttpResponse:
    """The form as it was sent, with what is wrong."""
    if document is not None:
        document.refresh_from_db()
    return draw(desk, kind, _typed(desk, document, errors), status=422)


def _both(desk: Desk, kind: Kind, document: BillingDocument, fields: Mapping[str, Any]) -> HttpResponse:
    """The form as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    document.refresh_from_db()
    now = filling.shown_of(kind, document)
    draft = _typed(desk, document, {})
    compared = {name: value for name, value in fields.items() if name in now and name != "line_items"}
    mine = compared | {"line_items": filling.in_words(reading.lines_of(fields))}
    theirs = now | {"line_items": filling.in_words(document.lines)}
    draft.conflict = conflict(desk, document, theirs, mine)
    draft.form.values["version"] = version_of(now)  # type: ignore[index]
    return draw(desk, kind, draft, status=409)


def _typed(desk: Desk, document: BillingDocument | None, errors: Mapping[str, Any]) -> Draft:
    sent = desk.request.POST
    rows: list[Any] = list(reading.sent_rows(sent)) or [dict(filling.EMPTY_LINE)]
    form = Form({name: sent[name] for name in sent}, errors)
    return Draft(document, form, rows, client_of(desk, sent.get("client_id", "")))

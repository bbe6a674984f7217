"""New, edit, live totals and live preview of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.billing import composition, drafting, totals
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import look
from comptoir.kernel import formats, ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents import editing
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.showing import find
from comptoir.office.pages import page, part
from comptoir.reference import currency
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice, Crumb
from comptoir.ui.tags.figures import locale, money


def new(desk: Desk, kind: Kind) -> HttpResponse:
    """The editor of a new document, for a client when the address names one (S21)."""
    if desk.request.method == "POST":
        return _save(desk, kind, None)
    client = _client(desk, desk.request.GET.get("client", ""))
    values = {"date": desk.on, "is_amount_discount": "percent"}
    if client is not None:
        values |= composition.starting_values(kind.entity, client, client.preferences, on=desk.on)
        values |= {"client_id": ids.encode(client.pk), "is_amount_discount": "percent"}
    return _editor(desk, kind, None, Form(values), editing.line_rows(None), client)


def edit(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """The editor of a saved document."""
    document = find(desk, kind, key, "edit")
    if desk.request.method == "POST":
        return _save(desk, kind, document)
    values = editing.form_of(document, {})
    return _editor(desk, kind, document, Form(values), editing.line_rows(document), document.client)


def count(desk: Desk, kind: Kind) -> HttpResponse:
    """The sums below the lines, counted by the one calculator while somebody types."""
    try:
        document = _sketch(desk, kind)
    except Refused as refused:
        return part(desk, "documents/totals.html", {"refusal": str(refused.sentence)})
    return part(desk, "documents/totals.html", {"sums": sums(document)})


def preview(desk: Desk, kind: Kind) -> HttpResponse:
    """What stands in the form, saved or not, as it would be printed."""
    try:
        document = _sketch(desk, kind)
        content = print_document(facts_of(document), look=look(document.design_id))
    except (Refused, PdfFailed) as failure:
        return HttpResponse(str(failure), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture(content, most=3), content_type="image/webp")


def contacts(desk: Desk, kind: Kind) -> HttpResponse:  # noqa: ARG001
    """The people of the client that was just picked."""
    client = _client(desk, desk.request.GET.get("client_id", ""))
    return part(desk, "documents/contacts.html", {"contacts": _contacts(client, None)})


def sums(document: BillingDocument) -> dict[str, Any]:
    """Net, discount, each tax, total: written out."""
    client = document.client
    counted = totals.add_up(composition.described(document, client.preferences, exempt=client.is_tax_exempt))
    unit = currency(document.currency_id)
    return {
        "subtotal": money(counted.subtotal, unit),
        "discount": money(-counted.discount, unit) if counted.discount else "",
        "taxes": [
            (f"{share.name} {editing.percent(share.rate)}", money(share.amount, unit)) for share in counted.taxes
        ],
        "total": money(counted.amount, unit),
        "lines": [formats.money(line.line_total, unit, locale()) for line in counted.lines] if unit else [],
        "currency": unit.code if unit else "",
    }


def _sketch(desk: Desk, kind: Kind) -> BillingDocument:
    """An unsaved document out of the form; without a client yet, in the company's own currency."""
    sent = desk.request.POST
    fields = _read_leniently(desk, sent)
    client = fields.pop("client", None) or Client(company=desk.company)
    document = kind.model(client=client, company=desk.company, status_id=1)
    drafting.sketch(document, kind.entity, client.preferences, fields, on=desk.on)
    document.number = fields.get("number") or ""
    document.updated_at = document.created_at = timezone.now()
    return document


def _read_leniently(desk: Desk, sent: Any) -> dict[str, Any]:
    """The form as far as it can be read: a missing client is no fault while somebody types."""
    known = sent.copy()
    if not known.get("client_id"):
        known.pop("client_id", None)
    return editing.read(desk, known)


def _client(desk: Desk, key: str) -> Client | None:
    pk = ids.decode(key)
    if pk is None:
        return None
    rows = desk.seen(Client.objects.live(), "client").select_related("group")
    client = rows.filter(pk=pk).first()
    if client is not None:
        client.company = desk.company
    return client


def _save(desk: Desk, kind: Kind, document: BillingDocument | None) -> HttpResponse:
    sent = desk.request.POST
    if document is None:
        desk.need("create", kind.entity)
    try:
        fields = editing.read(desk, sent)
        saved = (
            kind.create(fields, by=desk.actor, on=desk.on)
            if document is None
            else kind.update(document, fields, by=desk.actor, on=desk.on)
        )
    except Refused as refused:
        form = editing.refusal(_typed(sent), refused)
        client = _client(desk, sent.get("client_id", ""))
        return _editor(desk, kind, document, form, editing.sent_rows(sent), client, status=422)
    toasts.add(desk.request, kind.words.created if document is None else kind.words.saved)
    if sent.get("then") == "send":
        return _send(desk, kind, saved)
    return redirect(kind.url("show", saved))


def _send(desk: Desk, kind: Kind, document: BillingDocument) -> HttpResponse:
    """Save and send; what cannot be sent is saved all the same, and says why."""
    try:
        email_document(document, by=desk.actor, on=desk.on)
    except Refused as refused:
        toasts.add(desk.request, str(refused.sentence), "error")
    else:
        toasts.add(desk.request, _("On its way by e-mail."))
    return redirect(kind.url("show", document))


def _typed(sent: Any) -> Mapping[str, Any]:
    return {name: sent[name] for name in sent}


def _editor(
    desk: Desk,
    kind: Kind,
    document: BillingDocument | None,
    form: Form,
    rows: list[dict[str, Any]],
    client: Client | None,
    *,
    status: int = 200,
) -> HttpResponse:
    if document is None:
        desk.need("create", kind.entity)
    shown = editing.line_totals(document) if document is not None and status == 200 else []
    label, badge = kind.status(document, desk.on) if document is not None else kind.statuses[1]
    context = {
        "kind": kind,
        "document": document,
        "form": form,
        "title": kind.words.edit if document is not None else kind.words.new,
        "status": badge,
        "status_label": str(label),
        "crumbs": [Crumb(str(kind.words.many), kind.list_url)],
        "lines": editing.line_table(desk, kind, rows, shown, form.errors),
        "picked": [_picked(client)] if client is not None else [],
        "contacts": _contacts(client, document),
        "taxes": editing.tax_choices(),
        "totals_url": kind.url("totals"),
        "preview_url": kind.url("preview"),
        "back_url": kind.url("show", document) if document is not None else kind.list_url,
        "discount_units": [("percent", "%"), ("amount", _("Amount"))],
        "currency": currency(client.currency_id if client else str(desk.preferences.currency_id)),
        "locale": locale(),
        "is_draft": document is None or document.status_id == 1,
    }
    return page(desk, "documents/edit.html", context, module=kind.key, status=status)


def _picked(client: Client) -> Choice:
    return Choice(ids.encode(client.pk), client.display_name or _("Empty contact"), client.number)


def _contacts(client: Client | None, document: BillingDocument | None) -> list[dict[str, Any]]:
    """The client's people, ticked where they get the document."""
    if client is None or client.pk is None:
        return []
    invited = (
        set(document.invitations.live().values_list("contact_id", flat=True))  # type: ignore[attr-defined]
        if document is not None
        else None
    )
    return [
        {
            "id": ids.encode(each.pk),
            "name": each.full_name or each.email or _("Empty contact"),
            "email": each.email,
            "ticked": each.send_email if invited is None else each.pk in invited,
        }
        for each in client.contacts.live()
    ]

"""The page of one document: what it says, what happened to it, what can be done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.models import Activity
from comptoir.activity.sentences import told
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents import facts_of, file_name, pdf_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import look
from comptoir.ledger.models import Account, Entry
from comptoir.office.clients import client_url
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.links import record_url
from comptoir.office.pages import page
from comptoir.reference import currency
from comptoir.ui.parts import Action, Crumb, Detail, Stat
from comptoir.ui.tags.figures import day, money


def find(desk: Desk, kind: Kind, key: str, verb: Any = "view") -> Any:
    """The document of an id in the address."""
    rows = kind.model.objects.select_related("client", "client__group", "company")
    document = desk.find(rows, key, kind.entity, verb)
    document.company = desk.company
    document.client.company = desk.company
    return document


def show(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """The page of a document."""
    document = find(desk, kind, key)
    label, status = kind.status(document, desk.on)
    context = {
        "kind": kind,
        "document": document,
        "client_url": client_url(document.client),
        "client_name": document.client.display_name or _("Empty contact"),
        "status_label": label,
        "status": status,
        "crumbs": [Crumb(str(kind.words.many), kind.list_url)],
        "stats": _stats(kind, document),
        "main": _main_action(kind, desk, document),
        "kebab": _kebab(kind, desk, document),
        "may_edit": desk.may("edit", kind.entity, document) and not document.is_deleted,
        "edit_url": kind.url("edit", document),
        "pdf_url": kind.url("pdf", document),
        "picture_url": kind.url("picture", document) + f"?{document.updated_at.timestamp():.0f}",
        "people": _people(document),
        "details": _details(kind, document),
        "activity": told(activities(document), record_url),
        "entries": _entries(document),
    }
    return page(desk, "documents/show.html", context, module=kind.key)


def pdf(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Its PDF, to look at; with ``?download`` to keep."""
    document = find(desk, kind, key)
    try:
        content = pdf_of(document)
    except PdfFailed as failure:
        raise Http404(str(failure)) from failure
    response = HttpResponse(content, content_type="application/pdf")
    way = "attachment" if "download" in desk.request.GET else "inline"
    response.headers["Content-Disposition"] = f'{way}; filename="{file_name(document)}"'
    return response


def drawn(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Its pages as a picture, for the page of the document."""
    document = find(desk, kind, key)
    try:
        content = picture(print_document(facts_of(document), look=look(document.design_id)))
    except PdfFailed as failure:
        raise Http404(str(failure)) from failure
    response = HttpResponse(content, content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def activities(document: BillingDocument) -> list[Activity]:
    """What happened to it, newest first."""
    return list(
        Activity.objects.filter(subject_kind=document._meta.model_name, subject_id=document.pk).order_by("-pk")[:50]
    )


def _stats(kind: Kind, document: Any) -> list[Stat]:
    unit = currency(document.currency_id)
    stats = [Stat(_("Amount"), money(document.amount, unit))]
    if kind.wants_money:
        stats.append(Stat(_("Paid"), money(document.paid_to_date, unit)))
        stats.append(Stat(_("Balance"), money(document.balance, unit)))
    stats.append(Stat(str(kind.words.due), day(document.requested_by)))
    return stats


def _main_action(kind: Kind, desk: Desk, document: Any) -> Action | None:
    """The next thing one would do."""
    extra = kind.extra_actions(desk, document)
    return extra[0] if extra else None


def _kebab(kind: Kind, desk: Desk, document: Any) -> list[Action]:
    shown = [Action(_("Download PDF"), kind.url("pdf", document) + "?download", "file-download")]
    if not desk.may("edit", kind.entity, document):
        return shown
    acts = kind.extra_actions(desk, document)[1:]
    acts += [
        Action(
            str(verb.label), kind.url("act", document, verb.key), verb.icon,
            "dialog" if verb.asks else "post", danger=verb.danger, divided=verb.divided,
        )
        for verb in kind.verbs
        if verb.may(document, desk.on)
    ]  # fmt: skip
    return [*acts[:2], *shown, *acts[2:]]


def _people(document: Any) -> list[dict[str, Any]]:
    """Whom it is for, and whether they have looked."""
    invitations = document.invitations.live().select_related("contact").order_by("pk")
    return [
        {
            "name": each.contact.full_name or each.contact.email or _("Empty contact"),
            "email": each.contact.email,
            "sent": each.sent_at,
            "viewed": each.viewed_at,
            "failed": each.email_status == "bounced",
            "error": each.email_error,
        }
        for each in invitations
    ]


def _details(kind: Kind, document: Any) -> list[Detail]:
    found = [
        Detail(_("Number"), document.number or _("Given when sent"), "number", copy=bool(document.number)),
        Detail(_("Date"), day(document.date), "html"),
        Detail(str(kind.words.due), day(document.due_date), "html"),
        Detail(_("Order number"), document.po_number),
    ]
    if document.partial > 0:
        unit = currency(document.currency_id)
        found.append(Detail(_("Deposit"), money(document.partial, unit), "html"))
    return [detail for detail in found if detail.value]


def _entries(document: Any) -> list[dict[str, Any]]:
    """What it did to the client's balance."""
    unit = currency(document.currency_id)
    entries = Entry.objects.filter(
        reason_kind=document._meta.model_name, reason_id=document.pk, account=Account.RECEIVABLE
    )
    return [
        {"when": each.created_at, "amount": money(each.amount, unit), "up": each.amount > 0}
        for each in entries.order_by("-pk")[:20]
    ]

"""The page of one document: what it says, what happened to it, what can be done."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.delivery.papers import keeping
from comptoir.delivery.papers.models import Occasion
from comptoir.delivery.papers.planning import planned_for
from comptoir.exchange.rates import Converter
from comptoir.office.assigning.entries import assigned_to
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk
from comptoir.office.documents import rate
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.menu import kebab, main_action
from comptoir.office.documents.people import people
from comptoir.office.documents.tax_reasons import reasons
from comptoir.office.files import panels
from comptoir.office.history import history
from comptoir.office.mails.table import of_document
from comptoir.office.pages import page
from comptoir.office.tags.editing import editor
from comptoir.reference import currency
from comptoir.ui.parts import Crumb, Detail, Stat, Tab, Tone
from comptoir.ui.tags.figures import NOTHING, day, money


def find(desk: Desk, kind: Kind, key: str, verb: Any = "view") -> Any:
    """The document of an id in the address."""
    rows = kind.model.objects.select_related("client", "client__group")
    document = desk.find(rows, key, kind.entity, verb)
    document.company = document.client.company = desk.company
    return document


def show(desk: Desk, kind: Kind, key: str, tab: str = "overview") -> HttpResponse:
    """One tab of the page of a document; what is above the tabs is the same on all."""
    document = find(desk, kind, key)
    if tab not in TABS:
        raise Http404
    label, status = kind.status(document, desk.on)
    may_edit = desk.may("edit", kind.entity, document)
    editable = may_edit and kind.editable(document, desk.on)
    context = {
        "kind": kind,
        "document": document,
        "client_url": client_url(document.client),
        "client_name": named(document.client),
        "status_label": label,
        "status": status,
        "crumbs": [Crumb(str(kind.words.many), kind.list_url)],
        "tabs": _tabs(kind, document, tab),
        "main": main_action(kind, desk, document),
        "kebab": kebab(kind, desk, document),
        "edit_url": kind.url("edit", document) if editable else "",
        "locked": kind.locked if may_edit and not editable and not document.is_deleted else "",
        "pdf_url": kind.url("pdf", document),
        "planned": _planned(desk, kind, document),
        "editor": editor(desk, document),
        "template": f"office/documents/{tab}.html",
        **TABS[tab][1](desk, kind, document),
        **(kind.more(desk, document) if tab == "overview" else {}),
    }
    return page(desk, "documents/show.html", context, module=kind.key)


def _planned(desk: Desk, kind: Kind, document: Any) -> dict[str, Any]:
    """The e-mail that waits for its day; empty when none does."""
    row = planned_for(document)
    if row is None:
        return {}
    may = desk.may("edit", kind.entity, document) and desk.may_send_email
    return {"day": day(row.day), "url": kind.url("unplan", document) if may else ""}


def _tabs(kind: Kind, document: Any, active: str) -> list[Tab]:
    files = panels.count(document)
    return [
        Tab(
            str(label()),
            kind.url("show", document) if name == "overview" else kind.url("tab", document, name),
            icon,
            active=name == active,
            count=files if name == "documents" else "",
        )
        for name, (label, _view, icon) in TABS.items()
        if name != "versions" or keeping.are_kept(kind.entity)
    ]


def overview(desk: Desk, kind: Kind, document: Any) -> dict[str, Any]:
    """Figures, the document as it is sent, whom it is for, the latest of its history."""
    return {
        "stats": kind.stats(document, desk.on) if kind.stats else _stats(kind, document),
        "picture_url": kind.url("picture", document) + f"?{_printed_as_of(document):.0f}",
        "people": people(desk, kind, document),
        "tax_reasons": reasons(document),
        "details": [*(kind.details or partial(_details, kind))(document), *_assigned(document)],
        "activity": history(desk, document._meta.model_name or "", document.pk, most=8),
        "activity_url": kind.url("tab", document, "activity"),
    }


def _assigned(document: Any) -> list[Detail]:
    """Who looks after it, of every kind."""
    return [assigned_to(document)] if document.assigned_user_id else []


def _printed_as_of(document: Any) -> float:
    """When something last changed that its print shows."""
    rows = (document, document.client, document.company)
    return max(row.updated_at for row in rows).timestamp()


def documents(desk: Desk, kind: Kind, document: Any) -> dict[str, Any]:
    """Files that go with it."""
    may_upload = desk.may("edit", kind.entity, document) and not document.is_deleted
    return panels.panel(desk, document, kind.url("upload", document), may_upload=may_upload)


def activity(desk: Desk, _kind: Kind, document: Any) -> dict[str, Any]:
    """All of its history."""
    return {"activity": history(desk, document._meta.model_name or "", document.pk, most=200)}


def _stats(kind: Kind, document: Any) -> list[Stat]:
    unit = currency(document.currency_id)
    stats = [Stat(_("Amount"), money(document.amount, unit), *_home(document))]
    if kind.wants_money:
        stats.append(Stat(str(kind.words.paid), money(document.paid_to_date, unit)))
        owed = NOTHING if document.status_id == 1 else money(document.balance, unit)
        stats.append(Stat(str(kind.words.left), owed))
    stats.append(Stat(str(kind.words.due), day(document.requested_by)))
    return stats


def _home(document: Any) -> tuple[str, Tone]:
    """Below an amount in another currency: what it is in the company's, or that nobody knows."""
    own = Converter(document.company).own
    if document.currency_id == own:
        return "", ""
    amount, _code = rate.at_home(document)
    if amount:
        return strip_tags(amount), ""
    code = getattr(currency(own), "code", "")
    return _("No exchange rate: in no sum in %(code)s") % {"code": code}, "warning"


def _details(kind: Kind, document: Any) -> list[Detail]:
    unit = currency(document.currency_id)
    found = [
        Detail(_("Number"), document.number or _("Given when sent"), "number", copy=bool(document.number)),
        Detail(_("Date"), day(document.date)),
        Detail(str(kind.words.due), day(document.due_date) if document.due_date else ""),
        Detail(_("Order number"), document.po_number, copy=True),
        Detail(_("Exchange rate"), rate.said(document)),
        Detail(_("Deposit"), money(document.partial, unit) if document.partial > 0 else ""),
        *kind.more_details(document),
    ]
    return [detail for detail in found if detail.value]


def versions(desk: Desk, kind: Kind, document: Any) -> dict[str, Any]:
    """What its client was sent, the latest first."""
    unit = currency(document.currency_id)
    words = {
        Occasion.ISSUED: _("Issued"),
        Occasion.CHANGED: pgettext("version of a document", "Changed"),
        Occasion.MAILED: _("Sent by e-mail"),
    }
    return {
        "versions": [
            {
                "row": each,
                "why": words[Occasion(each.occasion)],
                "amount": money(each.amount, unit),
                "url": (url := kind.url("version", document, str(each.pk))),
                "download_url": f"{url}?download",
            }
            for each in keeping.versions(document).reverse()
        ]
    }


TABS: dict[str, tuple[Any, Any, str]] = {
    "overview": (lambda: _("Overview"), overview, "layout-grid"),
    "documents": (lambda: _("Documents"), documents, "paperclip"),
    "activity": (lambda: _("Activity"), activity, "activity"),
    "emails": (lambda: _("E-mails"), of_document, "mail"),
    "versions": (lambda: _("Versions"), versions, "history"),
}

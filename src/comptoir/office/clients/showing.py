"""The page of a client: its head, the same on every tab, and one of its tabs (S15 to S50)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client
from comptoir.files.logos import picture_at
from comptoir.kernel import ids
from comptoir.office.clients import client_url, logo_url, named
from comptoir.office.clients.details import details
from comptoir.office.clients.finding import find
from comptoir.office.clients.ledger import ledger
from comptoir.office.clients.menu import kebab
from comptoir.office.clients.overview import overview
from comptoir.office.clients.portal import portal_url
from comptoir.office.clients.streams import activity, logs
from comptoir.office.desk import Desk
from comptoir.office.files import panels
from comptoir.office.links import page_url
from comptoir.office.mails.table import of_client
from comptoir.office.pages import page
from comptoir.office.tags.editing import editor
from comptoir.ui.parts import Crumb, Tab


def show(desk: Desk, key: str, tab: str = "overview") -> HttpResponseBase:
    """One tab of the client's page, or the file that the tab can be saved as."""
    client = find(desk, key)
    if tab not in TABS:
        raise Http404
    shown = TABS[tab][1](desk, client)
    if isinstance(shown, HttpResponseBase):
        return shown
    live = not client.is_deleted
    context = {
        "client": client,
        "name": named(client),
        "logo_url": logo_url(client),
        "deleted_label": pgettext("status of a client", "Deleted"),
        "archived_label": pgettext("status of a client", "Archived"),
        "tabs": tabs(client, tab),
        "crumbs": [Crumb(_("Clients"), page_url("clients")), Crumb(client.number)],
        "kebab": kebab(desk, client),
        "editor": editor(desk, client),
        "edit_url": client_url(client, "edit") if live and desk.may("edit", "client", client) else "",
        "invoice_url": _invoice_url(client) if live and desk.may("create", "invoice") else "",
        "portal_url": portal_url(desk, client),
        "template": f"office/clients/{tab}.html",
        **shown,
    }
    return page(desk, "clients/show.html", context, module="clients")


def logo(desk: Desk, key: str) -> HttpResponseBase:
    """The picture that the client chose."""
    found = picture_at(find(desk, key).logo_path)
    if found is None:
        raise Http404
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Cache-Control"] = "private, max-age=300"
    return found


def _invoice_url(client: Client) -> str:
    return page_url("new-invoice") + f"?client={ids.encode(client.pk)}"


def tabs(client: Client, active: str) -> list[Tab]:
    """The tabs of the page, the number of files on theirs (S29)."""
    files = panels.count(client)
    return [
        Tab(
            str(label()),
            client_url(client) if name == "overview" else client_url(client, "tab", name),
            icon,
            active=name == active,
            count=files if name == "documents" else "",
        )
        for name, (label, _view, icon) in TABS.items()
    ]


def documents(desk: Desk, client: Client) -> dict[str, Any]:
    """Files of the client and of everything that is theirs (S29, S30)."""
    may_upload = desk.may("edit", "client", client) and not client.is_deleted
    shown = panels.panel(desk, client, client_url(client, "upload"), may_upload=may_upload)
    return shown | {"zip_url": client_url(client, "zip") if len(shown["files"]) > 1 else ""}


TABS: dict[str, tuple[Any, Any, str]] = {
    "overview": (lambda: _("Overview"), overview, "layout-grid"),
    "details": (lambda: _("Details"), details, "id"),
    "documents": (lambda: _("Documents"), documents, "paperclip"),
    "ledger": (lambda: _("Ledger"), ledger, "book"),
    "activity": (lambda: _("Activity"), activity, "activity"),
    "emails": (lambda: _("E-mails"), of_client, "mail"),
    "logs": (lambda: _("System logs"), logs, "terminal-2"),
}

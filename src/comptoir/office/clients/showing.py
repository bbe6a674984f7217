"""The page of a client: overview, details, documents, ledger, activity, system logs (S15 to S50)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.activity.models import Activity, SystemLog
from comptoir.activity.sentences import told
from comptoir.clients.models import Client
from comptoir.files.models import File
from comptoir.kernel import ids
from comptoir.ledger.models import Account, Entry
from comptoir.office.clients import client_url
from comptoir.office.clients.listing import country_name
from comptoir.office.clients.logs import shown_logs
from comptoir.office.clients.menu import kebab
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.invoices import INVOICES
from comptoir.office.links import record_url
from comptoir.office.modules import MODULES, Module
from comptoir.office.pages import page, part
from comptoir.preferences.custom_fields import custom_fields
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.ui.parts import Crumb, Detail, Stat, Tab, Tile
from comptoir.ui.tags.figures import money

PAGE = 50


def find(desk: Desk, key: str, verb: Any = "view") -> Client:
    """The client of an id in the address."""
    client = desk.find(Client.objects.select_related("group"), key, "client", verb)
    client.company = desk.company
    return client


def show(desk: Desk, key: str, tab: str = "overview") -> HttpResponse:
    """One tab of the client's page; htmx asks for the tab alone."""
    client = find(desk, key)
    if tab not in TABS:
        raise Http404
    context = {
        "client": client,
        "name": client.display_name or _("Empty contact"),
        "tab": tab,
        "tabs": tabs(client, tab),
        "crumbs": [Crumb(_("Clients"), reverse("office:clients")), Crumb(client.number)],
        "kebab": kebab(desk, client),
        "may_edit": desk.may("edit", "client", client) and not client.is_deleted,
        "may_invoice": desk.may("create", "invoice") and not client.is_deleted,
        "edit_url": client_url(client, "edit"),
        "invoice_url": reverse("office:new-invoice") + f"?client={ids.encode(client.pk)}",
        "portal_url": portal_url(client),
        "template": f"office/clients/{tab}.html",
        **TABS[tab][1](desk, client),
    }
    if desk.request.headers.get("HX-Target") == "tab":
        return part(desk, f"clients/{tab}.html", context)
    return page(desk, "clients/show.html", context, module="clients")


def tabs(client: Client, active: str) -> list[Tab]:
    """The tabs of the page, the number of files on theirs (S29)."""
    files = File.objects.filter(owner_kind="client", owner_id=client.pk, deleted_at=None).count()
    return [
        Tab(
            str(label()),
            client_url(client) if name == "overview" else client_url(client, "tab", name),
            icon,
            active=name == active,
            count=str(files) if name == "documents" and files else "",
        )
        for name, (label, _view, icon) in TABS.items()
    ]


def portal_url(client: Client) -> str:
    """The portal as the client's first contact, without leaving a trace (S23)."""
    first = client.contacts.live().first()
    return contact_url(first, client) if first is not None else ""


def contact_url(contact: Any, client: Client) -> str:
    """The portal as this contact; ``silent`` so that nothing is marked as seen (S28)."""
    return f"/client/key_login/{contact.contact_key}?silent=true&client_hash={client.client_hash}"


def overview(desk: Desk, client: Client) -> dict[str, Any]:
    """Figures, notes, tiles, the latest invoices."""
    unit = currency(client.currency_id)
    latest = desk.seen(Invoice.objects.filter(client=client, deleted_at=None), "invoice").order_by("-pk")[:6]
    return {
        "stats": _stats(client, unit),
        "tiles": _tiles(desk, client),
        "latest": [_line(desk, INVOICES, invoice) for invoice in latest],
        "all_invoices_url": reverse("office:invoices") + f"?client={ids.encode(client.pk)}",
        "contacts": list(client.contacts.live()[:3]),
        "address": address(client, ""),
    }


def _stats(client: Client, unit: Any) -> list[Stat]:
    late = Invoice.objects.filter(client=client).overdue(_today(client)).count()
    note = ngettext("%(n)s invoice overdue", "%(n)s invoices overdue", late) % {"n": late}
    stats = [
        Stat(_("Paid to date"), money(client.paid_to_date, unit)),
        Stat(_("Balance due"), money(client.balance, unit), note if late else _("Nothing overdue"), "error" if late else ""),
    ]
    if client.credit_balance or not client.payment_balance:
        stats.append(Stat(_("Credit"), money(client.credit_balance, unit)))
    if client.payment_balance:
        stats.append(Stat(_("To apply"), money(client.payment_balance, unit)))
    stats.append(Stat(_("Pays in"), _pays_in(client)))
    return stats


def _pays_in(client: Client) -> str:
    """The average number of days from an invoice's date to its last payment."""
    paid = Invoice.objects.filter(client=client, status_id=Status.PAID, deleted_at=None)
    rows = paid.values_list("date", "allocations__payment__date").order_by("-pk")[:200]
    days = [(when - issued).days for issued, when in rows if when is not None]
    if not days:
        return "—"
    average = round(sum(days) / len(days))
    return ngettext("%(n)s day", "%(n)s days", average) % {"n": average}


def _today(client: Client) -> Any:
    return timezone.now().astimezone(client.company.zone).date()


def _tiles(desk: Desk, client: Client) -> list[Tile]:
    """The groups tile and one for each module that has records of clients (S19)."""
    found = [_group_tile(desk, client)]
    for module in MODULES:
        if module.tile and module.is_on(desk):
            found.append(_tile(desk, module, client))
    return found


def _group_tile(desk: Desk, client: Client) -> Tile:
    group = client.group
    here = ids.encode(group.pk) if group else ""
    return Tile(
        label=_("Groups"),
        icon="users-group",
        count=group.name if group else _("None"),
        list_url=reverse("office:clients") + f"?group={here}" if group else reverse("office:groups"),
        add_url=client_url(client, "group") if desk.may("edit", "client", client) and not client.is_deleted else "",
        add_label=_("Choose a group"),
    )


def _tile(desk: Desk, module: Module, client: Client) -> Tile:
    key = ids.encode(client.pk)
    may = desk.may("create", module.entity) and not client.is_deleted
    return Tile(
        label=str(module.label),
        icon=module.icon,
        count=_counts(desk, module, client),
        list_url=f"{module.list_url}?client={key}",
        add_url=f"{module.add_url}?client={key}" if may and module.add_url else "",
        add_label=str(module.add_label),
    )


def _counts(desk: Desk, module: Module, client: Client) -> str:
    """“3 active • 1 archived”, or “None” (S18)."""
    rows = desk.seen(module.rows().filter(client=client, deleted_at=None), module.entity)
    counts = rows.aggregate(active=Count("pk", filter=Q(archived_at=None)), kept=Count("pk"))
    active, archived = counts["active"], counts["kept"] - counts["active"]
    if not counts["kept"]:
        return _("None")
    said = ngettext("%(n)s active", "%(n)s active", active) % {"n": active}
    if archived:
        said += " • " + ngettext("%(n)s archived", "%(n)s archived", archived) % {"n": archived}
    return said


def _line(desk: Desk, kind: Kind, document: Any) -> dict[str, Any]:
    label, status = kind.status(document, desk.on)
    return {
        "number": document.number or _("Draft"),
        "url": kind.url("show", document),
        "date": document.date,
        "label": label,
        "status": status,
        "amount": money(document.amount, currency(document.currency_id)),
    }


def details(desk: Desk, client: Client) -> dict[str, Any]:
    """Contacts with their links to the portal, numbers, addresses (S27, S28)."""
    fields = custom_fields(desk.company.custom_fields, "contact")
    return {
        "people": [
            {
                "name": each.full_name or each.email or _("Empty contact"),
                "email": each.email,
                "phone": each.phone,
                "is_primary": each.is_primary,
                "send_email": each.send_email,
                "portal_url": contact_url(each, client),
                "custom": [
                    (field.label, field.display(getattr(each, field.name), desk.locale))
                    for field in fields
                    if getattr(each, field.name)
                ],
            }
            for each in client.contacts.live()
        ],
        "facts": _facts(desk, client),
        "addresses": [
            (_("Billing address"), address(client, "")),
            (_("Shipping address"), address(client, "shipping_")),
        ],
    }


def _facts(desk: Desk, client: Client) -> list[Detail]:
    found = [
        Detail(_("Number"), client.number, "number", copy=True),
        Detail(_("ID number"), client.id_number, "number", copy=True),
        Detail(_("VAT number"), client.vat_number, "number", copy=True),
        Detail(_("SIREN"), client.siren, "number", copy=True),
        Detail(_("SIRET"), client.siret, "number", copy=True),
        Detail(_("Phone"), client.phone, "phone", copy=True),
        Detail(_("Website"), client.website, "web", url=_web(client.website)),
        Detail(_("Currency"), getattr(currency(client.currency_id), "code", "")),
    ]
    found += [
        Detail(field.label, field.display(getattr(client, field.name), desk.locale))
        for field in custom_fields(desk.company.custom_fields, "client")
    ]
    return [detail for detail in found if detail.value]


def _web(site: str) -> str:
    return site if site.startswith(("http://", "https://")) else f"https://{site}" if site else ""


def address(client: Client, prefix: str) -> str:
    """An address in lines, without gaps."""
    said = {part: getattr(client, prefix + part) for part in ("address1", "address2", "city", "state", "postal_code")}
    town = " ".join(part for part in (said["postal_code"], said["city"]) if part)
    lines = [said["address1"], said["address2"], town, said["state"]]
    if any(lines):
        lines.append(country_name(getattr(client, f"{prefix}country_id")))
    return "\n".join(line for line in lines if line)


def documents(desk: Desk, client: Client) -> dict[str, Any]:
    """Files of the client and of everything that is theirs (S29, S30)."""
    rows = File.objects.filter(client_id=client.pk, deleted_at=None).order_by("-pk")[:200]
    return {
        "files": [
            {
                "id": ids.encode(each.pk),
                "name": each.name,
                "type": each.type,
                "size": each.size,
                "when": each.created_at,
                "is_public": each.is_public,
                "url": reverse("office:file", args=[ids.encode(each.pk)]),
                "toggle_url": reverse("office:file-visibility", args=[ids.encode(each.pk)]),
                "delete_url": reverse("office:file-delete", args=[ids.encode(each.pk)]),
                "of": each.owner_kind if each.owner_kind != "client" else "",
            }
            for each in rows
        ],
        "upload_url": client_url(client, "upload"),
        "may_upload": desk.may("edit", "client", client) and not client.is_deleted,
    }


def ledger(desk: Desk, client: Client) -> dict[str, Any]:
    """What the client owed, paid and owes: debit, credit, running balance (S37 to S41)."""
    unit = currency(client.currency_id)
    number = _page(desk)
    rows = Entry.objects.filter(client=client, account=Account.RECEIVABLE).order_by("-pk")
    shown = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return {
        "entries": [
            {
                "when": each.created_at,
                "on": each.on,
                "label": each.label,
                "url": record_url(each.reason_kind, each.reason_id),
                "kind": _reason(each),
                "debit": money(each.amount, unit) if each.amount > 0 else "",
                "credit": money(-each.amount, unit) if each.amount < 0 else "",
                "balance": money(each.balance, unit),
            }
            for each in shown[:PAGE]
        ],
        "balance": money(client.balance, unit),
        "zero": money(Decimal(0), unit),
        "is_last": len(shown) <= PAGE,
        **_turns(desk, number, len(shown)),
    }


def _reason(entry: Entry) -> str:
    kinds = {"invoice": _("Invoice"), "payment": _("Payment"), "credit": _("Credit"), "client": _("Client")}
    notes = {
        "issued": _("issued"),
        "changed": _("changed"),
        "cancelled": _("cancelled"),
        "deleted": _("deleted"),
        "restored": _("restored"),
        "received": _("received"),
        "refunded": _("refunded"),
        "applied": _("applied"),
        "adjusted": _("adjusted"),
    }
    words = [kinds.get(entry.reason_kind, entry.reason_kind), notes.get(entry.note, "")]
    return " · ".join(word for word in words if word)


def activity(desk: Desk, client: Client) -> dict[str, Any]:
    """Who did what, when, on the client's file (S42 to S47)."""
    number = _page(desk)
    rows = Activity.objects.filter(client_id=client.pk).order_by("-pk")
    shown = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return {"activity": told(shown[:PAGE], record_url), **_turns(desk, number, len(shown))}


def logs(desk: Desk, client: Client) -> dict[str, Any]:
    """What the machinery did for the client: PDFs, mails, and whether it worked (S48 to S50)."""
    number = _page(desk)
    rows = SystemLog.objects.filter(client_id=client.pk).order_by("-pk")
    shown = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return {"logs": shown_logs(shown[:PAGE]), **_turns(desk, number, len(shown))}


def _page(desk: Desk) -> int:
    asked = desk.request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _turns(desk: Desk, number: int, got: int) -> dict[str, str]:
    here = desk.request.path
    return {
        "previous_url": f"{here}?page={number - 1}" if number > 1 else "",
        "next_url": f"{here}?page={number + 1}" if got > PAGE else "",
    }


TABS: dict[str, tuple[Any, Any, str]] = {
    "overview": (lambda: _("Overview"), overview, "layout-grid"),
    "details": (lambda: _("Details"), details, "id"),
    "documents": (lambda: _("Documents"), documents, "paperclip"),
    "ledger": (lambda: _("Ledger"), ledger, "book"),
    "activity": (lambda: _("Activity"), activity, "activity"),
    "logs": (lambda: _("System logs"), logs, "terminal-2"),
}

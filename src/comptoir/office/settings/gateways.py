"""Online payments: the company's gateways, in the order that clients are offered them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.gateways import operations
from comptoir.gateways.interface import GatewayFault
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.offers import NOBODY, ways_of
from comptoir.gateways.registry import CUSTOM, STRIPE, gateway_of, is_spoken
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings import gateway_form
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.preferences.operations import update_company
from comptoir.reference import gateway_by_key, gateway_type, name_in
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action

PROVIDERS: Final = {"stripe": STRIPE, "custom": CUSTOM}
"""What an address calls a provider."""

VERBS: Final = {
    "archive": (operations.archive_gateway, gettext_lazy("Clients are no longer offered it.")),
    "restore": (operations.restore_gateway, gettext_lazy("It is back.")),
    "delete": (operations.delete_gateway, gettext_lazy("Deleted.")),
}


@require_GET
@desk("edit", "company")
def listed(place: Desk) -> HttpResponse:
    """The gateways, the first offered first."""
    rows = in_order(place)
    context = {
        **frame(place, level_of(place), "gateways"),
        "table": _table(rows),
        "new_urls": {name: reverse("office:new-gateway", args=[name]) for name in PROVIDERS},
    }
    return page(place, "settings/gateways.html", context, module="settings")


def in_order(place: Desk) -> list[CompanyGateway]:
    """As the setting says; those that it does not name come last."""
    places = {ids.decode(key): n for n, key in enumerate(_named(place))}
    rows = CompanyGateway.objects.live().order_by("pk")
    return sorted(rows, key=lambda row: (row.is_archived, places.get(row.pk, len(places)), row.pk))


def _named(place: Desk) -> list[str]:
    said = str(place.preferences.company_gateway_ids)
    return [key.strip() for key in said.split(",") if key.strip() and key.strip() != NOBODY]


def _table(rows: list[CompanyGateway]) -> Table:
    at = reverse("office:act-gateway", args=["ID", "NAME"]).replace("ID", "{id}")
    edit = reverse("office:edit-gateway", args=["ID"]).replace("ID", "{id}")
    open_ = [row.pk for row in rows if not row.is_archived]
    return Table(
        columns=[
            Column("name", _("Name"), strong=True, wide=True, phone="main"),
            Column("ways", _("Ways of paying"), quiet=True, phone="sub"),
            Column("state", "", phone="end"),
        ],
        rows=[_row(row, edit, open_) for row in rows],
        actions=[
            Action(_("Edit"), edit, "pencil", key="edit"),
            Action(_("Offer earlier"), at.replace("NAME", "up"), "arrow-up", "post", key="up"),
            Action(_("Offer later"), at.replace("NAME", "down"), "arrow-down", "post", key="down"),
            Action(
                _("Archive"), at.replace("NAME", "archive"), "archive", "post", key="archive", divided=True
            ),
            Action(_("Restore"), at.replace("NAME", "restore"), "archive-off", "post", key="restore"),
            Action(_("Delete"), at.replace("NAME", "delete"), "trash", "post", key="delete", danger=True),
        ],
        caption=_("Payment gateways"),
    )


def _row(row: CompanyGateway, edit: str, open_: list[int]) -> Row:
    key = ids.encode(row.pk)
    provider = gateway_by_key(row.gateway_key)
    own = row.label and provider and row.gateway_key != CUSTOM
    name = cells.two(row.name, provider.name) if own and provider else row.name
    shown = cells.link(name, edit.replace("{id}", key)) if is_spoken(row.gateway_key) else name
    if row.is_archived:
        can = "restore delete"
    else:
        can = "archive delete" + (" edit" if is_spoken(row.gateway_key) else "")
        can += " up" if row.pk != open_[0] else ""
        can += " down" if row.pk != open_[-1] else ""
    return Row(key, row.name, [shown, _ways(row), _state(row)], can=can)


def _ways(row: CompanyGateway) -> str:
    if not is_spoken(row.gateway_key):
        return _("Kept for other apps")
    kinds = [gateway_type(way_id) for way_id, _way, _terms in ways_of(row)]
    if row.gateway_key == CUSTOM:
        return _("Own instructions")
    return ", ".join(name_in(kind, get_language() or "en") for kind in kinds if kind)


def _state(row: CompanyGateway) -> Any:
    if row.is_archived:
        return cells.badge(_("Archived"), status="archived")
    if gateway_form.is_test(row):
        return cells.badge(_("Test"), tone="warning")
    return cells.badge(_("On"), tone="success")


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def new(place: Desk, name: str) -> HttpResponse:
    """Add a gateway of a provider."""
    if name not in PROVIDERS:
        raise Http404
    row = CompanyGateway(gateway_key=PROVIDERS[name], company=place.company)
    if place.request.method == "GET":
        return _drawn(place, row, Form(gateway_form.values(row)))
    made = _saved(place, row)
    if isinstance(made, HttpResponse):
        return made
    named = _named(place)
    if named:
        _keep_order(place, [*named, ids.encode(made.pk)])
    _tried(place, made)
    return redirect("office:edit-gateway", ids.encode(made.pk))


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk, key: str) -> HttpResponse:
    """Credentials, ways of paying, fees and limits."""
    row = place.find(CompanyGateway.objects.live(), key, "company", "edit")
    if not is_spoken(row.gateway_key):
        raise Http404
    if place.request.method == "GET":
        return _drawn(place, row, Form(gateway_form.values(row)))
    made = _saved(place, row)
    if isinstance(made, HttpResponse):
        return made
    toasts.add(place.request, _("The gateway is saved."))
    return redirect("office:edit-gateway", key)


def _saved(place: Desk, row: CompanyGateway) -> CompanyGateway | HttpResponse:
    """The saved row, or the page with what is wrong."""
    sent = place.request.POST
    try:
        fields = gateway_form.read(row, sent)
        if row.pk is None:
            return operations.add_gateway(fields, by=place.actor, on=place.on)
        return operations.update_gateway(row, fields, by=place.actor, on=place.on)
    except Refused as refused:
        form = Form(dict(sent.items()), gateway_form.at_names(refused))
        return _drawn(place, row, form, status=422)


def _tried(place: Desk, row: CompanyGateway) -> None:
    """Say at once whether a new gateway works."""
    fault = _fault(row)
    if fault:
        toasts.add(place.request, _("Saved, but it does not work yet: %(why)s") % {"why": fault}, "error")
    else:
        toasts.add(place.request, _("The gateway is saved, and the provider knows it."))


def _fault(row: CompanyGateway) -> str:
    try:
        gateway_of(row).check()
    except GatewayFault as fault:
        return str(fault) or _("The provider does not answer.")
    return ""


def _drawn(place: Desk, row: CompanyGateway, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        **frame(place, level_of(place), "gateways"),
        **gateway_form.context(place, row),
        "form": form,
        "list_url": reverse("office:gateways"),
        "test_url": reverse("office:test-gateway", args=[ids.encode(row.pk)]) if row.pk else "",
    }
    return page(place, "settings/gateway.html", context, module="settings", status=status)


@require_POST
@desk("edit", "company")
def test(place: Desk, key: str) -> HttpResponse:
    """Ask the provider whether it knows the credentials as they are saved."""
    row = place.find(CompanyGateway.objects.live(), key, "company", "edit")
    fault = _fault(row)
    said = fault or _("The provider knows these credentials.")
    if place.request.headers.get("HX-Request"):
        return part(place, "settings/trial_said.html", {"fault": bool(fault), "said": said})
    toasts.add(place.request, said, "error" if fault else "success")
    return redirect("office:edit-gateway", key)


@require_POST
@desk("edit", "company")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, restore, delete, or change the order."""
    row = place.find(CompanyGateway.objects.all(), key, "company", "edit")
    if name in ("up", "down"):
        _move(place, row, -1 if name == "up" else 1)
        return redirect("office:gateways")
    if name not in VERBS:
        raise Http404
    run, done = VERBS[name]
    if attempt(place, lambda: run(row, by=place.actor, on=place.on)):
        undo = "" if name == "restore" else reverse("office:act-gateway", args=[key, "restore"])
        toasts.add(place.request, done, undo=undo)
    return redirect("office:gateways")


def _move(place: Desk, row: CompanyGateway, by: int) -> None:
    keys = [ids.encode(one.pk) for one in in_order(place) if not one.is_archived]
    here = keys.index(ids.encode(row.pk)) if ids.encode(row.pk) in keys else -1
    there = here + by
    if here < 0 or not 0 <= there < len(keys):
        return
    keys[here], keys[there] = keys[there], keys[here]
    _keep_order(place, keys)


def _keep_order(place: Desk, keys: list[str]) -> None:
    fields: Mapping[str, Any] = {"settings": {"company_gateway_ids": ",".join(keys)}}
    update_company(place.company, fields, by=place.actor, on=place.on)


urlpatterns = [
    path("settings/gateways", listed, name="gateways"),
    path("settings/gateways/new/<slug:name>", new, name="new-gateway"),
    path("settings/gateways/<str:key>/edit", edit, name="edit-gateway"),
    path("settings/gateways/<str:key>/test", test, name="test-gateway"),
    path("settings/gateways/<str:key>/<slug:name>", act, name="act-gateway"),
]

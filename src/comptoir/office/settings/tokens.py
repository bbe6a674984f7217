"""API tokens: made and shown once, looked at again with the password, revoked (decision T29)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.people.models import Token
from comptoir.people.passwords import is_confirmed
from comptoir.people.tokens import create_token, revoke_token, show_token
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action


@require_GET
@desk("edit", "company")
def listed(place: Desk) -> HttpResponse:
    """The tokens of the company, masked; those that signing in made are not among them."""
    rows = Token.objects.active().filter(is_system=False).select_related("user").order_by("-pk")
    context = {
        **frame(place, level_of(place), "tokens"),
        "table": _table(place, list(rows)),
        "new_url": reverse("office:new-token"),
        "docs_url": "/api/docs",
    }
    return page(place, "settings/tokens.html", context, module="settings")


def _table(place: Desk, rows: list[Token]) -> Table:
    at = reverse("office:show-token", args=["ID"]).replace("ID", "{id}")
    return Table(
        columns=[
            Column("name", _("Name"), strong=True, wide=True, phone="main"),
            Column("key", _("Key"), quiet=True, phone="sub"),
            Column("user", _("Acts as")),
            Column("made", _("Made"), quiet=True),
        ],
        rows=[
            Row(
                ids.encode(row.pk),
                row.name,
                [row.name, row.masked, row.user.name, cells.moment(row.created_at)],
                can="show revoke" if _may_look(place, row) else "revoke",
            )
            for row in rows
        ],
        actions=[
            Action(_("Show the key"), at, "eye", "dialog", key="show"),
            Action(_("Revoke"), at.replace("/show", "/revoke"), "trash", "post", key="revoke", danger=True),
        ],
        caption=_("API tokens"),
    )


def _may_look(place: Desk, token: Token) -> bool:
    """One's own key, or anybody's for the owner."""
    return place.membership.is_owner or token.user_id == place.membership.user_id


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def new(place: Desk) -> HttpResponse:
    """Name a token; the answer shows its key, once."""
    if place.request.method == "GET":
        return part(place, "settings/new_token.html", {"form": Form({}), "url": place.request.path})
    name = place.request.POST.get("name", "")
    try:
        token = create_token(place.membership, name, by=place.actor, on=place.on)
    except Refused as refused:
        context = {"form": Form({"name": name}, refused.errors), "url": place.request.path}
        return part(place, "settings/new_token.html", context, status=422)
    return part(place, "settings/token.html", {"token": token, "value": token.value, "is_new": True})


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def show(place: Desk, key: str) -> HttpResponse:
    """The whole key, after the password; that it was shown stays on record."""
    token = place.find(Token.objects.active().select_related("user"), key, "company", "edit")
    if not _may_look(place, token):
        raise PermissionDenied
    context = {"token": token, "url": place.request.path, "form": Form({})}
    if place.request.method == "GET":
        return part(place, "settings/ask_password.html", context)
    typed = place.request.POST.get("password")
    if not typed or not is_confirmed(place.membership.user, place.company, typed):
        context["form"] = Form({}, {"password": [_("That was not your password.")]})
        return part(place, "settings/ask_password.html", context, status=422)
    value = show_token(token, by=place.actor, on=place.on)
    return part(place, "settings/token.html", {"token": token, "value": value})


@require_POST
@desk("edit", "company")
def revoke(place: Desk, key: str) -> HttpResponse:
    """From now on it opens nothing."""
    token = place.find(Token.objects.active(), key, "company", "edit")
    if attempt(place, lambda: revoke_token(token, by=place.actor, on=place.on, delete=True)):
        toasts.add(place.request, _("The token is revoked."))
    return redirect("office:tokens")


urlpatterns = [
    path("settings/tokens", listed, name="tokens"),
    path("settings/tokens/new", new, name="new-token"),
    path("settings/tokens/<str:key>/show", show, name="show-token"),
    path("settings/tokens/<str:key>/revoke", revoke, name="revoke-token"),
]

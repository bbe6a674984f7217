"""The command palette (Ctrl K): go to, create, and find what one may see."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.folding import folded
from comptoir.office.clients import client_url, named
from comptoir.office.credits import CREDITS
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.invoices import INVOICES
from comptoir.office.modules import MODULES, OF_KINDS
from comptoir.office.pages import part
from comptoir.office.quotes import QUOTES
from comptoir.office.recurring import RECURRING
from comptoir.reference import currency
from comptoir.tagging.models import Tag
from comptoir.ui.parts import Found, FoundGroup
from comptoir.ui.tags.figures import money

MOST = 6


@desk()
def palette(place: Desk) -> HttpResponse:
    """What fits the words typed; without words, where one can go and what one can make."""
    text = place.request.GET.get("q", "").strip()
    groups = [_places(place, text), _makings(place, text)]
    if text:
        found = [_clients(place, text), *(_documents(place, kind, text) for kind in _KINDS)]
        groups = [*found, _tags(place, text), *groups]
    return part(place, "palette.html", {"groups": [group for group in groups if group.items]})


_KINDS = (INVOICES, QUOTES, CREDITS, RECURRING)


def _places(place: Desk, text: str) -> FoundGroup:
    found = [Found(str(m.label), m.list_url, m.icon) for m in MODULES if m.is_on(place)]
    return FoundGroup(_("Go to"), [each for each in found if text.lower() in each.label.lower()])


def _makings(place: Desk, text: str) -> FoundGroup:
    found = [
        Found(str(m.add_label), m.add_url, "plus")
        for m in MODULES
        if m.is_on(place) and m.add_url and place.may("create", m.entity)
    ]
    return FoundGroup(_("Create"), [each for each in found if text.lower() in each.label.lower()])


def _clients(place: Desk, text: str) -> FoundGroup:
    rows = place.seen(Client.objects.live(), "client").matching(text).order_by("display_name")[:MOST]
    return FoundGroup(
        _("Clients"),
        [Found(named(each), client_url(each), "users", end=each.number) for each in rows],
    )


def _documents(place: Desk, kind: Kind, text: str) -> FoundGroup:
    rows = place.seen(kind.model.objects.live(), kind.entity).matching(text).select_related("client")  # type: ignore[attr-defined]
    return FoundGroup(
        str(kind.words.many),
        [
            Found(
                each.number or _("No number yet"),
                kind.url("show", each),
                kind.icon,
                hint=named(each.client),
                end=money(each.amount, currency(each.currency_id)),
            )
            for each in rows.order_by("-pk")[:MOST]
        ],
    )


def _tags(place: Desk, text: str) -> FoundGroup:
    """Lists of what bears a tag, in the modules that the member may open."""
    kinds = [kind for kind, module in OF_KINDS.items() if place.may("view", module.entity)]
    rows = Tag.objects.active().filter(kind__in=kinds, folded__contains=folded(text)).order_by("folded", "pk")
    return FoundGroup(
        _("Tags"),
        [
            Found(
                tag.name,
                f"{OF_KINDS[tag.kind].list_url}?tag={ids.encode(tag.pk)}",
                "tag",
                hint=str(OF_KINDS[tag.kind].label),
            )
            for tag in rows[:MOST]
        ],
    )


urlpatterns = [path("palette", palette, name="palette")]

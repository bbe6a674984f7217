"""Views: filters and sortings of a list that a member keeps under a name, with the membership."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.links import page_url
from comptoir.office.lists.address import Address
from comptoir.office.lists.tastes import keep, kept
from comptoir.office.modules import OF_KINDS
from comptoir.office.pages import go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Tab

MOST = 30
LISTS = frozenset({"tags", "groups", *(module.key for module in OF_KINDS.values())})


def named_views(desk: Desk, name: str) -> list[tuple[str, str]]:
    """The views of a list: name and query."""
    found = (view for view in kept(desk, "views", name) if isinstance(view, list) and len(view) == 2)
    return [(str(label), str(query)) for label, query in found]


def views(desk: Desk, name: str, url: str, asked: Address) -> list[Tab]:
    """The views of a list as links."""
    now = sorted(parse_qsl(asked.query))
    return [
        Tab(label, f"{url}?{query}", active=sorted(parse_qsl(query)) == now)
        for label, query in named_views(desk, name)
    ]


@require_http_methods(["GET", "POST"])
@desk()
def save(place: Desk, name: str) -> HttpResponse:
    """Keep what the list shows under a name; a known name is kept anew."""
    if name not in LISTS:
        raise Http404
    if place.request.method == "GET":
        return _dialog(place, name, Form(), place.request.GET.get("query", ""))
    sent = place.request.POST
    label, query = sent.get("name", "").strip()[:60], sent.get("query", "")
    try:
        _keep(place, name, label, query)
    except Refused as refused:
        return _dialog(place, name, Form({"name": label}, refused.errors), query, status=422)
    toasts.add(place.request, _("The view is saved."))
    return go_to(place, f"{reverse(f'office:{name}')}?{query}")


def _keep(place: Desk, name: str, label: str, query: str) -> None:
    if not label:
        raise Refused("name", _("Give the view a name."))
    views = [(each, asked) for each, asked in named_views(place, name) if each != label]
    if len(views) >= MOST:
        raise Refused("name", _("There are too many views; remove one first."))
    keep(place, "views", name, [[each, asked] for each, asked in (*views, (label, query))])


@require_POST
@desk()
def forget(place: Desk, name: str) -> HttpResponse:
    """Remove the view of that name."""
    if name not in LISTS:
        raise Http404
    label = place.request.POST.get("name", "")
    keep(place, "views", name, [list(view) for view in named_views(place, name) if view[0] != label])
    toasts.add(place.request, _("The view is removed."))
    return go_to(place, page_url(f"{name}"))


def _dialog(place: Desk, name: str, form: Form, query: str, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "query": query,
        "url": reverse("office:save-view", args=[name]),
        "forget_url": reverse("office:forget-view", args=[name]),
        "views": [label for label, _query in named_views(place, name)],
    }
    return part(place, "lists/view.html", context, status=status)


urlpatterns = [
    path("views/<slug:name>", save, name="save-view"),
    path("views/<slug:name>/forget", forget, name="forget-view"),
]

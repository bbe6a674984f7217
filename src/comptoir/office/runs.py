"""A template run over one record, or over the ticked rows of a list: chosen in a dialog, then made."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.activity import kinds
from comptoir.delivery.runs import asking
from comptoir.delivery.runs.subjects import SUBJECTS
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.links import address
from comptoir.office.pages import came_from, go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Action

TEMPLATE: Final = "template"
"""The key of the action: a row that may be printed with one says so."""


def run_action(entity: str, pk: int | None = None) -> Action:
    """The entry of a record's kebab; without ``pk``, that of the bar of ticked rows."""
    url = reverse("office:run-template", args=[entity])
    if pk is not None:
        url = f"{url}?ids={ids.encode(pk)}"
    return Action(_("Run a template"), url, "template", "dialog", key=TEMPLATE)


@require_http_methods(["GET", "POST"])
@desk()
def run(place: Desk, entity: str) -> HttpResponse:
    """GET asks for the template; POST goes to the page where one waits, or mails the PDF to this person."""
    if entity not in SUBJECTS:
        raise Http404
    place.need("view", entity)
    request = place.request
    if request.method == "GET":
        return _dialog(place, entity, request.GET.getlist("ids"), Form({}))
    sent = request.POST
    try:
        template = asking.template_for(entity, ids.decode(sent.get("template_id", "")))
        keys = [row.pk for row in _rows(place, entity, sent.getlist("ids"))]
        if sent.get("send_email") == "1":
            asking.mail_run(template, entity, keys, by=place.actor, on=place.on)
            toasts.add(
                request,
                _("The document is on its way to %(email)s.") % {"email": place.membership.user.email},
            )
            return go_to(place, came_from(place, reverse("office:home")))
        return go_to(place, address("bundle", asking.run(template, entity, keys, by=place.actor).pk))
    except Refused as refused:
        errors = {name if name == "template_id" else "": said for name, said in refused.errors.items()}
        form = Form(dict(sent.items()), errors)
        return _dialog(place, entity, sent.getlist("ids"), form, status=422)


def _rows(place: Desk, entity: str, keys: list[str]) -> Any:
    """The chosen records that the member sees, in the order of the list."""
    wanted = ids.decode_all(keys)
    rows = kinds.named(entity).model.objects.filter(pk__in=wanted, deleted_at=None)
    by_key = {row.pk: row for row in place.seen(rows, entity).only("pk")}
    return [by_key[pk] for pk in wanted if pk in by_key]


def _dialog(place: Desk, entity: str, keys: list[str], form: Form, *, status: int = 200) -> HttpResponse:
    templates = asking.templates_for(entity)
    context = {
        "form": form,
        "url": reverse("office:run-template", args=[entity]),
        "ids": keys,
        "templates": [(ids.encode(each.pk), each.name) for each in templates],
        "may_send": place.may_send_email,
        "designs_url": reverse("office:designs") if place.may("edit", "company") else "",
    }
    return part(place, "runs/ask.html", context, status=status)


urlpatterns = [path("run-template/<slug:entity>", run, name="run-template")]

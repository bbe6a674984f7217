"""Documents that the worker puts together: how far it is, and the file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.delivery.papers.bundling import file_of, stop_bundle
from comptoir.delivery.papers.models import Bundle
from comptoir.designs.models import Design
from comptoir.files import shelves
from comptoir.kernel import ids
from comptoir.office.desk import Desk, desk
from comptoir.office.links import address
from comptoir.office.modules import module_of
from comptoir.office.pages import page, part
from comptoir.ui.parts import Crumb

State, Form = Bundle.State, Bundle.Form


def _find(place: Desk, key: str) -> Bundle:
    """Only one's own."""
    found = Bundle.objects.filter(pk=ids.decode(key) or 0, user_id=place.actor.user_id).first()
    if found is None:
        raise Http404
    return found


def _context(bundle: Bundle) -> dict[str, Any]:
    is_there = bundle.state == State.READY and shelves.storage().exists(bundle.path)
    return {
        "bundle": bundle,
        "is_zip": bundle.form == Form.ZIP,
        "text": _("Printing the documents…"),
        "is_run": bundle.template is not None,
        "progress_url": address("bundle-progress", bundle.pk),
        "stop_url": address("bundle-stop", bundle.pk),
        "file_url": address("bundle-file", bundle.pk) if is_there else "",
        "list_url": module_of(bundle.kind).list_url,
    }


@require_GET
@desk()
def show(place: Desk, key: str) -> HttpResponse:
    """The page: it follows the worker by itself."""
    bundle = _find(place, key)
    module = module_of(bundle.kind)
    crumbs = [Crumb(str(module.label), module.list_url)]
    title = _title(bundle)
    context = {"crumbs": crumbs, "title": title, **_context(bundle)}
    return page(place, "bundles/show.html", context, module=module.key)


def _title(bundle: Bundle) -> str:
    """What was asked for: the template's name, where one was run."""
    if bundle.template is None:
        return _("Download") if bundle.form == Form.ZIP else _("Print")
    names = Design.objects.filter(pk=bundle.template).values_list("name", flat=True)
    return names.first() or _("Template")


@require_GET
@desk()
def progress(place: Desk, key: str) -> HttpResponse:
    """The part that changes."""
    return part(place, "bundles/progress.html", _context(_find(place, key)))


@require_POST
@desk()
def stop(place: Desk, key: str) -> HttpResponse:
    """Nobody waits for it any more."""
    bundle = _find(place, key)
    stop_bundle(bundle)
    return redirect(address("bundle", bundle.pk))


@require_GET
@desk()
def file(place: Desk, key: str) -> HttpResponse:
    """What was put together; it is kept for a day."""
    bundle = _find(place, key)
    content = file_of(bundle)
    if content is None:
        raise Http404
    is_zip = bundle.form == Form.ZIP
    response = HttpResponse(content, content_type="application/zip" if is_zip else "application/pdf")
    name = f"{module_of(bundle.kind).key}-{timezone.localdate(bundle.created_at):%Y-%m-%d}.{bundle.form}"
    response.headers["Content-Disposition"] = content_disposition_header(is_zip, name) or "attachment"
    return response


urlpatterns = [
    path("bundles/<str:key>", show, name="bundle"),
    path("bundles/<str:key>/progress", progress, name="bundle-progress"),
    path("bundles/<str:key>/stop", stop, name="bundle-stop"),
    path("bundles/<str:key>/file", file, name="bundle-file"),
]

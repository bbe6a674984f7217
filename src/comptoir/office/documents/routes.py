"""The addresses of a kind of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.documents import acting, exporting, listing, printing, showing, sketching, writing
from comptoir.office.documents.kinds import Kind


def routes(kind: Kind) -> list[URLPattern]:
    """List, new, page, editor, PDF, totals, preview and verbs; verbs last, since they match any word."""

    def served(view: Callable[..., HttpResponseBase], verb: Any = "view") -> Callable[..., Any]:
        return desk(verb, kind.entity)(lambda place, *args, **named: view(place, kind, *args, **named))

    get, post = require_GET, require_POST
    both = require_http_methods(["GET", "POST"])
    at, one = kind.key, kind.entity
    return [
        path(at, get(served(listing.show)), name=kind.key),
        path(f"{at}/new", both(served(writing.new, "create")), name=f"new-{one}"),
        path(f"{at}/totals", post(served(sketching.count)), name=f"totals-{one}"),
        path(f"{at}/preview", post(served(sketching.preview)), name=f"preview-{one}"),
        path(f"{at}/contacts", post(served(writing.contacts)), name=f"contacts-{one}"),
        path(f"{at}/rate", post(served(writing.rate)), name=f"rate-{one}"),
        path(f"{at}/bulk", post(served(acting.bulk)), name=f"bulk-{one}"),
        path(f"{at}/bulk/<slug:name>", get(served(acting.ask_many)), name=f"ask-many-{one}"),
        path(f"{at}/export", both(served(exporting.export)), name=f"export-{one}"),
        path(f"{at}/<str:key>", get(served(showing.show)), name=f"show-{one}"),
        path(f"{at}/<str:key>/tab/<slug:tab>", get(served(showing.show)), name=f"tab-{one}"),
        path(f"{at}/<str:key>/edit", both(served(writing.edit)), name=f"edit-{one}"),
        path(f"{at}/<str:key>/autosave", post(served(writing.autosave)), name=f"autosave-{one}"),
        path(f"{at}/<str:key>/upload", post(served(acting.upload)), name=f"upload-{one}"),
        path(f"{at}/<str:key>/comment", both(served(acting.comment)), name=f"comment-{one}"),
        path(f"{at}/<str:key>/pdf", get(served(printing.pdf)), name=f"pdf-{one}"),
        path(f"{at}/<str:key>/picture", get(served(printing.drawn)), name=f"picture-{one}"),
        path(f"{at}/<str:key>/versions/<int:number>", get(served(printing.version)), name=f"version-{one}"),
        path(f"{at}/<str:key>/<slug:name>", both(served(acting.act)), name=f"act-{one}"),
    ]

"""A document as its client was sent it, found by what happened then (contract routes.json activities)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse

from comptoir.activity.kinds import entity_of
from comptoir.activity.models import Activity
from comptoir.api.resources.printing import pdf
from comptoir.contract import problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.keys import read_key
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.papers.keeping import content_of, versions
from comptoir.delivery.papers.models import Version

_A_MOMENT: Final = timedelta(minutes=2)
"""The worker prints what was issued or changed a little after it happened."""


class KeptPapers(Endpoints):
    path, entity = "activities/download_entity", "activity"

    @route("GET", "/activities/download_entity/{id}")
    def then(call: Call) -> HttpResponse:
        """The PDF of the activity's document as it was then. 404 where no version was kept."""
        key = read_key(call.params["id"])
        row = Activity.objects.filter(pk=key).first() if key is not None else None
        if row is None:
            raise problems.not_found()
        entity = entity_of(row.subject_kind)
        kind = KINDS.get(entity)
        document: Any = kind.model.objects.filter(pk=row.subject_id).first() if kind else None
        if document is None:
            raise problems.no_route()
        call.need("view", document, entity)
        version = _version(document, row)
        if version is None:
            raise problems.no_route()
        try:
            return pdf(content_of(version), f"{version.number or 'document'}.pdf")
        except FileNotFoundError:
            raise problems.no_route() from None


def _version(document: Any, row: Activity) -> Version | None:
    """The last one kept until then, else the first one after."""
    kept = versions(document)
    before: Version | None = kept.filter(created_at__lte=row.created_at + _A_MOMENT).last()
    return before or kept.first()

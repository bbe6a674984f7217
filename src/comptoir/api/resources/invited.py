"""PDFs by invitation key, for apps with a token (contract routes, download)."""

from __future__ import annotations

from django.http import HttpResponse

from comptoir.api.links import invitation_behind, printed
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, Route, route
from comptoir.contract.problems import not_found
from comptoir.delivery.documents.kinds import KINDS


def _of(entity: str) -> Route:
    def download(call: Call) -> HttpResponse:
        invitation = invitation_behind(entity, call.params["key"])
        if invitation is None or invitation.company_id != call.who.company.pk:
            raise not_found()
        call.need("view", invitation.document, entity)  # type: ignore[attr-defined]
        return printed(invitation)

    does = "The PDF of the document that an invitation opens."
    return route("GET", f"/{entity}/{{key}}/download", does=does)(download)


class Invited(Endpoints):
    path = "invited"

    locals().update({entity: _of(entity) for entity in KINDS})

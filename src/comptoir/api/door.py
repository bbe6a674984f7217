"""The one view behind /api/v1."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from comptoir.api.authentication import requester_of
from comptoir.api.registry import registry
from comptoir.contract.dispatching import dispatch


@csrf_exempt
def api(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Any verb on any path; a token in a header, never a cookie, says who asks."""
    return dispatch(request, requester_of, registry())

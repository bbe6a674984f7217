"""What payment providers tell us (contract routes: provider_callbacks): it only makes us ask.

``short_body`` is for every provider's notifications.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comptoir.collecting import listening
from comptoir.gateways.interface import NotSigned


@csrf_exempt
@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, company_key: str, gateway: str, client: str = "") -> HttpResponse:
    """200: heard, or nothing to us. 400: not from the provider. 404: nobody here."""
    try:
        body = short_body(request, listening.LARGEST)
        listening.hear(company_key, gateway, body, request.headers)
    except listening.Unknown:
        return HttpResponse(status=404)
    except (NotSigned, RequestDataTooBig):
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def short_body(request: HttpRequest, most: int) -> bytes:
    """The body, unread and empty where it is said to be longer than ``most`` bytes."""
    length = request.headers.get("Content-Length", "0")
    return request.body if length.isdecimal() and int(length) <= most else b""

"""What mail providers tell us (contract routes: provider_callbacks): checked, then left to the worker."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from comptoir.api.notifications import short_body
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.delivery.mail import listening
from comptoir.delivery.mail.providers import NotSigned


class MailWebhooks(Endpoints):
    path, entity = "postmark_webhook", "provider_callback"

    @route("POST", "/postmark_webhook", auth="public")
    def postmark(call: Call) -> HttpResponse:
        """Deliveries, bounces and complaints of Postmark."""
        return _heard(call, "postmark")

    @route("POST", "/mailgun_webhook", auth="public")
    def mailgun(call: Call) -> HttpResponse:
        """Deliveries, failures and complaints of Mailgun."""
        return _heard(call, "mailgun")

    @route("POST", "/brevo_webhook", auth="public")
    def brevo(call: Call) -> HttpResponse:
        """Deliveries, bounces and complaints of Brevo."""
        return _heard(call, "brevo")

    @route("POST", "/ses_webhook", auth="public")
    def ses(call: Call) -> HttpResponse:
        """Deliveries, bounces and complaints of Amazon SES, by a topic of Amazon SNS."""
        return _heard(call, "ses")


def _heard(call: Call, provider: str) -> HttpResponse:
    """200: heard, or nothing to us. 401: not by our address. 400: not from the provider."""
    request = call.request
    try:
        body = short_body(request, listening.LARGEST)
        listening.hear(provider, request.headers.get("Authorization", ""), body)
    except listening.Stranger:  # Amazon sends the password only when it is asked for
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="webhook"'})
    except (NotSigned, RequestDataTooBig):
        return HttpResponse(status=400)
    return HttpResponse(status=200)

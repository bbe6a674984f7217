"""The test message of the mail settings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.delivery.mail.trial import send_trial
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.mails.words import reason
from comptoir.office.pages import part
from comptoir.ui import toasts


@require_POST
@desk("edit", "company")
def trial(place: Desk) -> HttpResponse:
    """Send one short mail now, by the settings as they are saved, and say what was answered."""
    recipient = place.request.POST.get("recipient", "").strip() or place.membership.user.email
    fault = raw = ""
    try:
        send_trial(place.company, place.preferences, recipient, locale=place.locale)
    except Refused as refused:
        raw = str(refused.sentence)
        fault = reason(raw)
        fault, raw = (fault, raw) if fault else (raw, "")
    said = fault or _(
        "The message has been handed over to the mail server. Look into the mailbox of %(mail)s."
    ) % {"mail": recipient}
    if place.request.headers.get("HX-Request"):
        return part(place, "settings/trial_said.html", {"fault": bool(fault), "said": said, "raw": raw})
    toasts.add(place.request, f"{said} {raw}".rstrip(), "error" if fault else "success")
    return redirect("office:settings-page", "email")


urlpatterns = [path("settings/email/trial", trial, name="mail-trial")]

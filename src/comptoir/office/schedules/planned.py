"""E-mails that wait for their day, called off from the list of all of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.papers.models import Planned
from comptoir.delivery.papers.planning import cancel_sending
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.ui import toasts


def cancel(place: Desk, key: str) -> HttpResponse:
    """The document stays where it is."""
    waiting = Planned.objects.filter(state=Planned.State.WAITING)
    row: Planned = place.find(waiting, key, "company", "edit")
    document = KINDS[row.kind].model.objects.select_related("client").get(pk=row.document_id)
    if attempt(place, lambda: cancel_sending(document, by=place.actor, on=place.on)):
        toasts.add(place.request, _("The e-mail does not leave by itself any more."))
    return redirect("office:schedules")

"""A person's own line in the history of a record: the dialog and the writing."""

from __future__ import annotations

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.comments import comment
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def commented(desk: Desk, row: models.Model, url: str, then: str) -> HttpResponse:
    """Ask for the words by GET, write them by POST and go on to ``then``."""
    if desk.request.method == "GET":
        return part(desk, "comment.html", {"form": Form(), "url": url})
    text = desk.request.POST.get("notes", "")
    try:
        comment(row, text, by=desk.actor, on=desk.on)
    except Refused as refused:
        return part(
            desk, "comment.html", {"form": Form({"notes": text}, refused.errors), "url": url}, status=422
        )
    toasts.add(desk.request, _("Your comment is in the activity."))
    return go_to(desk, then)

"""What only the pages of the office need in their templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from comptoir.delivery.mail.quota import has_limit
from comptoir.delivery.mail.waiting import count_waiting, lacks_server

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a ``data-`` attribute: escaped like any other text, so that no script stands in the page."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.inclusion_tag("office/postbox.html", takes_context=True)
def postbox(context: Any, *, here: bool = False) -> dict[str, Any]:
    """Says what mails wait for, a server or their turn, how many, and where to change it (not ``here``)."""
    place = context["desk"]
    lacks, limited = lacks_server(place.company), has_limit(place.company)
    waiting = count_waiting() if lacks or limited else 0
    if not lacks and not waiting:
        return {}
    may_set = not here and place.may("edit", "company")
    return {
        "lacks": lacks,
        "waiting": waiting,
        "url": reverse("office:settings-page", args=["email"]) + ("#sending" if lacks else "#limits")
        if may_set
        else "",
    }

"""What only the pages of the office need in their templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from comptoir.delivery.mail.waiting import count_waiting, lacks_server

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a ``data-`` attribute: escaped like any other text, so that no script stands in the page."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.inclusion_tag("office/postbox.html", takes_context=True)
def postbox(context: Any, *, here: bool = False) -> dict[str, Any]:
    """Says that no mail server is set, how many mails wait for it, and where to set it (not ``here``)."""
    place = context["desk"]
    if not lacks_server(place.company):
        return {"lacks": False}
    may_set = not here and place.may("edit", "company")
    return {
        "lacks": True,
        "waiting": count_waiting(),
        "url": reverse("office:settings-page", args=["email"]) + "#sending" if may_set else "",
    }

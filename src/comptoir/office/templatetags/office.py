"""What only the pages of the office need in their templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a ``data-`` attribute: escaped like any other text, so that no script stands in the page."""
    return json.dumps(value, cls=DjangoJSONEncoder)

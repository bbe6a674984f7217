from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


@dataclass(frozen=True)
class CompanyUpdated(Fact):
    """A company's settings, switches or custom fields were changed.

    ``sent`` are the settings as they came: numbering takes its counters from them.
    """

    code = 61  # the wire has no number of its own for settings (decision A2)
    phrase = _("{user} changed the company's settings")

    sent: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

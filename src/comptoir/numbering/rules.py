"""Where the law wants numbers without gaps (contract decisions, law profile; rows M13, M14)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.reference.law import law
from comptoir.tenancy.scope import current_company

_ISSUED: Final = frozenset({"invoice", "credit"})


def is_gap_free(series: str) -> bool:
    """Whether the numbers of this series must follow each other, by the law of the company's country."""
    if series not in _ISSUED:
        return False
    return law(Preferences((current_company().settings,)).country_id).gap_free


def refuse_own_number(series: str, number: str) -> None:
    """A number typed by hand would leave a gap or fill one. Raises Refused at ``number``."""
    if number and is_gap_free(series):
        raise Refused("number", _("The law of your country asks for numbers without gaps: leave it empty."))

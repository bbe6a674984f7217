"""Until when the law keeps a client's documents from being erased (decision C18)."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.reference.law import law
from comptoir.tenancy.scope import current_company


def kept_until(issued: date) -> date | None:
    """The last day a document issued then must be kept, by the company's country; None: no rule."""
    years = law(Preferences((current_company().settings,)).country_id).retention_years
    return date(issued.year + years, 12, 31) if years else None


def refuse_kept(last_issued: date | None, *, on: date) -> None:
    """Refuse to erase a client whose last document was issued then. For whoever issues documents."""
    last_day = kept_until(last_issued) if last_issued else None
    if last_day and on <= last_day:
        raise Refused(
            "id",
            _("The law keeps this client’s documents until %(day)s: archive or delete it instead.")
            % {"day": date_format(last_day, "DATE_FORMAT")},
        )

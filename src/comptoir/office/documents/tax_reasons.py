"""Why the lines of a document bear the taxes they bear, in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy, ngettext

from comptoir.billing import destined
from comptoir.billing.destination import Rule
from comptoir.billing.documents import BillingDocument
from comptoir.reference import country_by_code
from comptoir.reference.names import name_in
from comptoir.ui.tags.figures import locale

_SENTENCES: Final[dict[str, Any]] = {
    Rule.DOMESTIC: gettext_lazy("VAT (%(country)s): a sale at home."),
    Rule.BELOW_THRESHOLD: gettext_lazy(
        "VAT (%(country)s): client without a valid VAT number (%(client)s), your sales there "
        "below the threshold of the EU."
    ),
    Rule.ONE_STOP_SHOP: gettext_lazy(
        "VAT (%(country)s): client without a valid VAT number, declared by the one-stop shop."
    ),
    Rule.SELLER: gettext_lazy(
        "VAT (%(country)s): service for a client without a valid VAT number (%(client)s)."
    ),
    Rule.PRIVATE: gettext_lazy("VAT (%(country)s): service for a private client (%(client)s)."),
    Rule.INTRA_COMMUNITY: gettext_lazy(
        "Intra-Community supply: client with a valid VAT number (%(country)s)."
    ),
    Rule.REVERSE_CHARGE: gettext_lazy("Reverse charge: client with a valid VAT number (%(country)s)."),
    Rule.REVERSE_AT_HOME: gettext_lazy("Reverse charge: the category of the line asks for it."),
    Rule.EXPORT: gettext_lazy("Export: it arrives outside the EU (%(country)s)."),
    Rule.OUTSIDE: gettext_lazy("No VAT: service for a client outside the EU (%(country)s)."),
    Rule.EXEMPT: gettext_lazy("No VAT: the category of the line is exempt."),
    Rule.ZERO_RATED: gettext_lazy("No VAT: the category of the line has the zero rate."),
}


def reasons(document: BillingDocument) -> list[str]:
    """A sentence for each rule that was applied, with the places of its lines when there are several.

    Empty where taxes are by hand.
    """
    kept = document.tax_info.get(destined.KEY)
    if not kept:
        return []
    places: dict[tuple[str, str], list[int]] = {}
    for place, reason in enumerate(kept["lines"], 1):
        if reason:
            places.setdefault((reason[0], reason[1]), []).append(place)
    whole = len(places) == 1
    found = []
    for (rule, code), lines in places.items():
        said = str(_SENTENCES[rule]) % {"country": _called(code), "client": _called(kept["client"])}
        found.append(said if whole else _of_lines(lines) % {"what": said})
    return found


def _of_lines(lines: list[int]) -> str:
    numbers = ", ".join(str(one) for one in lines)
    said = ngettext("Line %(lines)s – %(what)s", "Lines %(lines)s – %(what)s", len(lines))
    return said.replace("%(lines)s", numbers)


def _called(code: str) -> str:
    found = country_by_code(code)
    return name_in(found, locale()) if found else code

"""The tables that can be exported, by their word in addresses."""

from __future__ import annotations

from typing import Final

from comptoir.insight.exports.declaring import Sheet

from .clients import ClientSheet, ContactSheet
from .documents import (
    CreditLines,
    CreditSheet,
    InvoiceLines,
    InvoiceSheet,
    QuoteLines,
    QuoteSheet,
    RecurringLines,
    RecurringSheet,
)
from .others import ActivitySheet, FileSheet, PaymentSheet, ProductSheet

SHEETS: Final[dict[str, Sheet]] = {
    sheet.key: sheet
    for sheet in (
        ClientSheet(),
        ContactSheet(),
        InvoiceSheet(),
        InvoiceLines(),
        QuoteSheet(),
        QuoteLines(),
        CreditSheet(),
        CreditLines(),
        RecurringSheet(),
        RecurringLines(),
        PaymentSheet(),
        ProductSheet(),
        ActivitySheet(),
        FileSheet(),
    )
}

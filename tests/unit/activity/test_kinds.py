"""The kinds of records: declared in their models, found by either word."""

from __future__ import annotations

import pytest

from comptoir.activity import kinds
from comptoir.sales.recurring.models import RecurringInvoice


@pytest.mark.parametrize("word", ["recurringinvoice", "recurring_invoice"])
def test_a_kind_is_found_by_the_word_of_its_table_and_by_that_of_the_wire(word: str) -> None:
    kind = kinds.named(word)
    assert kind is RecurringInvoice.kind is kinds.find(word)
    assert kind.model is RecurringInvoice
    assert (kind.word, kind.entity, kind.plural) == (
        "recurringinvoice", "recurring_invoice", "recurring_invoices",
    )  # fmt: skip


def test_what_is_no_kind_keeps_its_word() -> None:
    assert kinds.find("contact") is None
    assert kinds.entity_of("contact") == "contact"
    assert kinds.entity_of("recurringinvoice") == "recurring_invoice"
    with pytest.raises(KeyError):
        kinds.named("contact")

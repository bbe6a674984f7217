from __future__ import annotations

import pytest

from comptoir.activity.actors import Actor
from comptoir.kernel.refused import Refused
from comptoir.numbering import counters
from comptoir.numbering.handlers import set_counters
from comptoir.numbering.models import Counter
from comptoir.numbering.rules import is_gap_free, refuse_own_number
from comptoir.preferences.facts import CompanyUpdated
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import drawn, new_company

pytestmark = pytest.mark.django_db

FRANCE = "250"


def test_a_put_sets_the_counters_that_differ(company: Company) -> None:
    drawn("invoice")
    sent = {
        "invoice_number_counter": 40,
        "client_number_counter": "4711",
        "quote_number_counter": 1,
        "name": "x",
    }
    assert counters.write(sent) == {
        "invoice_number_counter": (2, 40), "client_number_counter": (1, 4711),
    }  # fmt: skip
    assert [drawn("invoice"), drawn("client")] == ["0040", "4711"]
    assert counters.shown() == {"invoice_number_counter": 41, "client_number_counter": 4712}


def test_a_company_put_moves_the_counters_it_names(company: Company) -> None:
    by = Actor("user", 1, "Alice")
    fact = CompanyUpdated(company, actor=by, sent={"invoice_number_counter": 40, "city": "Lyon"})
    set_counters(fact)
    assert [str(row) for row in Counter.objects.all()] == ["invoice"]
    assert drawn("invoice") == "0040"


def test_what_is_no_counter_moves_nothing(company: Company) -> None:
    assert counters.write({"shoe_number_counter": 4, "invoice_number_counter": 0, "name": "x"}) == {}
    assert Counter.objects.count() == 0


def test_counters_of_many_clients_come_in_one_query(company: Company, django_assert_num_queries) -> None:
    counters.write({"invoice_number_counter": 3}, "client:1")
    counters.write({"quote_number_counter": 8}, "client:2")
    with django_assert_num_queries(1):
        found = counters.shown_many(["client:1", "client:2", "client:3"])
    assert found == {"client:1": {"invoice_number_counter": 3}, "client:2": {"quote_number_counter": 8}}


def test_a_french_series_that_has_begun_is_never_moved(db: None) -> None:
    with acting_for(new_company(country_id=FRANCE)):
        assert counters.write({"invoice_number_counter": 120}) == {"invoice_number_counter": (1, 120)}
        assert drawn("invoice") == "0120"
        assert counters.write({"invoice_number_counter": 90, "client_number_counter": 5}) == {
            "client_number_counter": (1, 5)
        }
        assert drawn("invoice") == "0121"


def test_french_quotes_never_take_an_invoices_number(db: None) -> None:
    shared = {"shared_invoice_quote_counter": True, "shared_invoice_credit_counter": True}
    with acting_for(new_company(country_id=FRANCE)):
        numbers = [drawn(series, **shared) for series in ("invoice", "quote", "credit", "invoice")]
    assert numbers == ["0001", "0001", "0002", "0003"]


def test_a_number_typed_by_hand_is_refused_where_the_law_wants_no_gaps(db: None) -> None:
    with acting_for(new_company(country_id=FRANCE)):
        assert [is_gap_free(series) for series in ("invoice", "credit", "quote", "client")] == [
            True, True, False, False,
        ]  # fmt: skip
        with pytest.raises(Refused) as refusal:
            refuse_own_number("invoice", "F-1")
        assert list(refusal.value.errors) == ["number"]
        refuse_own_number("invoice", "")
        refuse_own_number("client", "C-1")


def test_elsewhere_a_number_may_be_typed(company: Company) -> None:
    assert not is_gap_free("invoice")
    refuse_own_number("invoice", "F-1")

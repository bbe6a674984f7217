from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client, Group
from comptoir.kernel.refused import Refused
from comptoir.numbering import counters
from comptoir.numbering.drawing import draw, draw_many, next_number
from comptoir.numbering.models import Counter
from comptoir.numbering.patterns import Context
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import DAY, drawn, new_company, save_client, used

pytestmark = pytest.mark.django_db


def test_the_first_client_gets_0001_and_the_next_0002(company: Company) -> None:
    assert [used(), used()] == ["0001", "0002"]


def test_each_company_counts_for_itself(company: Company) -> None:
    used()
    with acting_for(new_company("other")):
        assert used() == "0001"
    assert used() == "0002"


def test_each_series_counts_for_itself(company: Company) -> None:
    assert [drawn("client"), drawn("invoice"), drawn("invoice")] == ["0001", "0001", "0002"]


def test_a_rollback_gives_the_number_back(company: Company) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        draw("client", Preferences(()), Context(on=DAY), Client.objects.all())
        raise ZeroDivisionError
    assert drawn() == "0001"


@pytest.mark.django_db(transaction=True)
def test_a_number_is_drawn_only_inside_a_transaction() -> None:
    with acting_for(new_company()), pytest.raises(RuntimeError):
        draw("client", Preferences(()), Context(on=DAY), Client.objects.all())
    assert Counter.everywhere.count() == 0


def test_padding_and_pattern_come_from_the_settings(company: Company) -> None:
    assert drawn(counter_padding=6) == "000001"
    assert drawn(client_number_pattern="C{$year}-{$counter}") == "C2026-0002"


def test_a_number_in_use_makes_the_counter_jump_past_the_highest(company: Company) -> None:
    for number in ("0001", "0002", "0009", "0010_Deleted", "X0077", "0612345678"):
        save_client(number)
    assert used() == "0010"
    assert used() == "0011"


def test_the_jump_looks_at_its_own_series_only(company: Company) -> None:
    for number in ("F2026-0001", "F2026-0004", "F2025-0900", "F2026-12", "f2026-0800", "F2026-0500b"):
        save_client(number)
    assert drawn(client_number_pattern="F{$year}-{$counter}") == "F2026-0005"


def test_the_jump_understands_a_counter_in_the_middle(company: Company) -> None:
    for number in ("A0001/26", "A0006/26", "A0050/25", "A10000/26", "/26"):
        save_client(number)
    assert drawn(client_number_pattern="A{$counter}/{$date:y}") == "A10001/26"


def test_deleted_and_archived_records_keep_their_numbers(company: Company) -> None:
    from django.utils import timezone

    save_client("0001", deleted_at=timezone.now(), archived_at=timezone.now())
    assert drawn() == "0002"


def test_a_thousand_used_numbers_cost_one_jump(company: Company, django_assert_max_num_queries) -> None:
    Client.objects.bulk_create(Client(number=f"{n:04}") for n in range(1, 1001))
    with django_assert_max_num_queries(10):
        assert drawn() == "1001"


def test_a_counter_written_twice_skips_used_numbers_too(company: Company) -> None:
    Client.objects.bulk_create(Client(number=f"{n:04}-{n:04}") for n in range(1, 1200))
    assert drawn(client_number_pattern="{$counter}-{$counter}") == "1200-1200"


def test_client_counters_are_kept_for_each_client(company: Company) -> None:
    a, b = save_client("A"), save_client("B")
    pattern = {"invoice_number_pattern": "{$client_number}-{$client_counter}", "counter_padding": 3}
    assert [drawn("invoice", client=who, **pattern) for who in (a, a, b, a)] == [
        "A-001", "A-002", "B-001", "A-003",
    ]  # fmt: skip
    assert counters.shown(f"client:{a.pk}") == {"invoice_number_counter": 4}
    assert counters.shown() == {}


def test_clients_sharing_a_form_never_share_a_number(company: Company) -> None:
    """As recorded: A 1, A 2, B 3, a typed 4, A 5, A 6, and A's counter then stands at 7."""
    a, b = save_client("A"), save_client("B")

    def invoice(who: Client) -> str:
        number = drawn("invoice", client=who, invoice_number_pattern="r-{$client_counter}", counter_padding=3)
        return save_client(number).number

    assert [invoice(a), invoice(a), invoice(b)] == ["r-001", "r-002", "r-003"]
    save_client("r-004")
    assert [invoice(a), invoice(a)] == ["r-005", "r-006"]
    assert counters.shown(f"client:{a.pk}") == {"invoice_number_counter": 7}


def test_group_counters_are_kept_for_each_group_else_for_the_company(company: Company) -> None:
    group = Group.objects.create(name="G")
    inside, outside = save_client("A", group=group), save_client("B")
    pattern = {"invoice_number_pattern": "{$group_counter}"}
    numbers = [drawn("invoice", client=who, **pattern) for who in (inside, inside, outside)]
    assert numbers == ["0001", "0002", "0001"]
    assert counters.shown(f"group:{group.pk}") == {"invoice_number_counter": 3}
    assert counters.shown() == {"invoice_number_counter": 2}


def test_company_series_ignore_client_counters(company: Company) -> None:
    client = save_client("A")
    assert drawn("expense", client=client, expense_number_pattern="{$client_counter}") == "0001"
    assert counters.shown() == {"expense_number_counter": 2}


def test_quotes_and_credits_may_share_the_invoices_counter(company: Company) -> None:
    counters.write({"invoice_number_counter": 5, "quote_number_counter": 50, "credit_number_counter": 60})
    shared = {
        "shared_invoice_quote_counter": True,
        "shared_invoice_credit_counter": True,
        "invoice_number_pattern": "I{$counter}",
        "quote_number_pattern": "Q{$counter}",
        "credit_number_pattern": "K{$counter}",
    }
    numbers = [drawn(series, **shared) for series in ("invoice", "quote", "credit", "invoice")]
    assert numbers == ["I0005", "Q0006", "K0007", "I0008"]
    assert counters.shown() == {
        "invoice_number_counter": 9, "quote_number_counter": 50, "credit_number_counter": 60,
    }  # fmt: skip


def test_a_prefix_stands_before_numbers_of_recurring_invoices(company: Company) -> None:
    with transaction.atomic():
        number = draw("invoice", Preferences(()), Context(on=DAY), Client.objects.all(), prefix="R")
    assert number == "R0001"


def test_a_preview_takes_nothing(company: Company) -> None:
    used()
    preferences = Preferences(({"client_number_pattern": "C{$counter}"},))
    assert [next_number("client", preferences, Context(on=DAY)) for _ in range(2)] == ["C0002", "C0002"]
    assert drawn() == "0002"


def test_a_number_too_long_for_its_column_is_refused(company: Company) -> None:
    with pytest.raises(Refused) as refusal:
        drawn(client_number_pattern="x" * 190)
    assert list(refusal.value.errors) == ["number"]
    assert counters.peek("client", "") == 1


def test_an_import_takes_its_numbers_in_one_go(company: Company, django_assert_max_num_queries) -> None:
    contexts = [Context(on=DAY)] * 400
    with transaction.atomic(), django_assert_max_num_queries(4):
        numbers = draw_many("client", Preferences(()), contexts, Client.objects.all())
    assert numbers == [f"{n:04}" for n in range(1, 401)]
    assert drawn() == "0401"


def test_an_import_meets_used_numbers_as_single_draws_do(company: Company) -> None:
    save_client("0003")
    with transaction.atomic():
        numbers = draw_many("client", Preferences(()), [Context(on=DAY)] * 4, Client.objects.all())
    assert numbers == ["0001", "0002", "0004", "0005"]
    assert drawn() == "0006"


def test_an_import_keeps_order_over_several_counters(company: Company) -> None:
    a, b = save_client("A"), save_client("B")
    preferences = Preferences(({"invoice_number_pattern": "{$client_number}{$client_counter}"},))
    contexts = [Context(on=DAY, client=who) for who in (a, b, a)]
    with transaction.atomic():
        numbers = draw_many("invoice", preferences, contexts, Client.objects.all())
    assert numbers == ["A0001", "B0001", "A0002"]


def test_nothing_to_number_takes_nothing(company: Company) -> None:
    assert draw_many("client", Preferences(()), [], Client.objects.all()) == []
    assert Counter.objects.count() == 0


def test_the_year_of_the_pattern_is_the_companys_day(company: Company) -> None:
    assert drawn(on=date(2027, 1, 1), client_number_pattern="{$year}-{$counter}") == "2027-0001"


def test_looking_for_a_number_uses_the_unique_index(company: Company) -> None:
    with CaptureQueriesContext(connection) as queries:
        drawn()
        with transaction.atomic():
            draw_many("client", Preferences(()), [Context(on=DAY)] * 3, Client.objects.all())
    looks = [query["sql"] for query in queries if "clients_client" in query["sql"]]
    assert len(looks) == 2
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # an empty table is read through otherwise
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in looks:
            cursor.execute(f"{explain} {sql}")
            assert "client_number_once" in str(cursor.fetchall())

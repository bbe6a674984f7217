"""The rate of a document: what somebody said, else that of its day; for good once it is issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity.actors import SYSTEM
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client, update_client
from comptoir.exchange.models import RateSheet
from comptoir.exchange.rates import own_currency
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment, update_payment
from comptoir.preferences.operations import update_company
from comptoir.sales.credits.copying import copied_from
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent, update_invoice
from comptoir.sales.invoices.taking_over import take_over_invoice
from comptoir.sales.quotes.operations import convert_quote, create_quote, update_quote
from comptoir.sales.quotes.operations import mark_sent as send_quote
from comptoir.sales.recurring.operations import create_recurring, start, update_recurring
from comptoir.sales.recurring.running import make_next
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
BY: dict[str, Any] = {"by": SYSTEM, "on": ON}
LINES = [{"cost": 100, "quantity": 1}]
DOLLAR, POUND = "1", "2"


@pytest.fixture
def client() -> Iterator[Client]:
    """In dollars, of a company in euros."""
    with acting_for(factories.account_with_company(currency_id="3")):
        yield create_client({"name": "Boston", "settings": {"currency_id": DOLLAR}}, **BY)


def published(day: date = ON, **rates: str) -> None:
    known = {"1": "1.0842", "2": "0.8365"} | {unit.removeprefix("_"): rate for unit, rate in rates.items()}
    RateSheet.objects.create(day=day, rates=known, source="bank.example")


def invoice(client: Client, **fields: Any) -> Invoice:
    return create_invoice({"client": client, "line_items": LINES, **fields}, **BY)


def stored(document: Any) -> Decimal:
    return type(document).objects.get(pk=document.pk).exchange_rate


def test_a_document_begins_with_the_rate_of_its_day(client: Client) -> None:
    published()
    published(ON - timedelta(days=7), _1="1.07")
    assert stored(invoice(client)) == Decimal("1.0842")
    assert stored(invoice(client, date=ON - timedelta(days=3))) == Decimal("1.07")
    quote = create_quote({"client": client, "line_items": LINES}, **BY)
    credit = create_credit({"client": client, "line_items": LINES}, **BY)
    assert (stored(quote), stored(credit)) == (Decimal("1.0842"), Decimal("1.0842"))


@pytest.mark.parametrize(
    ("said", "kept"), [("1.25", "1.25"), ("1", "1.0842"), ("", "1.0842"), (None, "1.0842")]
)
def test_a_rate_that_is_sent_is_kept_and_one_says_nothing(client: Client, said: Any, kept: str) -> None:
    published()
    assert stored(invoice(client, exchange_rate=Decimal(said) if said else said)) == Decimal(kept)


def test_a_rate_below_nought_is_refused_at_its_field(client: Client) -> None:
    with pytest.raises(Refused) as refused:
        invoice(client, exchange_rate=Decimal("-2"))
    assert list(refused.value.errors) == ["exchange_rate"]
    with pytest.raises(Refused):
        take_over_invoice({"client": client, "line_items": LINES, "exchange_rate": Decimal("-2")}, **BY)
    assert not Invoice.objects.exists()


def test_what_another_program_issued_keeps_its_rate_and_takes_none_of_another_day(client: Client) -> None:
    published()
    old = {"client": client, "line_items": LINES, "date": date(2025, 3, 1)}
    known = take_over_invoice({**old, "number": "A1", "exchange_rate": Decimal("1.05")}, **BY)
    assert (stored(known), stored(take_over_invoice({**old, "number": "A2"}, **BY))) == (Decimal("1.05"), 1)


def test_in_the_companys_own_currency_there_is_none_to_fill_in(client: Client) -> None:
    published()
    home = create_client({"name": "Lyon"}, **BY)
    assert stored(invoice(home)) == 1


def test_a_draft_without_a_rate_takes_that_of_its_date_once_one_is_known(client: Client) -> None:
    saved, issued, never = invoice(client), invoice(client), invoice(client, date=date(2026, 1, 2))
    assert [stored(one) for one in (saved, issued, never)] == [1, 1, 1]
    published()
    update_invoice(saved, {"po_number": "7"}, **BY)
    mark_sent(issued, **BY)
    mark_sent(never, **BY)
    assert [stored(one) for one in (saved, issued, never)] == [Decimal("1.0842"), Decimal("1.0842"), 1]


def test_an_issued_document_keeps_its_rate_whatever_is_published(client: Client) -> None:
    published()
    known, unknown = invoice(client), invoice(client, date=date(2026, 1, 2))
    for each in (known, unknown):
        mark_sent(each, **BY)
    RateSheet.objects.all().delete()
    published(_1="1.2")
    published(date(2026, 1, 2), _1="1.3")
    for each in (known, unknown):
        update_invoice(each, {"po_number": "7"}, **BY)
    assert (stored(known), stored(unknown)) == (Decimal("1.0842"), 1)
    update_invoice(unknown, {"exchange_rate": Decimal("1.17")}, **BY)
    assert stored(unknown) == Decimal("1.17")


def test_a_draft_follows_its_client_to_another_currency(client: Client) -> None:
    published()
    typed, other = (
        invoice(client, exchange_rate=Decimal("1.5")),
        invoice(client, exchange_rate=Decimal("1.5")),
    )
    update_client(client, {"settings": {"currency_id": POUND}}, **BY)
    update_invoice(typed, {"po_number": "7"}, **BY)
    update_invoice(other, {"exchange_rate": Decimal("0.9")}, **BY)
    assert (typed.currency_id, stored(typed)) == (POUND, Decimal("0.8365"))
    assert (other.currency_id, stored(other)) == (POUND, Decimal("0.9"))


def test_an_invoice_of_a_quote_takes_the_rate_of_its_own_day(client: Client) -> None:
    published()
    quote = create_quote({"client": client, "line_items": LINES, "exchange_rate": Decimal("1.5")}, **BY)
    assert stored(convert_quote(quote, **BY)) == Decimal("1.0842")


def test_where_nobody_knows_a_rate_it_keeps_that_of_the_quote(client: Client) -> None:
    quote = create_quote({"client": client, "line_items": LINES, "exchange_rate": Decimal("1.5")}, **BY)
    assert stored(convert_quote(quote, **BY)) == Decimal("1.5")


def test_a_credit_note_takes_back_at_the_rate_of_its_invoice(client: Client) -> None:
    published(ON - timedelta(days=7), _1="1.07")
    corrected = invoice(client, date=ON - timedelta(days=7))
    published()
    assert stored(create_credit(copied_from(corrected), **BY)) == Decimal("1.07")


def test_each_invoice_of_a_schedule_takes_the_rate_of_its_day_unless_one_is_agreed(client: Client) -> None:
    published()
    fields = {"client": client, "line_items": LINES, "frequency_id": "5"}
    open_, agreed = (
        create_recurring(fields, **BY),
        create_recurring({**fields, "exchange_rate": Decimal("1.5")}, **BY),
    )
    assert (stored(open_), stored(agreed)) == (1, Decimal("1.5"))
    made = []
    for schedule in (open_, agreed):
        start(schedule, **BY)
        made.append(make_next(schedule, None, **BY))
    assert [stored(one) for one in made] == [Decimal("1.0842"), Decimal("1.5")]
    update_client(client, {"settings": {"currency_id": POUND}}, **BY)
    agreed.refresh_from_db()
    assert stored(make_next(agreed, None, **BY)) == Decimal("0.8365")
    update_recurring(agreed, {"exchange_rate": Decimal("1.6")}, **BY)
    assert stored(agreed) == Decimal("1.6")


def test_a_payment_begins_with_the_rate_of_its_day(client: Client) -> None:
    published(ON - timedelta(days=7), _1="1.07")
    published()
    paid = {"client": client, "amount": Decimal(20)}
    assert stored(record_payment(paid, **BY)) == Decimal("1.0842")
    assert stored(record_payment({**paid, "date": ON - timedelta(days=7)}, **BY)) == Decimal("1.07")
    said = record_payment({**paid, "exchange_rate": Decimal("1.1"), "exchange_currency_id": "3"}, **BY)
    assert (stored(said), said.exchange_currency_id) == (Decimal("1.1"), "3")
    update_payment(said, {"exchange_rate": Decimal("1.2")}, **BY)
    assert stored(said) == Decimal("1.2")


def test_where_nobody_knows_a_rate_a_payment_has_that_of_its_invoice(client: Client) -> None:
    one = invoice(client, exchange_rate=Decimal("1.5"))
    paid = {"client": client, "invoices": [{"invoice": one, "amount": Decimal(60)}]}
    assert stored(record_payment(paid, **BY)) == Decimal("1.5")
    assert stored(record_payment({"client": client, "amount": Decimal(20)}, **BY)) == 1


def change_currency(client: Client, unit: str) -> str:
    """What the company keeps its books in after somebody wished for ``unit``."""
    update_company(client.company, {"settings": {"currency_id": unit}}, **BY)
    return own_currency(Company.objects.get())


def test_drafts_and_schedules_forget_their_rates_when_the_company_changes_its_currency(
    client: Client,
) -> None:
    english = create_client({"name": "Leeds", "settings": {"currency_id": POUND}}, **BY)
    rated: dict[str, Any] = {"line_items": LINES, "exchange_rate": Decimal("1.5")}
    draft, theirs = create_invoice({**rated, "client": english}, **BY), invoice(client, **rated)
    schedule = create_recurring({**rated, "client": english, "frequency_id": "5"}, **BY)
    start(schedule, **BY)
    mark_sent(invoice(create_client({"name": "Lyon"}, **BY)), **BY)
    mark_sent(invoice(client), **BY)  # nobody knew its rate
    assert change_currency(client, DOLLAR) == DOLLAR
    assert [stored(one) for one in (draft, theirs, schedule)] == [1, 1, 1]
    RateSheet.objects.create(day=ON, rates={"1": "1.0842", "2": "0.8365"}, source="bank.example")
    draft.refresh_from_db()
    mark_sent(draft, **BY)
    assert stored(draft) == Decimal("0.771537")


@pytest.mark.parametrize("kind", ["invoice", "quote", "payment"])
def test_a_company_keeps_its_currency_once_it_counted_another_in_it(client: Client, kind: str) -> None:
    published()
    waiting = create_quote({"client": client, "line_items": LINES}, **BY)
    if kind == "invoice":
        mark_sent(invoice(client), **BY)
    elif kind == "quote":
        send_quote(create_quote({"client": client, "line_items": LINES}, **BY), **BY)
    else:
        record_payment({"client": client, "amount": Decimal(20)}, **BY)
    with pytest.raises(Refused) as refused:
        change_currency(client, POUND)
    sentence = "What you issued or were paid in other currencies is counted in EUR, at the rate of its day: "
    sentence += "your company’s currency can no longer change."
    assert refused.value.errors["settings.currency_id"] == [sentence]
    client.company.refresh_from_db()
    assert (client.company.settings["currency_id"], stored(waiting)) == ("3", Decimal("1.0842"))
    assert change_currency(client, "3") == "3"


def test_a_rate_below_nought_of_a_payment_is_refused_at_its_field(client: Client) -> None:
    paid = {"client": client, "amount": Decimal(20)}
    with pytest.raises(Refused) as refused:
        record_payment({**paid, "exchange_rate": Decimal("-2")}, **BY)
    assert (list(refused.value.errors), Payment.objects.count()) == (["exchange_rate"], 0)
    payment = record_payment({**paid, "exchange_rate": Decimal("1.1")}, **BY)
    with pytest.raises(Refused):
        update_payment(payment, {"exchange_rate": Decimal("-2")}, **BY)
    assert stored(payment) == Decimal("1.1")


def test_a_rate_too_small_to_be_kept_is_none(client: Client) -> None:
    published()
    tiny = Decimal("0.0000001")
    assert stored(invoice(client, exchange_rate=tiny)) == Decimal("1.0842")
    paid = record_payment({"client": client, "amount": Decimal(20), "exchange_rate": tiny}, **BY)
    assert stored(paid) == Decimal("1.0842")


def test_the_rate_of_the_day_follows_the_date_and_one_that_was_said_stays(client: Client) -> None:
    published(ON - timedelta(days=7), _1="1.07")
    published()
    earlier = ON - timedelta(days=3)
    quote = create_quote({"client": client, "line_items": LINES}, **BY)
    said, sent = invoice(client, exchange_rate=Decimal("1.5")), invoice(client)
    update_quote(quote, {"date": earlier}, **BY)
    update_invoice(said, {"date": earlier}, **BY)
    update_invoice(sent, {"date": earlier, "exchange_rate": Decimal("1.0842")}, **BY)
    assert [stored(one) for one in (quote, said, sent)] == [
        Decimal("1.07"),
        Decimal("1.5"),
        Decimal("1.0842"),
    ]
    issued = invoice(client)
    mark_sent(issued, **BY)
    update_invoice(issued, {"date": earlier}, **BY)
    assert stored(issued) == Decimal("1.0842")


def test_that_of_a_payment_does_too(client: Client) -> None:
    published(ON - timedelta(days=7), _1="1.07")
    published()
    earlier = {"date": ON - timedelta(days=3)}
    paid = {"client": client, "amount": Decimal(20)}
    open_, said = record_payment(paid, **BY), record_payment({**paid, "exchange_rate": Decimal("1.5")}, **BY)
    update_payment(open_, earlier, **BY)
    update_payment(said, earlier, **BY)
    assert [stored(one) for one in (open_, said)] == [Decimal("1.07"), Decimal("1.5")]

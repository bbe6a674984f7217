"""A company to look around in: a French workshop, thirty clients in two languages, a year of work.

Everything is made by the operations that people use, on the days it would have happened; the same
seed gives the same company.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import translation

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity, Job
from comptoir.billing.deadlines import tell_passed
from comptoir.catalogue.operations import create_product, create_tax_rate
from comptoir.clients.groups import create_group
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.config import demo_people as cast
from comptoir.config.demo_tags import tag_some
from comptoir.exchange.operations import set_rates
from comptoir.kernel.refused import Refused
from comptoir.payments.operations import mark_paid, record_payment, refund_payment
from comptoir.people.founding import found_account
from comptoir.people.models import User
from comptoir.preferences.operations import update_company
from comptoir.sales.credits import operations as credits
from comptoir.sales.invoices import operations as invoices
from comptoir.sales.invoices.facts import InvoiceLate
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import operations as quotes
from comptoir.sales.quotes.facts import QuoteExpired
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring import operations as recurring
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

SEED = 20_260_901
EMAIL, PASSWORD = "demo@comptoir.example", "comptoir-demo-2026"
DAYS = 365


@dataclass(order=True)
class Happening:
    """Something that happens on a day; ``rank`` keeps the order of one day."""

    on: date
    rank: int
    do: Callable[[date], None] = field(compare=False)


def build(*, on: date | None = None) -> Company:
    """Make the demonstration company, once; answers it."""
    today = on or datetime.now(UTC).date()
    known = User.objects.filter(email=EMAIL).first()
    if known is not None:
        print(f"The demonstration company is there already. Sign in as {EMAIL} with {PASSWORD}.")
        return Company.objects.get(account=known.account)
    with translation.override("fr"):
        company = _Year(today).make()
    print(f"Made {company.name}. Sign in as {EMAIL} with the password {PASSWORD}.")
    return company


def _leave_unmailed(company: Company) -> None:
    """A year that nobody lived is not mailed today: no receipt leaves, and none waits."""
    Job.objects.filter(company=company, name__startswith="delivery.").delete()


class _Year:
    """One year of a company, day by day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.start = today - timedelta(days=DAYS)
        self.dice = random.Random(SEED)  # noqa: S311 - believable, not secret
        self.plan: list[Happening] = []

    def make(self) -> Company:
        owner = {"email": EMAIL, "password": PASSWORD, "first_name": "Camille", "last_name": "Moreau"}
        membership = found_account(owner, cast.COMPANY, on=self.start, ip="")
        self.by: Actor = membership.actor()
        company = membership.company
        with acting_for(company):
            update_company(company, cast.SWITCHES, by=self.by, on=self.start)
            set_rates(company, cast.RATES, by=self.by, on=self.start)
            self._catalogue()
            self._clients()
            self._live()
            self._repeat()
            tag_some(by=self.by, on=self.today)
            _leave_unmailed(company)
        return company

    def _catalogue(self) -> None:
        for name, rate in cast.TAXES:
            create_tax_rate({"name": name, "rate": Decimal(rate)}, by=self.by, on=self.start)
        for key, notes, price, rate in cast.PRODUCTS:
            fields = {"product_key": key, "notes": notes, "price": Decimal(price)}
            fields |= {"tax_name1": "TVA", "tax_rate1": Decimal(rate)}
            create_product(fields, by=self.by, on=self.start)
        self.group = create_group(
            {"name": "Grands comptes", "settings": {"payment_terms": "60"}}, by=self.by, on=self.start
        )

    def _clients(self) -> None:
        self.clients: list[Client] = []
        for n, person in enumerate(cast.CLIENTS):
            fields = {**person, "group": self.group if n % 6 == 2 else None}
            self._then(self.start + timedelta(days=n * 4), 0, lambda on, f=fields: self._client(f, on))  # type: ignore[misc]

    def _client(self, fields: dict[str, Any], on: date) -> None:
        client = create_client(fields, by=self.by, on=on)
        self.clients.append(client)
        for when in self._work_days(on):
            self._then(when, 1, lambda day, c=client: self._bill(c, day))  # type: ignore[misc]
        if self.dice.random() < 0.6:
            when = min(self.today, on + timedelta(days=self.dice.randint(1, 300)))
            self._then(when, 2, lambda day, c=client: self._quote(c, day))  # type: ignore[misc]

    def _work_days(self, since: date) -> Iterator[date]:
        day = since + timedelta(days=self.dice.randint(2, 20))
        while day <= self.today:
            yield day
            day += timedelta(days=self.dice.choice((21, 28, 30, 35, 60)))

    def _lines(self) -> list[dict[str, Any]]:
        lines = []
        for key, notes, price, rate in self.dice.sample(cast.PRODUCTS, self.dice.choice((1, 2, 2, 3, 4))):
            quantity = Decimal(self.dice.choice(("1", "1", "2", "3", "0.5", "4", "12")))
            lines.append(
                {
                    "product_key": key,
                    "notes": notes,
                    "cost": Decimal(price),
                    "quantity": quantity,
                    "tax_name1": "TVA",
                    "tax_rate1": Decimal(rate),
                }
            )
        return lines

    def _bill(self, client: Client, on: date) -> None:
        fields: dict[str, Any] = {"client": client, "date": on, "line_items": self._lines()}
        fields["is_amount_discount"] = False
        if self.dice.random() < 0.15:
            fields["discount"] = Decimal(self.dice.choice((5, 10)))
        if self.dice.random() < 0.2:
            fields["po_number"] = f"BC-{self.dice.randint(1000, 9999)}"
        invoice = invoices.create_invoice(fields, by=self.by, on=on)
        if (self.today - on).days < 4 and self.dice.random() < 0.7:
            return
        invoices.mark_sent(invoice, by=self.by, on=on)
        self._settle(invoice, on)

    def _settle(self, invoice: Invoice, on: date) -> None:
        """Most pay late, some in parts, a few not at all."""
        luck = self.dice.random()
        after = (invoice.due_date or on) + timedelta(days=self.dice.randint(-12, 24))
        when = max(on + timedelta(days=1), after)
        if luck < 0.08:
            return
        if luck < 0.2:
            self._then(when, 3, lambda day: self._part(invoice, day))
            when += timedelta(days=self.dice.randint(10, 40))
        if luck > 0.97:
            self._then(on + timedelta(days=6), 3, lambda day: self._credit(invoice, day))
        self._then(when, 4, lambda day: self._pay(invoice, day))

    def _part(self, invoice: Invoice, on: date) -> None:
        invoice.refresh_from_db()
        half = (invoice.balance / 2).quantize(Decimal("0.01"))
        fields = {"client": invoice.client, "amount": half, "date": on, "type_id": "1"}
        self._try(record_payment, {**fields, "invoices": [{"invoice": invoice, "amount": half}]}, on)

    def _pay(self, invoice: Invoice, on: date) -> None:
        invoice.refresh_from_db()
        if not invoice.is_open or invoice.balance <= 0:
            return
        payment = mark_paid(invoice, by=self.by, on=on, reference=f"VIR {self.dice.randint(10000, 99999)}")
        if self.dice.random() < 0.02:
            part = (payment.amount / 10).quantize(Decimal("0.01"))
            refund_payment(payment, part, [{"invoice": invoice, "amount": part}], by=self.by, on=on)

    def _credit(self, invoice: Invoice, on: date) -> None:
        line = {"product_key": "Geste commercial", "cost": Decimal(80), "quantity": Decimal(1)}
        line |= {"tax_name1": "TVA", "tax_rate1": Decimal(20)}
        fields = {"client": invoice.client, "invoice": invoice, "date": on, "line_items": [line]}
        try:
            credit = credits.create_credit(fields, by=self.by, on=on)
        except Refused:
            return
        credits.mark_sent(credit, by=self.by, on=on)

    def _quote(self, client: Client, on: date) -> None:
        fields = {"client": client, "date": on, "line_items": self._lines(), "is_amount_discount": False}
        quote = quotes.create_quote(fields, by=self.by, on=on)
        if self.dice.random() < 0.85:
            quotes.mark_sent(quote, by=self.by, on=on)
            luck = self.dice.random()
            if luck < 0.35:
                quotes.approve_quote(quote, by=self.by, on=on)
            elif luck < 0.5:
                quotes.convert_quote(quote, by=self.by, on=on)

    def _repeat(self) -> None:
        """What comes back by itself, from the next months on."""
        key, notes, price, rate = next(each for each in cast.PRODUCTS if str(each[0]) == cast.REPEATED)
        line = {"product_key": key, "notes": notes, "cost": Decimal(price), "quantity": Decimal(1)}
        line |= {"tax_name1": "TVA", "tax_rate1": Decimal(rate)}
        for n, (client, frequency) in enumerate(zip(self.clients[:4], ("5", "5", "7", "10"), strict=False)):
            fields = {"client": client, "frequency_id": frequency, "line_items": [line]}
            fields |= {"next_on": self.today + timedelta(days=3 + 5 * n), "remaining_cycles": -1}
            made = recurring.create_recurring(fields, by=self.by, on=self.today)
            if n < 3:
                recurring.start(made, by=self.by, on=self.today)

    def _try(self, operation: Callable[..., Any], fields: dict[str, Any], on: date) -> None:
        try:
            operation(fields, by=self.by, on=on)
        except Refused:
            return

    def _then(self, on: date, rank: int, do: Callable[[date], None]) -> None:
        if on <= self.today:
            self.plan.append(Happening(on, rank, do))

    def _live(self) -> None:
        """Let everything happen in order; what happens may plan more."""
        day = self.start
        while self.plan:
            self.plan.sort()
            happening = self.plan.pop(0)
            while day < happening.on:
                day += timedelta(days=1)
                _dated(_pass_deadlines, day, lambda: time(6))
            _dated(happening.do, happening.on, lambda: time(9, self.dice.randint(0, 59)))


def _dated(do: Callable[[date], None], on: date, hour: Callable[[], time]) -> None:
    """Let something happen on a day; its activity says so."""
    last = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    do(on)
    moment = min(datetime.combine(on, hour(), UTC), datetime.now(UTC))
    Activity.objects.filter(pk__gt=last).update(created_at=moment)


def _pass_deadlines(on: date) -> None:
    """What the clock would have told that morning."""
    tell_passed(Invoice.objects.overdue, InvoiceLate, on)
    tell_passed(Quote.objects.expired, QuoteExpired, on)

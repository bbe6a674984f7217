"""The fixed data set: `python -m bench.dataset --clients 5000 --invoices 2000`, the same every time.

The first invoices and payments are made by the operations that people use; a larger set holds copies of
those invoices, with everything that hangs on them. With `--busiest` one client, the last, has so many more;
with `--others` there are so many quotes, credits, recurring invoices, payments and products, for their lists.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

SEED = 20_260_901
RARE = "Quetzalcoatl"
"""A word that one client's name has, and nobody else's."""

QUIET = {"client_manual_payment_notification": False}
"""A mail for each payment would be measured with it."""

BY_HAND = 2_000
AT_ONCE = 500
OPEN_EACH = 4
TODAY = date(2026, 9, 1)
_NAMES = ("Alix", "Bastien", "Chloé", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès", "Jules", "Karim")
_TRADES = (
    "Ateliers",
    "Boulangerie",
    "Cabinet",
    "Domaine",
    "Établissements",
    "Fonderie",
    "Garage",
    "Imprimerie",
)
_PLACES = (
    "Aubenas",
    "Bayeux",
    "Cholet",
    "Dinan",
    "Épinal",
    "Figeac",
    "Guéret",
    "Houdan",
    "Issoire",
    "Jarnac",
)


def lines(count: int) -> list[dict[str, Any]]:
    """Lines of an invoice as the API takes them, one tax each."""
    return [
        {
            "product_key": f"P{n:03}",
            "notes": f"Fourniture et pose, lot {n + 1}",
            "quantity": 1 + n % 7,
            "cost": 12.5 + 3 * n,
            "tax_name1": "TVA",
            "tax_rate1": 21,
        }
        for n in range(count)
    ]


def client(n: int, dice: random.Random) -> dict[str, Any]:
    """Columns and one contact of the nth client."""
    first, place = dice.choice(_NAMES), dice.choice(_PLACES)
    name = f"{dice.choice(_TRADES)} {dice.choice(_NAMES)} {n}"
    return {
        "name": f"{name} {RARE}" if n == 7 else name,
        "address1": f"{dice.randint(1, 120)} rue de {place}",
        "postal_code": f"{dice.randint(1000, 9999)}",
        "city": place,
        "country_id": "56",
        "phone": f"+32 2 {dice.randint(1_000_000, 9_999_999)}",
        "vat_number": "",
        "custom_value1": dice.choice(("", "", "VIP")),
        "contacts": [{"first_name": first, "last_name": place, "email": f"contact{n}@example.com"}],
    }


def build(clients: int, invoices: int, busiest: int = 0, others: int = 0) -> None:
    """Fill the company of this installation."""
    from comptoir.people.models import Membership
    from comptoir.preferences.operations import update_company
    from comptoir.tenancy.scope import acting_for

    owner = Membership.everywhere.select_related("company", "user").get()
    with acting_for(owner.company):
        update_company(owner.company, {"settings": QUIET}, by=owner.actor(), on=TODAY)
        people = _clients(clients, owner.actor())
        made = _invoices(people, min(invoices, BY_HAND), owner.actor())
        _payments(made[::OPEN_EACH], owner.actor())
        copies = max(invoices - BY_HAND, 0)
        _copies(made, people, range(copies))
        _copies(made, people[-1:], range(copies, copies + busiest))
        _sum_up()
        _others(made[0], people, others)
    _analyze()


def _clients(count: int, by: Any) -> list[Any]:
    from comptoir.clients.models import Client
    from comptoir.clients.operations import create_clients

    dice = random.Random(SEED)
    for start in range(0, count, AT_ONCE):
        many = range(start, min(start + AT_ONCE, count))
        create_clients([client(n, dice) for n in many], by=by, on=TODAY)
    return list(Client.objects.order_by("pk").select_related("company"))


def _invoices(people: list[Any], count: int, by: Any) -> list[Any]:
    """Four issued invoices for each of the first clients."""
    from comptoir.sales.invoices.operations import create_invoice, mark_sent

    made = []
    for n in range(count):
        on = TODAY - timedelta(days=(count - n) % 300)
        fields = {"client": people[n // OPEN_EACH % len(people)], "line_items": lines(5), "date": on}
        made.append(mark_sent(create_invoice(fields, by=by, on=on), by=by, on=on))
    return made


def _payments(invoices: list[Any], by: Any) -> None:
    """The first invoice of each client is paid in full."""
    from comptoir.payments.operations import record_payment

    for invoice in invoices:
        invoice.refresh_from_db()
        part = {"invoice": invoice, "amount": invoice.balance}
        fields = {"client": invoice.client, "amount": invoice.balance, "invoices": [part]}
        record_payment(fields, by=by, on=TODAY)


def _copies(patterns: list[Any], people: list[Any], wanted: range) -> None:
    """Further invoices, spread over these clients, with their invitation, ledger entry and activity."""
    from django.db import transaction

    for start in range(wanted.start, wanted.stop, AT_ONCE):
        with transaction.atomic():
            _copy(
                [
                    (n, patterns[n % len(patterns)], people[n % len(people)])
                    for n in range(start, min(start + AT_ONCE, wanted.stop))
                ]
            )


def _sum_up() -> None:
    """Balances follow the entries that were copied."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clients_client SET balance = (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entry e "
            "WHERE e.client_id = clients_client.id AND e.account = 'receivable')"
        )


def _copy(plan: list[tuple[int, Any, Any]]) -> None:
    from comptoir.activity.models import Activity
    from comptoir.clients.models import Contact
    from comptoir.ledger.models import Entry
    from comptoir.sales.invoices.models import Invoice, InvoiceInvitation, Status
    from comptoir.tenancy.inserting import insert
    from comptoir.tenancy.keyed import fresh

    invoices = []
    for n, pattern, owner in plan:
        values = {
            f.attname: getattr(pattern, f.attname) for f in Invoice._meta.concrete_fields if f.name != "id"
        }
        state = Status.DRAFT if n % 20 == 0 else Status.SENT if n % 3 == 0 else Status.PAID
        owed = pattern.amount if state == Status.SENT else Decimal(0)
        values |= {"client_id": owner.pk, "number": f"X{n:07}", "status_id": state, "balance": owed}
        values |= {
            "date": TODAY - timedelta(days=n % 1000),
            "due_date": TODAY - timedelta(days=n % 1000 - 30),
        }
        invoices.append(Invoice(**values))
    insert(invoices)
    first = {c.client_id: c.pk for c in Contact.objects.filter(client__in={o.pk for _, _, o in plan})}
    insert(
        [
            InvoiceInvitation(invoice=one, contact_id=first[one.client_id], **fresh("invitation"))
            for one in invoices
        ]
    )
    owed = [one for one in invoices if one.balance]
    insert([_entry(Entry, one) for one in owed])
    insert([_activity(Activity, one) for one in invoices])


def _entry(model: Any, invoice: Any) -> Any:
    return model(
        client_id=invoice.client_id, account="receivable", amount=invoice.balance, balance=invoice.balance,
        on=invoice.date, reason_kind="invoice", reason_id=invoice.pk, label=invoice.number, note="issued",
    )  # fmt: skip


def _others(pattern: Any, people: list[Any], count: int) -> None:
    """Rows of the other lists, spread over the clients; what they add up to is nobody's matter."""
    from django.db import transaction

    from comptoir.catalogue.models import Product
    from comptoir.payments.models import Payment
    from comptoir.sales.credits.models import Credit
    from comptoir.sales.quotes.models import Quote
    from comptoir.sales.recurring.models import RecurringInvoice
    from comptoir.tenancy.inserting import insert

    for model in (Quote, Credit, RecurringInvoice, Payment, Product):
        names = {f.attname for f in model._meta.concrete_fields} - {"id", "snapshot", "invoice_id"}
        shared = {name: getattr(pattern, name) for name in names if hasattr(pattern, name)}
        for start in range(0, count, AT_ONCE):
            with transaction.atomic():
                rows = range(start, min(start + AT_ONCE, count))
                insert([model(**shared | _other(n, people[n % len(people)], names)) for n in rows])


def _other(n: int, owner: Any, names: set[str]) -> dict[str, Any]:
    """What is the nth row's own, as far as its table has it."""
    on, worth = TODAY - timedelta(days=n % 1000), Decimal(n % 5000) + 10
    values = {
        "client_id": owner.pk, "number": f"Y{n:07}", "status_id": 1 if n % 20 == 0 else 4, "date": on,
        "due_date": on + timedelta(days=30), "amount": worth, "balance": worth, "unapplied": Decimal(0),
        "anchor": on, "next_on": TODAY + timedelta(days=n % 90), "frequency_id": str(1 + n % 12),
        "product_key": f"K{n:06}", "price": worth, "cost": worth / 2, "notes": "Fourniture et pose",
    }  # fmt: skip
    return {name: value for name, value in values.items() if name in names}


def _activity(model: Any, invoice: Any) -> Any:
    return model(
        fact="InvoiceCreated", code=4, subject_kind="invoice", subject_id=invoice.pk,
        client_id=invoice.client_id, actor_kind="system", mentions={"invoice": [invoice.pk, invoice.number]},
    )  # fmt: skip


def _analyze() -> None:
    """PostgreSQL gathers its statistics by itself, but some minutes late; SQLite keeps none unless told."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def main() -> None:
    from comptoir.config.cli import load_django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=5_000)
    parser.add_argument("--invoices", type=int, default=2_000)
    parser.add_argument("--busiest", type=int, default=0)
    parser.add_argument("--others", type=int, default=0)
    wanted = parser.parse_args()
    load_django()
    build(wanted.clients, wanted.invoices, wanted.busiest, wanted.others)


if __name__ == "__main__":
    main()

"""What one racer of a race does, and how it goes wrong without its guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Wait = Callable[[], object]


def issue_invoices(app: Any, number: int, start: Wait, *, client: str, each: int, by_hand: bool) -> list[Any]:
    """Issue invoices; ``by_hand`` picks the next number itself, as a program without counters would."""
    start()
    taken = []
    for _ in range(each):
        body: dict[str, Any] = {"client_id": client, "line_items": [{"cost": 1, "quantity": 1}]}
        if by_hand:
            _, shown, _ = app("GET", "invoices?per_page=1000")
            body["number"] = f"{len(shown['data']) + 1:04}"
        status, told, _ = app("POST", "invoices?mark_sent=true", body)
        taken.append([status, told.get("data", told).get("number", "")])
    return taken


def pay_the_same(
    app: Any, number: int, start: Wait, *, client: str, invoices: list[str], unguarded: bool
) -> list[int]:
    """Two people pay one invoice after the other, each most of it, both at the same moment."""
    if unguarded:
        forget_to_lock()
    answers = []
    for turn, invoice in enumerate(invoices):
        amount = 60 + 2 * turn + number  # never the same sum twice: that would be a second click
        parts = [{"invoice_id": invoice, "amount": amount}]
        start()
        answers.append(app("POST", "payments", {"client_id": client, "amount": amount, "invoices": parts})[0])
    return answers


def forget_to_lock() -> None:
    """Decide on what was read before the transaction began."""
    from comptoir.api.resources import payments as door
    from comptoir.payments import operations

    operations.lock = door.lock = lambda *rows: None  # type: ignore[attr-defined]


def send_again_and_again(
    app: Any, number: int, start: Wait, *, client: str, each: int, unguarded: bool
) -> list[list[Any]]:
    """One app sends the same payment under one key, over and over."""
    if unguarded:
        from comptoir.api.registry import registry

        registry().idempotency = None
    start()
    body = {"client_id": client, "amount": 25}
    answers = []
    for _ in range(each):
        status, told, _ = app("POST", "payments", body, Idempotency_Key="the same")
        answers.append([status, told.get("data", told).get("id", "")])
    return answers


def edit_the_same(
    app: Any, number: int, start: Wait, *, client: str, rounds: int, careful: bool
) -> list[list[Any]]:
    """Two people open a client, then both save; ``careful`` ones say which version they have read."""
    answers = []
    for turn in range(rounds):
        _, _, version = app("GET", f"clients/{client}")
        start()
        notes = f"{turn} by {number}"
        said = {"If_Match": version} if careful else {}
        status, _, _ = app("PUT", f"clients/{client}", {"private_notes": notes}, **said)
        start()
        _, shown, _ = app("GET", f"clients/{client}")
        answers.append([status, shown["data"]["private_notes"] == notes])
        start()
    return answers


def settle_the_same(
    app: Any, number: int, start: Wait, *, client: str, attempts: list[int], unguarded: bool
) -> list[str]:
    """The client comes back while the provider's notification is read: both learn that it is paid."""
    from comptoir.collecting import settling
    from comptoir.collecting.models import Attempt
    from comptoir.gateways.interface import Outcome, State
    from comptoir.tenancy.scope import acting_for

    if unguarded:
        settling.lock = lambda *rows: None  # type: ignore[attr-defined]
    states = []
    for pk in attempts:
        attempt = Attempt.everywhere.select_related("company", "gateway", "client").get(pk=pk)
        outcome = Outcome(State.PAID, f"pi_{pk}_{number}", attempt.amount, "USD", attempt.key)
        start()
        with acting_for(attempt.company):
            states.append(str(settling.settle(attempt, outcome).state))
    return states


def remind_together(
    app: Any, number: int, start: Wait, *, client: str, company: int, moment: str, unguarded: bool
) -> list[int]:
    """Two workers find the same invoices due, and make their reminders at the same moment."""
    from datetime import datetime

    from comptoir.activity.actors import SYSTEM
    from comptoir.delivery.reminders import making
    from comptoir.sales.invoices import reminders
    from comptoir.sales.invoices.models import Invoice, Reminder
    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    if unguarded:
        making.lock = lambda *rows: None  # type: ignore[assignment]
        reminders.claim = lambda invoice, stage, on: Reminder.objects.create(  # type: ignore[assignment]
            invoice=invoice, stage=stage, turn=number, on=on
        )
    now, made = datetime.fromisoformat(moment), []
    with acting_for(Company.objects.get(pk=company)):
        due = list(Invoice.objects.to_remind(now).select_related("client__group", "company").order_by("pk"))
        start()
        for invoice in due:
            try:
                making.remind_of_invoice(invoice, now, by=SYSTEM, on=now.date())
            except making.NotDue:
                continue
            made.append(invoice.pk)
    return made


def tell_late_together(
    app: Any, number: int, start: Wait, *, client: str, moment: str, unguarded: bool
) -> int:
    """Two workers find the same invoices late at the same moment; how many each told."""
    import time_machine

    from comptoir.billing import deadlines
    from comptoir.sales.invoices.schedule import tell_late

    if unguarded:
        deadlines.lock = lambda *rows: None  # type: ignore[attr-defined]
        found = deadlines.untold  # type: ignore[attr-defined]
        seen: set[int] = set()

        def once(rows: Any, fact: Any) -> Any:
            """The first look tells all; the second one, under the lock, believes it."""
            if not seen:
                seen.add(1)
                rows = found(rows, fact)
                list(rows)
                start()
            return rows

        deadlines.untold = once  # type: ignore[attr-defined]
    else:
        start()
    with time_machine.travel(moment, tick=False):
        return tell_late()


def use_the_same_credit(
    app: Any, number: int, start: Wait, *, client: str, pairs: list[list[str]], unguarded: bool
) -> list[int]:
    """Two people use one credit, each for an invoice of their own."""
    if unguarded:
        forget_to_lock()
    answers = []
    for turn, (credit, *invoices) in enumerate(pairs):
        amount = 60 + 2 * turn + number
        body = {
            "client_id": client,
            "invoices": [{"invoice_id": invoices[number], "amount": amount}],
            "credits": [{"credit_id": credit, "amount": amount}],
        }
        start()
        answers.append(app("POST", "payments", body, Idempotency_Key=f"{number}-{turn}")[0])
    return answers


def pay_in_two_tabs(
    app: Any, number: int, start: Wait, *, client: str, company: int, pairs: list[list[int]], unguarded: bool
) -> list[str]:
    """A client pays two invoices in two tabs, with the credit that the other tab counts on too.

    ``unguarded`` ones decide on what their page has read, and look at nothing again.
    """
    from decimal import Decimal
    from types import SimpleNamespace

    from comptoir.activity.actors import Actor
    from comptoir.clients.models import Client
    from comptoir.collecting import covering, own_money
    from comptoir.collecting.starting import Wish
    from comptoir.kernel import ids
    from comptoir.kernel.refused import Refused
    from comptoir.payments import operations
    from comptoir.payments.parts import Part
    from comptoir.sales.invoices.models import Invoice
    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    look, credits = own_money.plan, own_money.Credit
    if unguarded:
        covering.lock = operations.lock = lambda *rows: None  # type: ignore[attr-defined]
    answers, by = [], Actor("contact", None, "Pip")
    with acting_for(Company.objects.get(pk=company)):
        payer = Client.objects.get(pk=ids.decode(client))
        for pair in pairs:
            invoice = Invoice.objects.get(pk=pair[number])
            hundred = Decimal(100)
            wish = Wish(payer, None, [Part(invoice, hundred)], "", own=["credit"], own_shown=hundred)
            if unguarded:
                seen = look(payer, wish.parts, wish.own, on=invoice.date)
                rows = credits.objects.in_bulk([piece.row for piece in seen.pieces])
                own_money.plan = lambda *_, seen=seen, **__: seen  # type: ignore[assignment]
                kept = SimpleNamespace(
                    in_bulk=lambda _, rows=rows: rows, applicable=credits.objects.applicable
                )
                own_money.Credit = SimpleNamespace(objects=kept)  # type: ignore[assignment, misc]
            start()
            try:
                covering.pay_with_own_money(wish, by=by, on=invoice.date)
                answers.append("paid")
            except Refused as refused:
                answers.append(next(iter(refused.errors)))
            start()
    return answers

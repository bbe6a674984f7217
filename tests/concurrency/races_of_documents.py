"""Races over documents and refunds: what one racer does, and how it goes wrong without its guard."""

from __future__ import annotations

from typing import Any

from tests.concurrency.races import Wait, forget_to_lock


def _no_lock(*rows: object) -> None:
    """Decide on what was read before the transaction began."""


def reverse_the_same(
    app: Any, number: int, start: Wait, *, client: str, invoices: list[str], unguarded: bool
) -> list[int]:
    """Two people reverse one invoice. Behind the lock stands what is left to credit, read anew."""
    if unguarded:
        from comptoir.payments import reversing
        from comptoir.sales.credits import rules

        reversing.lock = _no_lock  # type: ignore[assignment]
        rules.refuse_crediting_too_much = _no_lock  # type: ignore[assignment]
    answers = []
    for invoice in invoices:
        start()
        answers.append(app("POST", f"invoices/{invoice}/reverse")[0])
    return answers


def refund_the_same(
    app: Any, number: int, start: Wait, *, client: str, payments: list[list[str]], unguarded: bool
) -> list[int]:
    """Two people give the same money back, of an invoice where the second key names one."""
    if unguarded:
        forget_to_lock()
    answers = []
    for payment, invoice in payments:
        parts = [{"invoice_id": invoice, "amount": 100}] if invoice else []
        start()
        answers.append(app("POST", "payments/refund", {"id": payment, "amount": 100, "invoices": parts})[0])
    return answers


def accept_the_same(
    app: Any, number: int, start: Wait, *, client: str, company: int, quotes: list[int], unguarded: bool
) -> list[str]:
    """Two contacts approve one quote in the portal, which makes it an invoice."""
    from datetime import date

    from comptoir.activity.actors import SYSTEM
    from comptoir.kernel.refused import WrongState
    from comptoir.portal import answers
    from comptoir.sales.quotes import operations
    from comptoir.sales.quotes.models import Quote
    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    if unguarded:
        answers.lock = operations.lock = _no_lock  # type: ignore[assignment]
    told = []
    with acting_for(Company.objects.get(pk=company)):
        for pk in quotes:
            quote = Quote.objects.select_related("client__group", "company").get(pk=pk)
            start()
            try:
                answers.accept_quote(quote, {}, by=SYSTEM, on=date(2026, 3, 2))
            except WrongState:
                told.append("refused")
            else:
                told.append("accepted")
    return told


def send_now_together(
    app: Any, number: int, start: Wait, *, client: str, company: int, schedules: list[int], unguarded: bool
) -> list[str]:
    """A second click on *Send now*, before the first was answered."""
    from datetime import date

    from comptoir.activity.actors import SYSTEM
    from comptoir.kernel.refused import WrongState
    from comptoir.sales.recurring import rules, running
    from comptoir.sales.recurring.models import RecurringInvoice
    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    if unguarded:
        rules.refuse_made_meanwhile = lambda recurring, seen: None
    told = []
    with acting_for(Company.objects.get(pk=company)):
        for pk in schedules:
            row = RecurringInvoice.objects.select_related("client__group", "company").get(pk=pk)
            start()
            try:
                running.send_now(row, by=SYSTEM, on=date(2026, 3, 2))
            except WrongState:
                told.append("refused")
            else:
                told.append("made")
    return told


def send_planned_together(
    app: Any, number: int, start: Wait, *, client: str, company: int, planned: list[int], unguarded: bool
) -> list[int]:
    """Two workers come upon the same planned e-mails."""
    from comptoir.delivery.papers import planning
    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    with acting_for(Company.objects.get(pk=company)):
        for one in planned:
            row = planning.Planned.objects.get(pk=one)
            start()
            if unguarded:
                _send_as_read(row, number)
            else:
                planning.send_planned(planned=one)
    return [1]


def _send_as_read(row: Any, number: int) -> None:
    """As a worker would that looks first and sends afterwards."""
    from comptoir.activity.actors import SYSTEM
    from comptoir.delivery.documents.sending import email_document
    from comptoir.delivery.papers import planning

    if row.state == planning.State.WAITING:
        document = planning._document(row)
        email_document(document, by=SYSTEM, on=row.day, occurrence=f"planned-{row.pk}-{number}")
        planning._mark(row, planning.State.SENT)


def click_twice(
    app: Any, number: int, start: Wait, *, client: str, person: int, turns: int, unguarded: bool
) -> list[str]:
    """Two clicks on *Record the payment*, of one page that was opened once."""
    from django.test import Client as Browser

    from comptoir.people.models import User

    browser = Browser()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    browser.force_login(User.objects.get(pk=person), backend=backend)
    led = []
    for turn in range(turns):
        sent = {"client_id": client, "amount": "25", "date": "2026-03-02"}
        word = "" if unguarded else f"page-{turn}@/payments/new"
        start()
        led.append(browser.post("/payments/new", {**sent, "once": word}).url)
    return led

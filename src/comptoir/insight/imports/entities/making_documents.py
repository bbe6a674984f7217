"""What a row says of a document becomes one, by the operations of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.insight.imports.cells import key
from comptoir.insight.imports.declaring import Order
from comptoir.kernel.refused import Refused
from comptoir.payments.taking_over import take_over_payment, take_over_use
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.taking_over import take_over_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import cancel_invoice
from comptoir.sales.invoices.taking_over import take_over_invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus
from comptoir.sales.quotes.taking_over import take_over_quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.operations import create_recurring, start, stop

_DRAFT: Final = frozenset({"draft", "brouillon", "not sent", "unsent", "non envoyee", "non envoye"})
_PAID: Final = frozenset({"paid", "payee", "paye", "reglee", "regle", "soldee", "acquittee", "encaissee"})
_VOID: Final = frozenset({"cancelled", "canceled", "void", "reversed", "annulee", "annule", "extournee"})
_QUOTES: Final = {
    **dict.fromkeys(_DRAFT, QuoteStatus.DRAFT),
    **dict.fromkeys(("approved", "accepted", "approuve", "accepte", "signe"), QuoteStatus.APPROVED),
    **dict.fromkeys(("rejected", "declined", "refuse", "rejete"), QuoteStatus.REJECTED),
    **dict.fromkeys(("converted", "invoiced", "converti", "facture"), QuoteStatus.CONVERTED),
}
_USED: Final = frozenset({"used", "applied", "closed", "utilise", "applique", "impute", "solde", "rembourse"})
_PARTLY_USED: Final = frozenset({"partly used", "partial", "utilise en partie", "partiel"})
_RUNNING: Final = frozenset({"active", "actif", "running", "en cours", "sent", "envoyee"})
_PAUSED: Final = frozenset({"paused", "stopped", "en pause", "suspendue", "suspendu", "arretee"})


@dataclass(frozen=True)
class Said:
    """``fields`` is what an operation takes, ``own`` the file's words on the document, ``paid`` on money."""

    fields: Mapping[str, Any]
    own: Mapping[str, Any]
    paid: Mapping[str, Any]

    @property
    def status(self) -> str:
        return key(str(self.own.get("status") or ""))

    @property
    def is_draft(self) -> bool:
        """Whatever is not said to be a draft was sent (contract rules 26)."""
        return self.status in _DRAFT or (not self.status and self.own.get("is_sent") is False)


class Maker(Protocol):
    """Makes one document, inside the savepoint of its rows. Raises Refused."""

    def __init__(self, order: Order) -> None: ...

    def make(self, said: Said, client: Client) -> BillingDocument: ...


class Invoices:
    """Invoices of another program, with what was paid on them."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def make(self, said: Said, client: Client) -> Invoice:
        by, on = self.order.by, self.order.on
        fields = {**said.fields, "client": client}
        invoice = take_over_invoice(fields, by=by, on=on, is_draft=said.is_draft)
        if not said.is_draft:
            self._pay(invoice, said)
        if said.status in _VOID and invoice.is_open:
            cancel_invoice(invoice, by=by, on=on)
        return invoice

    def _pay(self, invoice: Invoice, said: Said) -> None:
        """What the row says was paid: a sum, all of it, or what its balance leaves."""
        amount = self._paid(invoice, said)
        if not amount:
            return
        if not self.order.may_create("payment"):
            raise Refused("status", _("You may not enter payments, and this invoice is paid."))
        day = said.paid.get("date") or invoice.date
        fields = {
            "client": invoice.client,
            "amount": amount,
            "date": day,
            "transaction_reference": said.paid.get("transaction_reference") or "",
        }
        take_over_payment(fields, [invoice], by=self.order.by, on=day)

    def _paid(self, invoice: Invoice, said: Said) -> Decimal:
        if (amount := said.paid.get("amount")) is not None:
            return Decimal(amount)
        if said.status in _PAID:
            return invoice.balance
        balance = said.own.get("balance")
        if balance is None or said.status in _VOID:
            return Decimal(0)
        return max(Decimal(0), invoice.amount - Decimal(balance))


class Quotes:
    """Quotes of another program, with what became of them."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def make(self, said: Said, client: Client) -> Quote:
        status = QuoteStatus.DRAFT if said.is_draft else _QUOTES.get(said.status, QuoteStatus.SENT)
        fields = {**said.fields, "client": client}
        return take_over_quote(fields, by=self.order.by, on=self.order.on, status=status)


class Credits:
    """Credit notes of another program, with what was used of them."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def make(self, said: Said, client: Client) -> Credit:
        by, on = self.order.by, self.order.on
        credit = take_over_credit({**said.fields, "client": client}, by=by, on=on, is_draft=said.is_draft)
        if not said.is_draft:
            self._use(credit, said)
        return credit

    def _use(self, credit: Credit, said: Said) -> None:
        used = credit.amount - self._left(credit, said)
        if not used:
            return
        if not self.order.may_create("payment"):
            raise Refused("balance", _("You may not enter payments, and this credit is used."))
        take_over_use(credit, used, by=self.order.by, on=credit.date)

    def _left(self, credit: Credit, said: Said) -> Decimal:
        """By its balance, else by its status."""
        balance = said.own.get("balance")
        if balance is None:
            if said.status in _PARTLY_USED:
                raise Refused("balance", _("Say how much is left of this credit."))
            return Decimal(0) if said.status in _USED else credit.amount
        if not min(credit.amount, 0) <= balance <= max(credit.amount, 0):
            raise Refused("balance", _("What is left of a credit is no more than its amount."))
        return Decimal(balance)


class Schedules:
    """Recurring invoices: drafts, unless the file says that they run or rest."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def make(self, said: Said, client: Client) -> RecurringInvoice:
        by, on = self.order.by, self.order.on
        recurring = create_recurring({**said.fields, "client": client}, by=by, on=on)
        if said.status in _RUNNING | _PAUSED:
            start(recurring, by=by, on=on)
        if said.status in _PAUSED:
            stop(recurring, by=by, on=on)
        return recurring

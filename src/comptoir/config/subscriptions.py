"""Who listens to what, on one page.

``DURING`` runs inside the transaction that tells the fact, in the order written here (lower floors
first), and may refuse. ``AFTER`` is left to the worker once the change is committed: idempotent,
retried, never able to undo money. Neither list changes money by itself: money is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comptoir.activity.facts import Fact
from comptoir.activity.wiring import During, Later
from comptoir.billing.own_currency import change_currency
from comptoir.billing.products import wants_products
from comptoir.catalogue import handlers as catalogue
from comptoir.clients.facts import ClientCreated, ClientMerged, ClientPurged, ClientUpdated, GroupUpdated
from comptoir.clients.vat.checking import wants_check
from comptoir.collecting import handlers as collecting
from comptoir.collecting import wishes
from comptoir.collecting.facts import AutoBillFailed
from comptoir.delivery import generated, instalments, receipts, unpaid
from comptoir.delivery import handlers as delivery
from comptoir.delivery.notifications import jobs as notifications
from comptoir.delivery.papers import handlers as papers
from comptoir.delivery.papers.keeping import was_issued
from comptoir.delivery.reminders import planning
from comptoir.delivery.webhooks import jobs as webhooks
from comptoir.gateways import handlers as gateways
from comptoir.gateways import storing
from comptoir.gateways.facts import MethodRemoved
from comptoir.ledger import handlers as ledger
from comptoir.numbering import handlers as numbering
from comptoir.payments import handlers as payments
from comptoir.payments.facts import PaymentFact, PaymentRecorded
from comptoir.people.facts import CompanyFounded, UserCreated, UserInvited
from comptoir.preferences.facts import CompanyUpdated
from comptoir.sales.credits import handlers as credits
from comptoir.sales.credits.facts import CreditCreated, CreditFact, CreditSent, CreditUpdated
from comptoir.sales.invoices import handlers as invoices
from comptoir.sales.invoices.facts import (
    InvoiceCreated,
    InvoiceDeleted,
    InvoiceFact,
    InvoiceRestored,
    InvoiceSent,
    InvoiceSplit,
    InvoiceUpdated,
)
from comptoir.sales.quotes import handlers as quotes
from comptoir.sales.quotes.facts import QuoteCreated, QuoteSent, QuoteUpdated
from comptoir.sales.recurring import handlers as recurring
from comptoir.sales.recurring.facts import InvoiceGenerated, RecurringCreated, RecurringUpdated
from comptoir.sealing import handlers as sealing

DURING: Mapping[type[Fact], Sequence[During]] = {
    CompanyUpdated: [numbering.set_counters, change_currency],
    CompanyFounded: [catalogue.seed_terms],
    ClientMerged: [
        ledger.merge_accounts,
        invoices.move_invoices,
        credits.move_credits,
        quotes.move_quotes,
        recurring.move_recurring,
        gateways.move_methods,
        payments.move_payments,
        collecting.move_attempts,
        delivery.move_mails,
        papers.move_papers,
    ],
    # here the highest floor goes first: a payment holds on to its invoice
    ClientPurged: [
        sealing.seal_erasure,
        papers.erase_papers,
        collecting.erase_attempts,
        payments.erase_payments,
        gateways.erase_methods,
        recurring.erase_recurring,
        quotes.erase_quotes,
        credits.erase_credits,
        invoices.erase_invoices,
        ledger.erase_entries,
    ],
    InvoiceDeleted: [quotes.reopen_quotes, payments.shrink_payments],
    InvoiceRestored: [payments.regrow_payments],
    InvoiceFact: [sealing.seal_invoice],
    CreditFact: [sealing.seal_credit],
    PaymentFact: [sealing.seal_payment],
}

CHECK_VAT = Later("clients.check_new_vat", wants_check)
KEEP = Later("papers.keep")
KEEP_CHANGED = Later("papers.keep", was_issued)
KEEP_PRODUCTS = Later("billing.keep_products", wants_products)

PLAN_INSTALMENTS = Later("delivery.plan_instalments", instalments.wants_planning)

AFTER: Mapping[type[Fact], Sequence[Later]] = {
    AutoBillFailed: [Later("delivery.payment_failed", unpaid.wants_mail)],
    Fact: [
        Later("delivery.webhooks", wants_kind=webhooks.wanted),
        Later("delivery.notify", wants_kind=notifications.wanted),
    ],
    InvoiceGenerated: [
        Later("delivery.email_generated", generated.wants_mail),
        Later("collecting.auto_bill", wishes.wants_charging),
    ],
    InvoiceSent: [KEEP, Later("collecting.auto_bill", wishes.wants_charging_anyway), PLAN_INSTALMENTS],
    InvoiceSplit: [PLAN_INSTALMENTS],
    InvoiceRestored: [PLAN_INSTALMENTS],
    InvoiceCreated: [KEEP_PRODUCTS],
    InvoiceUpdated: [KEEP_CHANGED, KEEP_PRODUCTS],
    CreditCreated: [KEEP_PRODUCTS],
    CreditSent: [KEEP],
    CreditUpdated: [KEEP_CHANGED, KEEP_PRODUCTS],
    QuoteCreated: [KEEP_PRODUCTS],
    QuoteSent: [KEEP],
    QuoteUpdated: [KEEP_CHANGED, KEEP_PRODUCTS],
    RecurringCreated: [KEEP_PRODUCTS],
    RecurringUpdated: [KEEP_PRODUCTS],
    MethodRemoved: [Later("gateways.forget", storing.wants_forgetting)],
    PaymentRecorded: [Later("delivery.receipt", receipts.wants_receipt)],
    PaymentFact: [Later("delivery.plan_after_payment", planning.wants_after_payment)],
    CompanyUpdated: [Later("delivery.plan_reminders", planning.wants_planning)],
    GroupUpdated: [Later("delivery.plan_reminders", planning.wants_planning)],
    ClientCreated: [CHECK_VAT],
    ClientUpdated: [Later("delivery.plan_reminders", planning.wants_planning), CHECK_VAT],
    ClientMerged: [Later("delivery.plan_reminders")],
    UserCreated: [Later("delivery.welcome_user")],
    UserInvited: [Later("delivery.welcome_user")],
}


def subscriptions() -> tuple[Mapping[type[Fact], Sequence[During]], Mapping[type[Fact], Sequence[Later]]]:
    """Both lists; activity asks for them once."""
    return DURING, AFTER

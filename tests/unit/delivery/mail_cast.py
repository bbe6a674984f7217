"""Who writes to whom in the tests of mails."""

from __future__ import annotations

from typing import Any

from comptoir.delivery.mail.look import Look
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import queue_mail
from comptoir.tenancy.models import Account, Company

NB = "\N{NO-BREAK SPACE}"

VALUES = {
    "company.name": "Atelier Lumière",
    "contact.first_name": "Claire",
    "client.name": "Été & Fils",
    "number": "F2026-0042",
    "amount": f"1 459,26{NB}€",
    "amount_due": f"1 459,26{NB}€",
    "date": "2 mars 2026",
    "due_date": "1 avril 2026",
    "valid_until": "1 avril 2026",
    "start_date": "1 janvier 2026",
    "end_date": "31 mars 2026",
    "client.balance": f"1 459,26{NB}€",
    "payment.number": "0007",
    "payment.date": "3 mars 2026",
    "payment.amount": f"300,00{NB}€",
    "payment.invoices": "F2026-0042",
    "view_link": "https://factures.example.com/client/invoice/abc?a=1&b=2",
    "payment_link": "https://factures.example.com/client/pay/abc",
}

LOOK = Look(company_name="Atelier Lumière", about=("12 rue des Lilas, 69003 Lyon",))


def atelier(**settings: Any) -> Company:
    """A company with a name and an address; ``settings`` are added to them."""
    account = Account.objects.create(key="a" * 32)
    own = {"name": "Atelier Lumière", "email": "bonjour@atelier.example", **settings}
    return Company.objects.create(account=account, company_key="k" * 32, settings=own)


def queued(company: Company, **more: Any) -> MailDelivery:
    """Invoice 42 for Claire, unless said otherwise."""
    wish: dict[str, Any] = {
        "kind": "invoice",
        "object_id": 42,
        "client_id": None,
        "recipient": "claire@client.example",
        "locale": "fr_FR",
        "subject": "Facture $number – $company.name",
        "body": "$greeting\n\nVoici la **facture** $number.\n\n$summary\n\n$view_button",
        "values": VALUES,
        "attachments": (),
        "occurrence": "first",
        "company": company,
    }
    return queue_mail(**{**wish, **more})

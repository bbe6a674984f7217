"""Headings by which the columns of payments are known in other programs' files, in English and French."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, list[str]]] = {
    "payment.number": ["Number", "Payment", "Payment number", "Numéro", "N°", "Paiement", "N° de paiement"],
    "payment.amount": ["Amount", "Payment amount", "Paid", "Montant", "Montant réglé", "Montant payé"],
    "payment.date": ["Date", "Payment date", "Paid on", "Date de paiement", "Date du paiement", "Reçu le"],
    "payment.transaction_reference": [
        "Reference", "Transaction reference", "Transaction", "Référence", "Référence de transaction",
    ],
    "payment.method": [
        "Method", "Means of payment", "Payment type", "Type", "Moyen de paiement", "Mode de paiement",
        "Mode de règlement",
    ],
    "payment.client_id": ["Client", "Client name", "Customer", "Nom du client", "Société", "Raison sociale"],
    "payment.invoice_number": [
        "Invoice", "Invoice number", "Invoices", "Invoices paid", "Facture", "Factures", "N° de facture",
        "Numéro de facture", "Factures réglées",
    ],
    "payment.private_notes": ["Notes", "Private notes", "Notes privées", "Remarques"],
    "payment.refunded": ["Refunded", "Remboursé"],
    "payment.user_id": ["User", "Assigned user", "Utilisateur", "Responsable"],
    "client.number": ["Client number", "Client no", "Numéro de client", "N° client", "Code client"],
    "client.email": ["E-mail", "Email", "Client e-mail", "Courriel", "Adresse e-mail"],
}  # fmt: skip

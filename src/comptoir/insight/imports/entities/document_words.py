"""Headings by which the columns of documents are known in other programs' files, in English and French."""

from __future__ import annotations

from typing import Final

_SHARED: Final = """
number: Number, No, Document number, Reference number, Numéro, N°, Numéro de pièce
date: Date, Issue date, Document date, Date d’émission, Date de la pièce, Émise le, Émis le
amount: Amount, Total, Total incl. tax, Gross total, Montant, Montant TTC, Total TTC
balance: Balance, Balance due, Amount due, Open amount, Solde, Reste dû, Montant dû, Reste à payer
status: Status, State, Statut, État
discount: Discount, Remise, Rabais
po_number: PO number, Order number, Purchase order, N° de commande, Bon de commande, Référence client
terms: Terms, Conditions
footer: Footer, Pied de page
public_notes: Public notes, Notes publiques, Message
private_notes: Private notes, Notes, Notes privées, Remarques
is_sent: Sent, Envoyée, Envoyé
user_id: User, Assigned user, Utilisateur, Responsable, Commercial
exchange_rate: Exchange rate, Taux de change
partial: Deposit, Partial, Acompte
partial_due_date: Deposit due, Échéance de l’acompte
"""
_OF_INVOICES: Final = """
number: Invoice, Invoice number, Invoice no, Invoice #, Facture, Numéro de facture, N° facture, N° de facture
date: Invoice date, Date de facture, Date de la facture, Date de facturation
due_date: Due date, Due, Échéance, Date d’échéance, À payer avant le
"""
_OF_QUOTES: Final = """
number: Quote, Quote number, Quote no, Estimate, Estimate number
number: Devis, Numéro de devis, N° devis, N° de devis
date: Quote date, Date du devis
due_date: Valid until, Expiry date, Due date, Valable jusqu’au, Valide jusqu’au, Date de validité
"""
_OF_CREDITS: Final = """
number: Credit, Credit note, Credit number, Credit note number
number: Avoir, Numéro d’avoir, N° avoir, N° d’avoir, Note de crédit
date: Credit date, Credit note date, Date de l’avoir
balance: Left, Remaining, Credit left, Reste, Reste disponible, Disponible
due_date: Valid until, Due date, Valable jusqu’au, Échéance
"""
_OF_SCHEDULES: Final = """
number: Recurring invoice, Facture récurrente, Abonnement
next_send_date: Next invoice, Next date, Next send date, Start date, Prochaine facture, Date de début
frequency_id: Frequency, How often, Fréquence, Périodicité
remaining_cycles: Remaining cycles, Cycles, Still to come, Occurrences restantes, Nombre restant
auto_bill: Auto bill, Charged by itself, Prélèvement automatique, Paiement automatique
due_date: Due date, Échéance
"""
OTHERS: Final = """
client.name: Client, Client name, Customer, Customer name, Bill to, Nom du client, Société, Raison sociale
client.email: Client e-mail, Client email, E-mail, Email, Courriel, Adresse e-mail, Courriel du client
client.number: Client number, Client no, Customer number, Numéro de client, N° client, Code client
client.id_number: Client ID, Identifiant, Numéro d’identification
client.currency_id: Currency, Currency code, Devise, Monnaie
payment.date: Payment date, Paid on, Date de paiement, Date du paiement, Payée le, Réglée le
payment.amount: Paid, Amount paid, Payment amount, Payé, Déjà réglé, Montant payé, Réglé
payment.transaction_reference: Payment reference, Transaction reference, Référence du paiement
item.quantity: Quantity, Qty, Quantité, Qté
item.cost: Unit price, Unit cost, Price, Cost, Rate, Prix unitaire, PU, PU HT, Prix, Prix HT
item.product_key: Product, Item, SKU, Produit, Article, Référence, Code article
item.notes: Description, Item description, Désignation, Libellé, Détail
item.discount: Item discount, Remise de ligne
item.tax_rate1: Item tax, VAT, VAT rate, TVA, Taux de TVA, Taux TVA
item.type_id: Item type, Line type
"""

_OF_KINDS: Final = {
    "invoice": _OF_INVOICES,
    "quote": _OF_QUOTES,
    "credit": _OF_CREDITS,
    "recurring_invoice": _OF_SCHEDULES,
}


def words(prefix: str, kind: str) -> dict[str, list[str]]:
    """The headings of each column of a kind of documents, whose own columns begin with ``prefix``."""
    own = _OF_KINDS[kind]
    found: dict[str, list[str]] = {}
    _gather(found, own, f"{prefix}.")
    _gather(found, _SHARED, f"{prefix}.")
    _gather(found, OTHERS, "")
    return found


def _gather(found: dict[str, list[str]], text: str, prefix: str) -> None:
    for line in text.strip().splitlines():
        name, _colon, names = line.partition(": ")
        found.setdefault(f"{prefix}{name}", []).extend(names.split(", "))

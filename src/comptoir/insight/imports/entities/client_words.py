"""Headings by which the columns of clients are known in other programs' files, in English and French."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
client.name: Name, Client, Customer, Company, Company name, Business name, Organisation, Organization
client.name: Nom, Nom du client, Société, Entreprise, Raison sociale, Dénomination, Nom de la société
client.number: Number, Client no, Customer number, Numéro, Numéro de client, N° client, Code client
client.id_number: ID, Identifiant, Numéro d’identification, External ID, Identifiant externe
client.vat_number: VAT, VAT ID, VAT no, Tax number, TVA, Numéro de TVA, N° TVA, N° de TVA
client.vat_number: TVA intracommunautaire, N° TVA intracommunautaire, Numéro de TVA intracommunautaire
client.user_id: User, Utilisateur, Responsable, Commercial
client.currency_id: Currency code, Devise, Monnaie
client.language_id: Langue
client.group: Groupe, Catégorie
client.tags: Tag, Tags, Labels, Étiquette, Étiquettes, Mots-clés
client.website: Web, URL, Site, Site internet, Site web
client.private_notes: Notes, Notes privées, Remarques
client.public_notes: Notes publiques
client.industry_id: Secteur, Secteur d’activité, Activité
client.size_id: Taille, Effectif
client.phone: Telephone, Phone number, Tel, Mobile, Téléphone, Tél, Portable, N° de téléphone
client.payment_terms: Terms, Conditions de paiement, Délai de paiement, Conditions de règlement
client.address1: Address, Address line 1, Street 1, Billing street, Adresse, Adresse 1, Rue
client.address2: Address line 2, Street 2, Adresse 2, Complément, Complément d’adresse, Appartement
client.city: Town, Ville, Commune, Localité
client.state: State, Province, County, Région, Département
client.postal_code: Zip, Zip code, Postcode, Code postal, CP, NPA
client.country_id: Country code, Country name, Pays, Code pays
client.shipping_address1: Shipping address, Delivery address, Adresse de livraison, Rue de livraison
client.shipping_address2: Complément de livraison
client.shipping_city: Ville de livraison
client.shipping_state: Région de livraison
client.shipping_postal_code: Code postal de livraison
client.shipping_country_id: Pays de livraison
client.classification: Type, Client type, Type de client
client.legal_form: Forme juridique, Statut juridique
client.siren: N° SIREN, Numéro SIREN
client.siret: N° SIRET, Numéro SIRET
client.is_tax_exempt: Exonéré de taxe, Exonéré de TVA
client.routing_id: Code de routage
client.bic: SWIFT, BIC SWIFT
contact.first_name: First name, Given name, Forename, Contact first name, Prénom, Prénom du contact
contact.last_name: Last name, Surname, Family name, Contact last name, Nom de famille, Nom du contact
contact.email: E-mail, Email, Mail, Email address, Contact email, Courriel, Adresse e-mail, Adresse email, Mél
contact.phone: Direct line, Ligne directe, Téléphone du contact
contact.send_email: Send email, Reçoit les documents
"""


def words() -> dict[str, list[str]]:
    """The headings of each column."""
    found: dict[str, list[str]] = {}
    for line in _WORDS.strip().splitlines():
        id, _colon, names = line.partition(": ")  # noqa: A001 - the wire's word
        found.setdefault(id, []).extend(names.split(", "))
    return found

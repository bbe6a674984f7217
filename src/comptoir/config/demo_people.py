"""Who is in the demonstration company. Names are made up; addresses and numbers are examples."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any, Final

FR, GB, DE, BE, CH, US = "250", "826", "276", "56", "756", "840"
EUR, GBP, USD, CHF = "3", "2", "1", "17"
FRENCH, ENGLISH = "4", "1"

COMPANY: Final[dict[str, Any]] = {
    "name": "Atelier Lumière",
    "country_id": FR,
    "currency_id": EUR,
    "language_id": FRENCH,
    "timezone_id": "44",
    "address1": "14 rue des Teinturiers",
    "postal_code": "84000",
    "city": "Avignon",
    "phone": "+33 4 90 12 34 56",
    "email": "bonjour@atelier-lumiere.example",
    "website": "atelier-lumiere.example",
    "id_number": "732 829 320 00074",
    "vat_number": "FR44732829320",
    "payment_terms": "30",
    "valid_until": "30",
    "invoice_number_pattern": "F-{$year}-{$counter}",
    "quote_number_pattern": "D-{$year}-{$counter}",
    "credit_number_pattern": "A-{$year}-{$counter}",
    "client_number_pattern": "C-{$counter}",
    "invoice_terms": "Règlement par virement à réception du solde, sans escompte pour paiement anticipé.",
    "invoice_footer": "Merci de votre confiance.",
    "primary_color": "#3257e0",
}

SWITCHES: Final[dict[str, Any]] = {
    "iban": "FR7630006000011234567890189",
    "bic": "AGRIFRPP",
    "legal_form": "SARL",
    "share_capital": "10 000 €",
    "trade_register": "RCS Avignon",
    "siren": "732829320",
    "siret": "73282932000074",
    "late_penalty_rate": "3 fois le taux d’intérêt légal",
    "operations_kind": "services",
    "enabled_item_tax_rates": 1,
    "custom_fields": {"client1": "Secteur|single_line_text", "contact1": "Anniversaire|date"},
}

TAXES: Final = (("TVA", "20"), ("TVA réduite", "10"), ("TVA 5,5", "5.5"))

PRODUCTS: Final = (
    ("Identité visuelle", "Logo, couleurs, typographies et charte d’usage", "1800", "20"),
    ("Journée de conseil", "Sur place ou à distance, compte rendu compris", "680", "20"),
    ("Prise de vue", "Demi-journée, dix photographies retouchées", "450", "20"),
    ("Maquette de site", "Accueil et trois pages types, deux allers-retours", "1250", "20"),
    ("Impression de cartes", "500 cartes, papier 350 g, deux faces", "96.50", "20"),
    ("Rédaction", "Texte de 500 mots, relecture comprise", "140", "20"),
    ("Livre d’atelier", "Exemplaire relié", "32", "5.5"),
    ("Formation", "Une journée, huit personnes au plus", "990", "20"),
    ("Maintenance mensuelle", "Mises à jour et sauvegardes", "75", "20"),
    ("Enseigne peinte", "Relevé, maquette et pose", "2140", "20"),
)

REPEATED: Final = "Maintenance mensuelle"
"""What the same clients buy again and again."""


def _plain(name: str) -> str:
    """Letters and digits of a name, accents set aside, as an address has them."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def _firm(
    name: str, first: str, last: str, city: str, postal: str, street: str, country: str = FR, **more: Any
) -> dict[str, Any]:
    address = f"{_plain(first)}.{_plain(last)}@{_plain(name)}.example"
    person = {"first_name": first, "last_name": last, "email": address, "phone": more.pop("direct", "")}
    return {
        "name": name,
        "city": city,
        "postal_code": postal,
        "address1": street,
        "country_id": country,
        "contacts": [person, *more.pop("others", [])],
        **more,
    }


def _abroad(currency: str) -> dict[str, Any]:
    return {"settings": {"currency_id": currency, "language_id": ENGLISH}}


RATES: Final = {USD: Decimal("1.0842"), GBP: Decimal("0.8365"), CHF: Decimal("0.9382")}
"""What a euro is in the other currencies, as the company says it: nothing is fetched for a demonstration."""

CLIENTS: Final[tuple[dict[str, Any], ...]] = (
    _firm("Ateliers Beaumarchais", "Claire", "Fontaine", "Paris", "75011", "8 boulevard Beaumarchais", phone="+33 1 42 72 18 40", private_notes="Paie le 25, quoi que disent les conditions."),
    _firm("Boulangerie Saint-Marc", "Hugo", "Lefevre", "Lyon", "69001", "3 place Saint-Marc", custom_value1="Alimentation"),
    _firm("Nordlys Architektur GmbH", "Annika", "Vogel", "Hamburg", "20457", "Am Sandtorkai 12", DE, settings={"language_id": ENGLISH}, vat_number="DE136695976"),
    _firm("Café des Halles", "Inès", "Marchand", "Nantes", "44000", "21 rue de la Fosse", public_notes="Livraison par la cour."),
    _firm("Brightwater Logistics Ltd", "Tom", "Ashworth", "Bristol", "BS1 4DJ", "40 Queen Square", GB, **_abroad(GBP)),
    _firm("Librairie Le Passage", "Élodie", "Garnier", "Rennes", "35000", "5 rue du Chapitre"),
    _firm("Verger & Fils", "Paul", "Verger", "Angers", "49000", "Route de Bouchemaine", custom_value1="Agriculture"),
    _firm("Maison Garance", "Garance", "Roux", "Bordeaux", "33000", "17 rue du Loup"),
    _firm("Helvetia Uhren AG", "Lukas", "Frei", "Bienne", "2502", "Rue du Marché-Neuf 9", CH, settings={"currency_id": CHF}),
    _firm("Pharmacie du Port", "Sophie", "Le Gall", "Brest", "29200", "2 quai de la Douane"),
    _firm("Menuiserie Calvet", "Bruno", "Calvet", "Toulouse", "31300", "64 avenue de Lombez", classification="company"),
    _firm("Harbour & Pine", "Amelia", "Clarke", "Brighton", "BN1 1UB", "12 Ship Street", GB, **_abroad(GBP)),
    _firm("Clinique vétérinaire des Alpilles", "Nadia", "Benali", "Arles", "13200", "30 avenue Stalingrad"),
    _firm("Théâtre de la Cour", "Vincent", "Aubry", "Avignon", "84000", "7 place Crillon", classification="charity"),
    _firm("Domaine des Cigales", "Jeanne", "Roussel", "Gordes", "84220", "Chemin des Bories", custom_value1="Vin"),
    _firm("Studio Kestrel", "Owen", "Price", "Cardiff", "CF10 1EP", "5 Wharton Street", GB, **_abroad(GBP)),
    _firm("Cabinet Delmas & Associés", "Hélène", "Delmas", "Montpellier", "34000", "11 rue Foch", vat_number="FR83404833048"),
    _firm("Les Vélos de Camille", "Camille", "Petit", "Grenoble", "38000", "48 cours Berriat"),
    _firm("Oakridge Robotics Inc.", "Maya", "Thompson", "Portland", "97205", "812 SW Washington St", US, **_abroad(USD)),
    _firm("Hôtel du Rempart", "Julien", "Faure", "Aigues-Mortes", "30220", "6 place de France"),
    _firm("Fromagerie Bastide", "Marc", "Bastide", "Aurillac", "15000", "9 rue des Carmes"),
    _firm("Coopérative Terre & Mer", "Yann", "Kerviel", "Lorient", "56100", "Quai de Rohan"),
    _firm("Imprimerie Rivoli", "Sarah", "Cohen", "Paris", "75004", "88 rue de Rivoli", others=[{"first_name": "Marc", "last_name": "Cohen", "email": "compta@imprimerierivoli.example", "cc_only": True}]),
    _firm("Bruxelles Design Hub", "Emma", "Janssens", "Bruxelles", "1000", "Rue de Flandre 46", BE, vat_number="BE0428759497"),
    _firm("Jardins de Bellevue", "Pierre", "Lambert", "Clermont-Ferrand", "63000", "Chemin de Bellevue"),
    _firm("Northlight Studios", "Grace", "Hughes", "Leeds", "LS1 5QS", "21 Park Row", GB, **_abroad(GBP)),
    _firm("École de musique Ravel", "Lucie", "Morel", "Biarritz", "64200", "3 avenue Édouard-VII", classification="charity"),
    _firm("Transports Girard", "Alain", "Girard", "Valence", "26000", "ZI des Auréats"),
    {"name": "", "city": "Avignon", "postal_code": "84000", "address1": "2 rue Joseph-Vernet", "country_id": FR, "classification": "individual", "contacts": [{"first_name": "Margaux", "last_name": "Dupuis", "email": "margaux.dupuis@courrier.example"}]},
    _firm("Mairie de Roussillon", "Thierry", "Blanc", "Roussillon", "84220", "Place de la Mairie", classification="government", buyer_reference="SERVICE-CULTURE"),
)  # fmt: skip

"""Whole documents, read back from the PDF."""

import hashlib
import os
import re
import subprocess
import sys
from decimal import Decimal

import pypdfium2 as pdfium
import pytest

from comptoir.delivery.pdf.codes import qr_png
from comptoir.delivery.pdf.facts import Law, Logo
from comptoir.delivery.pdf.labels import WORDS
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.layout import Layout
from comptoir.designs.looks import BUILT_IN
from tests.unit.delivery.printed import BANK, facts, line, pages

FRENCH = (
    "Atelier Dupont Facture 2026-0012 Émetteur Atelier Dupont 12 rue de la République 69002 Lyon France "
    "SIRET 81234567800019 Numéro de TVA FR32812345678 bonjour@atelier.example +33 4 78 00 00 00 "
    "Facturé à Boulangerie Les Épis d’Or 8 place du Marché Bâtiment B 94300 Vincennes France "
    "+33 1 44 00 00 00 claire@epis.example Nº de client 0042 Numéro de TVA FR55123456789 "
    "Date de facture 24 nov. 2026 Échéance 24 déc. 2026 Reste à payer avant le 24 déc. 2026 1 200,00 € "
    "Description Prix unitaire Quantité TVA Montant Conseil Étude 500,00 € 2 20 % 1 000,00 € "
    "Sous-total 1 000,00 € TVA 20 % 200,00 € Total TTC 1 200,00 € Déjà payé 0,00 € Reste à payer 1 200,00 €"
)
ENGLISH = (
    "Invoice date Nov 24, 2026 Due date Dec 24, 2026 Balance due by Dec 24, 2026 €1,200.00 "
    "Description Unit price Quantity TVA Amount Conseil Étude €500.00 2 20% €1,000.00 "
    "Subtotal €1,000.00 TVA 20% €200.00 Total €1,200.00 Paid to date €0.00 Balance due €1,200.00"
)


THE_SAME = {"Description", "Notes", "SIREN", "SIRET", "Total"}
"""Words that are French too."""


def lines(count: int) -> list:
    return [line(f"Article {n}", "1", "10", notes=f"Ligne {n}") for n in range(1, count + 1)]


def test_a_french_invoice_reads_from_top_to_bottom() -> None:
    (text,) = pages(print_document(facts([line("Conseil", "2", "500", notes="Étude")], law=Law())))
    assert text.startswith(FRENCH)


def test_the_same_invoice_reads_in_english() -> None:
    (text,) = pages(
        print_document(facts([line("Conseil", "2", "500", notes="Étude")], locale="en", law=Law()))
    )
    assert ENGLISH in text


def test_no_english_is_left_on_a_french_document() -> None:
    layout = Layout.chosen({"page_numbering": True, "show_shipping_address": True, "show_paid_stamp": True})
    told = facts(lines(3), bank=BANK, layout=layout, stage="draft", law=Law("FR", "franchise", "both", True))
    text = " ".join(pages(print_document(told)))
    ours = {str(word) for word in WORDS.values() if len(str(word)) > 4} - THE_SAME
    assert sorted(word for word in ours if re.search(rf"\b{re.escape(word)}\b", text)) == []


def test_a_long_invoice_repeats_its_header_and_numbers_its_pages() -> None:
    printed = pages(print_document(facts(lines(120), law=Law())))
    assert len(printed) > 2
    for number, text in enumerate(printed[1:], start=2):
        assert f"Facture 2026-0012 Atelier Dupont · {number} / {len(printed)}" in text
    for text in printed[:-1]:
        assert text.count("Prix unitaire") == 1
    assert "Facture 2026-0012 Atelier Dupont ·" not in printed[0]
    whole = " ".join(printed)
    assert [whole.count(f"Ligne {n} ") for n in range(1, 121)] == [1] * 120
    assert "Total TTC 1 440,00 €" in printed[-1]


@pytest.mark.parametrize("everywhere", [True, False])
def test_logo_and_title_stand_on_every_page_when_the_company_wishes(everywhere: bool) -> None:
    logo = Logo(qr_png("Atelier"))
    pdf = print_document(facts(lines(20), logo=logo, layout=Layout.chosen({"all_pages_header": everywhere})))
    with pdfium.PdfDocument(pdf) as book:
        pictures = [sum(one.type == 3 for one in page.get_objects()) for page in book]
    assert pictures == [1, int(everywhere)]
    head = "Facture 2026-0012 2 / 2" if everywhere else "Facture 2026-0012 Atelier Dupont · 2 / 2"
    assert head in pages(pdf)[1]


@pytest.mark.parametrize(("alignment", "numbered"), [("L", True), ("C", True), ("R", True), ("", False)])
def test_page_numbers_stand_at_the_foot_when_the_company_wishes(alignment: str, numbered: bool) -> None:
    layout = Layout.chosen({"page_numbering": bool(alignment), "page_numbering_alignment": alignment})
    (text,) = pages(print_document(facts(layout=layout)))
    assert ("1 / 1" in text) is numbered


def test_the_footer_stands_on_every_page_when_the_company_wishes() -> None:
    for everywhere in (True, False):
        layout = Layout.chosen({"all_pages_footer": everywhere})
        printed = pages(print_document(facts(lines(60), footer="À bientôt $contact.prénom", layout=layout)))
        assert [("À bientôt Claire" in text) for text in printed[:-1]] == [everywhere] * (len(printed) - 1)
        assert "À bientôt Claire" in printed[-1]


def test_the_same_facts_make_the_same_bytes() -> None:
    first, second = (hashlib.sha256(print_document(facts(bank=BANK))).hexdigest() for _ in range(2))
    assert first == second


def test_the_fonts_of_the_machine_change_nothing() -> None:
    """Printed by a fresh process that is told of a font configuration without any font."""
    script = (
        "import hashlib, django; django.setup()\n"
        "from tests.unit.delivery.printed import facts\n"
        "from comptoir.delivery.pdf.printing import print_document\n"
        "print(hashlib.sha256(print_document(facts())).hexdigest())"
    )
    variables = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "FONTCONFIG_FILE": os.devnull,
        "PYTHONPATH": ".:src",
    }
    run = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | variables, capture_output=True, text=True, check=True
    )
    assert run.stdout.split()[-1] == hashlib.sha256(print_document(facts())).hexdigest()


@pytest.mark.parametrize("number", BUILT_IN)
def test_every_design_prints_every_part(number: int) -> None:
    told = facts(
        lines(2),
        bank=BANK,
        partial=Decimal(5),
        public_notes="Une note",
        terms="Des conditions",
        footer="Un pied",
        stage="draft",
        layout=Layout.chosen({"show_shipping_address": True, "page_numbering": True}),
    )
    text = " ".join(pages(print_document(told, look=BUILT_IN[number]))).casefold()
    for part in (
        "Facture", "2026-0012", "Brouillon", "Atelier Dupont", "Les Épis d’Or", "Joinville-le-Pont",
        "24 nov. 2026",
        "Ligne 2", "Total TTC 24,00 €", "Acompte à verser 5,00 €", "FR76 3000 6000 0112 3456 7890 189",
        "Une note", "Des conditions", "Un pied", "Pas d’escompte", "RCS Lyon", "1 / 1",
    ):  # fmt: skip
        assert part.casefold() in text, part


def test_a_name_cannot_become_markup() -> None:
    evil = '<img src="file:///etc/passwd">"></td><script>x</script>'
    layout = Layout.chosen({"pdf_variables": {"product_columns": ["$product.item", f"$product.{evil}"]}})
    told = facts([line(evil, notes=evil)], number=evil, po_number=evil, footer=evil, layout=layout)
    text = " ".join(pages(print_document(told)))
    assert evil in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("locale", "code", "name", "amount"),
    [
        ("ar", "SAR", "مخبز السنابل", "120.00"),
        ("ja", "JPY", "桜ベーカリー株式会社", "120"),
        ("el", "EUR", "Αρτοποιείο Στάχυ", "120,00"),
        ("ru_RU", "RUB", "Пекарня Колос", "120,00"),
        ("he", "ILS", "מאפיית השיבולים", "120.00"),
        ("vi", "VND", "Tiệm bánh Bông Lúa", "120"),
        ("th", "THB", "ร้านเบเกอรี่", "120.00"),
    ],
)
def test_every_script_is_drawn_with_our_fonts(locale: str, code: str, name: str, amount: str) -> None:
    pdf = print_document(facts([line(name)], locale=locale, code=code, law=Law()))
    text = " ".join(pages(pdf))
    assert amount in text
    if locale != "ar":  # joined letters are shapes that Cairo knows no text for
        assert {letter for letter in name if letter.isalpha()} <= set(text)
    assert SCRIPTS[locale] in pdf


SCRIPTS = {
    "ar": b"NotoSansArabic",
    "ja": b"NotoSansJP",
    "el": b"Roboto",
    "ru_RU": b"Roboto",
    "he": b"NotoSansHebrew",
    "vi": b"Roboto",
    "th": b"NotoSansThai",
}

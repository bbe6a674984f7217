"""Documents speak the language of the client, beyond French and English (S85)."""

import pytest
from django.utils import translation

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.labels import WORDS
from comptoir.delivery.placeholders.parties import CustomField
from tests.unit.delivery.printed import facts, reader

SPOKEN = ("ar", "de", "es", "it", "ja", "nl", "pt")
ABBREVIATIONS = {"iban", "bic", "siren", "siret"}
COGNATES = {
    "de": {"website"},
    "es": {"subtotal", "total"},
    "it": set(),
    "nl": {"project", "website"},
    "pt": {"subtotal", "total"},
}


@pytest.mark.parametrize("language", SPOKEN)
def test_every_label_is_translated(language: str) -> None:
    english = {key: str(word) for key, word in WORDS.items()}
    with translation.override(language):
        same = {key for key, word in WORDS.items() if str(word) == english[key]}
    assert same - ABBREVIATIONS == COGNATES.get(language, set())


@pytest.mark.parametrize(
    ("locale", "heading", "day"),
    [
        ("de", "Rechnung", "24.11.2026"),
        ("es_ES", "Factura", "24 nov 2026"),
        ("pt_BR", "Fatura", "24 de nov. de 2026"),
        ("fr_CH", "Facture", "24 nov. 2026"),
        ("nl", "Factuur", "24 nov 2026"),
        ("sq", "Invoice", "24 nën 2026"),
    ],
)
def test_a_country_s_variant_reads_its_language(locale: str, heading: str, day: str) -> None:
    page = compose(facts(locale=locale))
    assert page.heading == heading
    assert page.details[0].value == day


def test_a_switch_is_answered_in_the_language_of_the_reader() -> None:
    field = CustomField("Stammkunde", "switch", "yes")
    with translation.override("de"):
        assert field.written(reader("de")) == "Ja"


def test_arabic_and_hebrew_read_from_the_right() -> None:
    assert {locale: compose(facts(locale=locale)).direction for locale in ("ar", "he", "fa", "fr", "ja")} == {
        "ar": "rtl",
        "he": "rtl",
        "fa": "rtl",
        "fr": "ltr",
        "ja": "ltr",
    }

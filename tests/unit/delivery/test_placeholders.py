"""What people write with a `$` is found, in either language, and nothing else happens."""

import dataclasses
import unicodedata

import pytest
from django.utils import translation

from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.delivery.placeholders import substitute
from comptoir.delivery.placeholders.catalogue import CATALOGUE
from comptoir.delivery.placeholders.parties import Address, Client, Company, Contact, CustomField
from comptoir.delivery.placeholders.spelling import fold
from tests.unit.delivery.printed import facts, reader

VALUES = {
    "number": "0012",
    "client.name": "Épis & Cie",
    "client.custom1": "Or",
    "client.custom1_label": "Niveau",
    "contact.custom2": "Oui",
    "date": "24 nov. 2026",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Facture $number", "Facture 0012"),
        ("$invoice.number et $quote.number", "0012 et 0012"),
        ("$client.name.", "Épis & Cie."),
        ("$client, bonjour", "Épis & Cie, bonjour"),
        ("$client.Merci", "Épis & Cie.Merci"),
        ("$client.name様", "Épis & Cie様"),
        ("($client1)", "(Or)"),
        ("$client.custom1_label : $client.custom1", "Niveau : Or"),
        ("$client.custom_value1", "Or"),
        ("$facture.numéro du $date", "0012 du 24 nov. 2026"),
        ("$client.nom", "Épis & Cie"),
        ("$échéance", ""),
    ],
)
def test_a_name_is_replaced_by_its_value(text: str, expected: str) -> None:
    assert substitute(text, VALUES) == expected


@pytest.mark.parametrize("owner", ["client", "contact"])
@pytest.mark.parametrize("slot", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "spelling",
    ["personnalisé", unicodedata.normalize("NFD", "personnalisé"), "personnalise", "custom"],
    ids=["NFC", "NFD", "plain", "English"],
)
def test_custom_fields_have_their_french_names(owner: str, slot: int, spelling: str) -> None:
    assert substitute(f"[${owner}.{spelling}{slot}]", {f"{owner}.custom{slot}": "là"}) == "[là]"


@pytest.mark.parametrize(
    "text", ["$numbers", "$client10", "$50", "US$", "$client.foo", "$", "$$", "$_x", "$client.private_notes"]
)
def test_what_is_no_name_stays_as_typed(text: str) -> None:
    assert substitute(text, VALUES) == text


def test_an_unknown_name_vanishes_where_that_is_asked() -> None:
    assert substitute("a $nothing.here b $50", VALUES, unknown="vanish") == "a  b $50"


def test_a_known_name_without_a_value_leaves_nothing() -> None:
    assert substitute("[$po_number]", VALUES) == "[]"


def test_values_are_never_read_again() -> None:
    assert substitute("$client.name $number", {"client.name": "$number", "number": "1"}) == "$number 1"


@pytest.mark.parametrize(
    "text",
    ["{{ number }}", "{% now 'Y' %}", "${number}", "$client.__class__", "$client.name.upper()", "%(number)s"],
)
def test_nothing_is_evaluated(text: str) -> None:
    assert substitute(text, {"number": "1", "client.name": "x"}) == text


def test_values_are_escaped_in_html_and_plain_elsewhere() -> None:
    values = {"client.name": "<b>A</b> & B\nC"}
    assert substitute("$client", values, html=True) == "&lt;b&gt;A&lt;/b&gt; &amp; B<br>C"
    assert substitute("$client", values) == "<b>A</b> & B\nC"


def test_every_placeholder_has_a_sentence_in_english_and_french() -> None:
    english = {entry.name: str(entry.sentence) for entry in CATALOGUE}
    with translation.override("fr"):
        french = {entry.name: str(entry.sentence) for entry in CATALOGUE}
    assert all(english.values())
    assert [name for name in english if english[name] == french[name]] == []


def test_no_two_placeholders_share_a_name_in_either_language() -> None:
    for names in ([entry.name for entry in CATALOGUE], [fold(entry.french) for entry in CATALOGUE]):
        assert sorted(names) == sorted(set(names))


def test_the_names_that_designs_list_by_default_are_known() -> None:
    values = document_values(facts(), Labels({}))
    for part in ("client_details", "company_details", "company_address", "invoice_details"):
        for name in facts().layout.names(part):
            assert f"${name}" not in substitute(f"[${name}]", values)


def test_private_notes_cannot_be_named() -> None:
    for view in (Client, Contact, Company, Address, CustomField, DocumentFacts):
        assert [field.name for field in dataclasses.fields(view) if "private" in field.name] == []
    assert [entry.name for entry in CATALOGUE if "private" in entry.name] == []


@pytest.mark.parametrize(
    ("kind", "value", "english", "french"),
    [
        ("switch", "yes", "Yes", "Oui"),
        ("switch", "0", "No", "Non"),
        ("switch", "", "", ""),
        ("date", "2026-03-07", "Mar 7, 2026", "7 mars 2026"),
        ("date", "soon", "soon", "soon"),
        ("A,B", "A", "A", "A"),
        ("multi_line_text", "a\nb", "a\nb", "a\nb"),
    ],
)
def test_a_custom_field_is_written_as_its_kind_is_read(
    kind: str, value: str, english: str, french: str
) -> None:
    field = CustomField.defined(f"Label|{kind}", value)
    for locale, expected in (("en", english), ("fr", french)):
        with translation.override(locale):
            assert field.written(reader(locale)) == expected


def test_fields_of_a_contact_are_written_like_those_of_a_client() -> None:
    with translation.override("fr"):
        values = document_values(facts(), Labels({}))
    text = "$client.personnalisé1 $client.personnalisé2 $contact.personnalisé1 $contact.personnalisé2"
    assert substitute(text, values) == "Or Oui 7 mars 1980 Non"
    assert substitute("$contact.custom1_label", values) == "Née le"

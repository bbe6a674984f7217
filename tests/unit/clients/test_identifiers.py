from __future__ import annotations

from datetime import date

import pytest

from comptoir.clients.identifiers import vat_advice

from .conftest import ON, House


def test_identifiers_are_kept_compact_and_in_capitals(house: House) -> None:
    client = house.create(siret="732 829 320 00074", iban="fr14 2004 1010 0505 0001 3m02 606", bic="bnpafrpp")
    client.refresh_from_db()
    assert (client.siret, client.siren) == ("73282932000074", "732829320")
    assert (client.iban, client.bic) == ("FR1420041010050500013M02606", "BNPAFRPP")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("siren", "732829321"),
        ("siren", "73282932"),
        ("siret", "73282932000075"),
        ("iban", "FR1420041010050500013M02607"),
        ("iban", "nonsense"),
        ("bic", "BNPA"),
    ],
)
def test_an_identifier_with_a_slip_is_refused(house: House, field: str, value: str) -> None:
    (sentence,) = house.refuses(**{field: value})[field]
    assert sentence.startswith("This is not a")


def test_a_siret_of_another_siren_is_refused(house: House) -> None:
    assert house.refuses(siren="732829320", siret="552 100 554 00013") == {
        "siret": ["This SIRET belongs to another SIREN."]
    }


def test_a_free_identification_number_is_whatever_others_use(house: House) -> None:
    assert house.create(id_number="n° 12/β", vat_number="DE123").id_number == "n° 12/β"


@pytest.mark.parametrize(
    ("number", "country", "advice"),
    [
        ("", "250", ""),
        ("FR 40 303 265 045", "250", ""),
        ("40303265045", "250", "Within the European Union, begin it with FR."),
        ("FR12345678901", "250", "This does not look like a VAT number of France."),
        ("DE123", "276", "This does not look like a VAT number of Germany."),
        ("EL 094259216", "300", ""),
        ("094259216", "300", "Within the European Union, begin it with EL."),
        ("anything", "840", ""),
        ("anything", "", ""),
        ("CHE-107.787.577 IVA", "756", ""),
    ],
)
def test_a_vat_number_gets_advice_and_is_never_blocked(number: str, country: str, advice: str) -> None:
    assert vat_advice(number, country, on=ON) == advice


def test_advice_follows_who_is_in_the_union_that_day() -> None:
    assert (
        vat_advice("980780684", "826", on=date(2019, 1, 1)) == "Within the European Union, begin it with GB."
    )
    assert vat_advice("980780684", "826", on=ON) == ""

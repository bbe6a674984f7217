import pytest

from comptoir import reference


@pytest.mark.parametrize(
    ("table", "row_id", "english", "french"),
    [
        (reference.country, "276", "Germany", "Allemagne"),
        (reference.country, "840", "United States", "États-Unis"),
        (reference.currency, "1", "US Dollar", "Dollar des États-Unis"),
        (reference.language, "13", "French - Canada", "Français (Canada)"),
        (reference.industry, "33", "Restaurant & Catering", "Restauration et traiteur"),
        (reference.size, "6", "500+", "Plus de 500"),
        (reference.payment_type, "2", "Cash", "Espèces"),
        (reference.gateway_type, "9", "SEPA direct debit", "Prélèvement SEPA"),
        (reference.frequency, "5", "Monthly", "Tous les mois"),
        (reference.task_status, "4", "Done", "Terminé"),
    ],
)
def test_a_row_has_a_name_in_french(table: reference.Table, row_id: str, english: str, french: str) -> None:
    row = table(row_id)
    assert reference.name_in(row, "en") == english
    assert reference.name_in(row, "fr") == reference.name_in(row, "fr-CA") == french


def test_no_country_stays_english_in_french() -> None:
    canaries = reference.country_by_code("ES-CN")
    assert canaries
    assert reference.name_in(canaries, "fr") == "Îles Canaries"


def test_every_short_list_is_wholly_in_french() -> None:
    tables = (
        reference.industry,
        reference.size,
        reference.frequency,
        reference.payment_type,
        reference.gateway_type,
        reference.task_status,
    )
    assert all(row.french for table in tables for row in table)


def test_other_languages_take_the_cldr_or_english() -> None:
    germany, cash = reference.country("276"), reference.payment_type("2")
    assert germany
    assert cash
    assert reference.name_in(germany, "de") == "Deutschland"
    assert reference.name_in(cash, "de") == "Cash"
    assert reference.name_in(germany, "zz") == "Germany"


def test_accents_do_not_send_a_name_to_the_end() -> None:
    names = [name for name, _row in reference.sorted_by_name(reference.country, "fr")]
    assert names[0] == "Afghanistan"
    assert names.index("Égypte") < names.index("Espagne") < names.index("États-Unis") < names.index("Fidji")

"""From facts to a page: which words stand where, and what the law asks for."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import Bank, Deposit, Law, Logo, Surcharge
from comptoir.delivery.pdf.slip import epc_text, grouped
from comptoir.delivery.placeholders.parties import Address, CustomField
from comptoir.designs.layout import Layout
from comptoir.designs.page import Page
from tests.unit.delivery.printed import ATELIER, BAKERY, BANK, VAT, facts, line

NB, NN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
LOW = ("TVA", Decimal("5.5"))


def totals(page: Page) -> list[tuple[str, str]]:
    """Label and amount of each row, with ordinary spaces."""
    return [(row.label.replace(NB, " "), row.amount.replace(NB, " ").replace(NN, " ")) for row in page.totals]


def cells(page: Page, row: int = 0) -> dict[str, str]:
    return {cell.key: cell.text.replace(NB, " ").replace(NN, " ") for cell in page.tables[0].rows[row]}


def columns(page: Page) -> list[str]:
    return [column.key for column in page.tables[0].columns]


def test_a_page_speaks_the_language_of_its_reader() -> None:
    assert compose(facts(locale="fr")).title == "Facture 2026-0012"
    assert compose(facts(locale="en")).title == "Invoice 2026-0012"
    with translation.override("fr"):
        assert compose(facts(locale="en")).heading == "Invoice"


def test_a_reader_from_quebec_reads_french() -> None:
    page = compose(facts(locale="fr_CA"))
    assert (page.heading, page.language) == ("Facture", "fr-CA")


def test_the_company_s_own_words_replace_ours() -> None:
    page = compose(facts(translations={"invoice": "Note d’honoraires", "due_date": "À régler le"}))
    assert page.heading == "Note d’honoraires"
    assert ("À régler le", "24 déc. 2026") in [(detail.label, detail.value) for detail in page.details]


def test_the_client_s_address_stands_in_the_order_of_its_country() -> None:
    boston = dataclasses.replace(
        BAKERY, address=Address("1 Main St", "", "Boston", "MA", "02108", "United States", "US")
    )
    assert "94300 Vincennes" in [one.value for one in compose(facts()).client.lines]
    assert "Boston, MA 02108" in [one.value for one in compose(facts(client=boston)).client.lines]


def test_empty_lines_leave_no_gap() -> None:
    client = dataclasses.replace(BAKERY, address=Address(city="Lyon"), phone="", vat_number="", number="")
    page = compose(facts(client=client))
    assert [one.value for one in page.client.lines] == ["Lyon", "claire@epis.example"]


def test_fields_stand_in_the_order_that_the_company_chose() -> None:
    chosen = {"client_details": ["$contact.email", "$client.custom1", "$client.vat_number", "$client.foo"]}
    page = compose(facts(layout=Layout.chosen({"pdf_variables": chosen})))
    assert [(one.label, one.value) for one in page.client.lines] == [
        ("Courriel", "claire@epis.example"),
        ("Niveau", "Or"),
        ("Numéro de TVA", "FR55123456789"),
    ]


def test_a_french_registration_number_is_called_by_its_name() -> None:
    for number, label in (
        ("812 345 678", "SIREN"),
        ("81234567800019", "SIRET"),
        ("HRB 12", "Numéro d’identification"),
    ):
        page = compose(facts(company=dataclasses.replace(ATELIER, id_number=number)))
        assert next(one.label for one in page.company.lines if one.value == number) == label


def test_the_delivery_address_shows_when_the_company_wishes() -> None:
    assert compose(facts()).delivery is None
    shown = compose(facts(layout=Layout.chosen({"show_shipping_address": True}))).delivery
    assert shown is not None
    assert [one.value for one in shown.lines] == ["3 quai de la Marne", "94340 Joinville-le-Pont", "France"]


def test_a_line_is_written_exactly() -> None:
    page = compose(facts([line("Farine", "12.5", "0.0375", notes="Bio\nT65")]))
    assert cells(page) == {
        "description": "Bio\nT65",
        "unit_cost": "0,0375 €",
        "quantity": "12,5",
        "tax": "20 %",
        "line_total": "0,47 €",
    }
    assert page.tables[0].rows[0][0].lead == "Farine"


def test_a_design_may_keep_name_and_description_apart() -> None:
    page = compose(facts([line("Farine", notes="Bio")]), stacked=False)
    assert columns(page) == ["item", "description", "unit_cost", "quantity", "tax", "line_total"]
    assert cells(page)["item"] == "Farine"


def test_a_remark_has_no_figures() -> None:
    page = compose(facts([line(), line("", "0", "0", notes="Livraison lundi", tax=("", Decimal(0)))]))
    assert {key: text for key, text in cells(page, 1).items() if text} == {"description": "Livraison lundi"}


def test_discount_and_tax_columns_show_only_when_a_line_has_some() -> None:
    bare = [line(tax=("", Decimal(0)))]
    assert columns(compose(facts(bare))) == ["description", "unit_cost", "quantity", "line_total"]
    cut = compose(facts([line(discount=Decimal(10))], is_amount_discount=False))
    assert cells(cut)["discount"] == "10 %"


def test_several_taxes_are_named_in_their_column() -> None:
    page = compose(facts([line(tax=VAT), line(tax=("Écotaxe", Decimal(2)))]))
    assert [cells(page, row)["tax"] for row in (0, 1)] == ["TVA 20 %", "Écotaxe 2 %"]
    assert page.tables[0].columns[3].label == "Taxe"
    assert compose(facts([line()])).tables[0].columns[3].label == "TVA"


def test_tasks_have_a_table_of_their_own() -> None:
    page = compose(facts([line("Farine"), line("Conseil", "2", "80", type_id="2")]))
    assert [[column.label for column in table.columns][1] for table in page.tables] == [
        "Prix unitaire",
        "Taux",
    ]


def test_empty_columns_hide_when_the_company_wishes() -> None:
    chosen = {"product_columns": ["$product.item", "$product.product1", "$product.line_total"]}
    custom = (CustomField("Lot"),)
    for hide, expected in ((False, ["item", "product1", "line_total"]), (True, ["item", "line_total"])):
        layout = Layout.chosen({"pdf_variables": chosen, "hide_empty_columns_on_pdf": hide})
        assert columns(compose(facts(layout=layout, line_custom=custom))) == expected


def test_totals_can_be_added_up() -> None:
    page = compose(
        facts(
            [line(cost="1000"), line(cost="500", tax=LOW)],
            discount=Decimal(10),
            is_amount_discount=False,
            surcharges=(Surcharge("Port", Decimal(15)),),
            paid_to_date=Decimal(200),
        )
    )
    assert totals(page) == [
        ("Sous-total", "1 500,00 €"),
        ("Remise (10 %)", "−150,00 €"),
        ("Port", "15,00 €"),
        ("Total HT", "1 365,00 €"),
        ("TVA 20 %", "180,00 €"),
        ("TVA 5,5 %", "24,75 €"),
        ("Total TTC", "1 569,75 €"),
        ("Déjà payé", "−200,00 €"),
        ("Reste à payer", "1 369,75 €"),
    ]
    assert [(row.name.replace(NB, " "), row.base.replace(NB, " ")) for row in page.taxes] == [
        ("TVA 20 %", "900,00 €"),
        ("TVA 5,5 %", "450,00 €"),
    ]


def test_included_taxes_are_said_to_be_included() -> None:
    page = compose(facts([line(cost="120")], inclusive=True))
    assert totals(page)[:3] == [
        ("Total HT", "100,00 €"),
        ("TVA 20 % (incluse)", "20,00 €"),
        ("Total TTC", "120,00 €"),
    ]


def test_nothing_paid_is_not_said_when_the_company_wishes() -> None:
    layout = Layout.chosen({"hide_paid_to_date": True})
    assert "Déjà payé" not in dict(totals(compose(facts(layout=layout))))
    assert dict(totals(compose(facts(layout=layout, paid_to_date=Decimal(5)))))["Déjà payé"] == "−5,00 €"


def test_a_deposit_is_what_is_asked_for_first() -> None:
    page = compose(facts([line(cost="1000")], partial=Decimal(300), partial_due=date(2026, 12, 1)))
    assert totals(page)[-2:] == [("Reste à payer", "1 200,00 €"), ("Acompte à verser", "300,00 €")]
    assert page.figure is not None
    assert (page.figure.amount, page.figure.sentence) == (f"300,00{NB}€", "avant le 1 déc. 2026")


def test_earlier_deposit_invoices_are_named_with_number_and_day() -> None:
    page = compose(facts([line()], deposits=(Deposit("2026-0003", date(2026, 10, 2), Decimal(50)),)))
    assert ("Facture d’acompte 2026-0003 (2 oct. 2026)", "−50,00 €") in totals(page)


def test_a_quote_asks_for_nothing() -> None:
    page = compose(facts(kind="quote", bank=BANK, law=Law("FR", operations="services")))
    assert page.heading == "Devis"
    assert [label for label, _amount in totals(page)] == ["Sous-total", "TVA 20 %", "Total TTC"]
    assert page.slip is None
    assert page.mentions == ()
    assert ("Valable jusqu’au", "24 déc. 2026") in [(one.label, one.value) for one in page.details]


def test_a_credit_note_names_the_invoice_that_it_corrects() -> None:
    page = compose(facts(kind="credit", corrects="2026-0009"))
    assert page.heading == "Avoir"
    assert ("Rectifie la facture", "2026-0009") in [(one.label, one.value) for one in page.details]


@pytest.mark.parametrize(
    ("stage", "stamp", "expected"),
    [
        ("draft", False, "Brouillon"),
        ("issued", True, None),
        ("paid", False, None),
        ("paid", True, "Payé"),
        ("cancelled", False, "Annulé"),
    ],
)
def test_a_stamp_tells_what_is_no_ordinary_document(stage: str, stamp: bool, expected: str | None) -> None:
    badge = compose(facts(stage=stage, layout=Layout.chosen({"show_paid_stamp": stamp}))).badge
    assert (badge.label if badge else None) == expected


def test_a_french_invoice_bears_its_mentions() -> None:
    page = compose(facts(law=Law("FR", operations="services", vat_on_debits=True)))
    assert "\n".join(page.mentions).replace(NB, " ") == (
        "Nature de l’opération : prestation de services.\n"
        "Option pour le paiement de la taxe d’après les débits.\n"
        "En cas de retard de paiement, pénalités au taux de trois fois le taux d’intérêt légal "
        "dès le lendemain de l’échéance.\n"
        "Indemnité forfaitaire pour frais de recouvrement due par les clients professionnels : 40 €.\n"
        "Pas d’escompte pour paiement anticipé."
    )
    assert page.identity.split(" · ") == [
        "Atelier Dupont",
        "SARL au capital de 10 000 €",
        "SIRET 81234567800019",
        "RCS Lyon",
        "Numéro de TVA FR32812345678",
    ]


def test_a_private_person_is_not_told_of_recovery_costs() -> None:
    page = compose(facts(client=dataclasses.replace(BAKERY, is_professional=False)))
    assert page.mentions == ()


def test_an_invoice_of_another_country_bears_no_french_mention() -> None:
    assert compose(facts(law=Law("DE"))).mentions == ()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), "TVA non applicable, article 293 B du CGI."),
        (date(2027, 12, 31), "TVA non applicable, article 293 B du CGI."),
        (date(2028, 1, 1), "TVA non applicable, franchise en base."),
    ],
)
def test_the_text_of_an_exemption_is_that_of_its_day(day: date, expected: str) -> None:
    assert compose(facts(on=day, law=Law("FR", exemptions=("franchise",)))).mentions[0] == expected


def test_a_transfer_in_euros_has_its_code() -> None:
    page = compose(facts(bank=BANK))
    assert page.slip is not None
    assert [(one.key, one.value) for one in page.slip.lines] == [
        ("holder", "Atelier Dupont SARL"),
        ("iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("bic", "AGRIFRPP"),
        ("reference", "2026-0012"),
    ]
    assert page.assets[page.slip.code].startswith(b"\x89PNG")


def test_the_code_asks_for_exactly_what_is_due() -> None:
    text = epc_text(BANK, "Atelier Dupont SARL", Decimal("1459.26"), "2026-0012")
    assert text.split("\n") == [
        "BCD", "002", "1", "SCT", "AGRIFRPP", "Atelier Dupont SARL", "FR7630006000011234567890189",
        "EUR1459.26", "", "", "2026-0012",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "figure", "code"),
    [
        ({}, "120,00 €", "EUR120.00"),
        ({"paid_to_date": Decimal("19.99")}, "100,01 €", "EUR100.01"),
        ({"partial": Decimal(40)}, "40,00 €", "EUR40.00"),
        ({"partial": Decimal(40), "paid_to_date": Decimal(50)}, "40,00 €", "EUR40.00"),
    ],
)
def test_the_code_asks_for_what_the_page_says_is_due(
    more: dict[str, Decimal], figure: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("comptoir.delivery.pdf.slip.qr_png", lambda text: said.append(text) or b"PNG")
    page = compose(facts(bank=BANK, **more))
    assert page.figure is not None
    assert page.figure.amount.replace(NB, " ") == figure
    assert [text.split("\n")[7] for text in said] == [code]


@pytest.mark.parametrize(
    "more",
    [
        {"code": "USD"},
        {"bank": Bank()},
        {"stage": "paid"},
        {"balance": Decimal(0)},
        {"kind": "credit"},
        {"number": ""},
    ],
    ids=["dollars", "no account", "paid", "nothing due", "credit", "no number"],
)
def test_there_is_no_code_without_euros_an_account_and_a_sum(more: dict[str, object]) -> None:
    page = compose(facts(**({"bank": BANK} | more)))
    assert "epc" not in page.assets


def test_an_account_number_is_written_in_fours() -> None:
    assert grouped("fr76 3000600001123456789 0189") == "FR76 3000 6000 0112 3456 7890 189"


def test_notes_are_text_and_their_placeholders_are_filled() -> None:
    page = compose(
        facts(public_notes="Bonjour $contact.prénom,\n<script>x</script> 3 < 4 $client.personnalisé1")
    )
    assert page.prose[0].title == "Notes"
    assert page.prose[0].html == "Bonjour Claire,\n 3 &lt; 4 Or"


def test_notes_without_markup_keep_their_lines() -> None:
    assert compose(facts(terms="1 < 2\n& 3")).prose[0].html == "1 &lt; 2<br>&amp; 3"


def test_notes_may_be_markdown_but_values_are_not() -> None:
    client = dataclasses.replace(BAKERY, name="*Étoile* <b>")
    page = compose(facts(client=client, public_notes="**Pour** $client.name", markdown=True))
    assert page.prose[0].html.strip() == "<p><strong>Pour</strong> *Étoile* &lt;b&gt;</p>"


def test_a_description_may_name_a_placeholder() -> None:
    page = compose(facts([line(notes="Pour $client.name <i>")]))
    assert cells(page)["description"].startswith("Pour Boulangerie Les Épis d’Or")


def test_settings_that_are_nonsense_fall_back() -> None:
    layout = Layout.chosen(
        {
            "primary_color": "red;}</style><script>",
            "primary_font": "x'}",
            "page_size": "A4;}",
            "font_size": "huge",
            "pdf_variables": {"client_details": "nonsense"},
        }
    )
    assert (layout.primary_colour, layout.primary_font, layout.page_size, layout.scale) == (
        "#298AAB",
        "Roboto",
        "A4",
        1.0,
    )
    assert layout.names("client_details")[0] == "client.name"
    assert Layout.chosen({"page_size": "Letter", "page_layout": "landscape"}).page_rule == "letter landscape"


@pytest.mark.parametrize(
    ("asked", "given"), [("65%", "65%"), ("120", "120px"), ("30mm", "30mm"), ("", ""), ("1px;}x", "")]
)
def test_the_width_of_a_logo_is_a_length_or_nothing(asked: str, given: str) -> None:
    assert Logo(b"x", asked).css_width == given

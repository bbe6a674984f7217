"""The Swiss QR-bill: the code read back from the printed page, line by line, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp

from comptoir.clients.operations import create_client
from comptoir.delivery.documents.delivery_notes import note_page
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf import fitting, qr_bill
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import Bank, DocumentFacts, Law
from comptoir.delivery.pdf.printing import print_document
from comptoir.delivery.placeholders.parties import Address
from comptoir.designs.layout import Layout
from comptoir.designs.looks import BUILT_IN, Own
from comptoir.designs.page import PaymentPart
from comptoir.payments.operations import record_amount_paid
from comptoir.preferences import swiss as swiss_numbers
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.scope import acting_for
from tests.factories import account_with_company, actor, user
from tests.unit.delivery.printed import ATELIER, BAKERY, LYON, facts, line, pages

MM = 72 / 25.4
BIEL = replace(
    ATELIER,
    name="Robert Schneider AG",
    address=Address("Rue du Lac 1268", "", "Biel", "", "2501", "Schweiz", "CH"),
)
PIA = replace(
    BAKERY,
    name="Pia-Maria Rutschmann-Schnyder",
    address=Address("Grosse Marktgasse 28", "", "Rorschach", "", "9400", "Schweiz", "CH"),
)
STREETS = replace(BIEL, address=replace(BIEL.address, address1="Rue du Lac et du Port " * 3))
NUMBERED = Layout.chosen({"page_numbering": True})
BANK = Bank("Robert Schneider AG", "CH58 0079 1123 0008 8901 2", is_qr_bill=True)
QR_BANK = replace(BANK, qr_iban="CH44 3199 9123 0008 8901 2", participant="210000")


def swiss(count: int = 1, **more: Any) -> DocumentFacts:
    """An invoice of so many lines of 1250.80 francs each, without tax."""
    told = {"company": BIEL, "client": PIA, "law": Law("CH"), "bank": BANK, "code": "CHF", "locale": "de"}
    lines = [line("Beratung", "2", "625.40", tax=("", Decimal(0))) for _place in range(count)]
    return facts(lines, **(told | more))


def codes(pdf: bytes) -> list[tuple[int, str]]:
    """Every QR code that a camera finds: the page, from 0, and what it says."""
    with pdfium.PdfDocument(pdf) as book:
        pictures = [page.render(scale=2.5).to_pil() for page in book]
    return [
        (place, found.text)
        for place, picture in enumerate(pictures)
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    ]


def part_of(told: DocumentFacts) -> PaymentPart:
    part = compose(told).payment_part
    assert part is not None
    return part


def test_the_code_on_the_page_says_every_line_with_a_qr_reference() -> None:
    ((page, text),) = codes(print_document(swiss(bank=QR_BANK)))
    assert page == 0
    assert text.split("\n") == [
        "SPC", "0200", "1", "CH4431999123000889012",
        "S", "Robert Schneider AG", "Rue du Lac 1268", "", "2501", "Biel", "CH",
        "", "", "", "", "", "", "",
        "1250.80", "CHF",
        "S", "Pia-Maria Rutschmann-Schnyder", "Grosse Marktgasse 28", "", "9400", "Rorschach", "CH",
        "QRR", "210000000000000000202600125", "2026-0012", "EPD",
    ]  # fmt: skip


def test_an_ordinary_account_has_a_creditor_reference_and_a_payer_may_be_unknown() -> None:
    nobody = replace(PIA, address=Address("Rue du Port", city="Morges"))
    ((_page, text),) = codes(print_document(swiss(client=nobody, code="EUR", number="F-2026/0012")))
    assert text.split("\n")[3] == "CH5800791123000889012"
    assert text.split("\n")[18:] == [
        *("1250.80", "EUR", "", "", "", "", "", "", ""),
        *("SCOR", "RF06F20260012", "F-2026/0012", "EPD"),
    ]
    part = part_of(swiss(client=nobody))
    assert (part.debtor, part.words["debtor"]) == ((), "Zahlbar durch (Name/Adresse)")


@pytest.mark.parametrize(
    ("account", "participant", "number", "reference"),
    [
        # the example of the guidelines: 21 00000 00003 13947 14300 09017
        ("CH4431999123000889012", "210000", "00003139471430009-01", ("QRR", "210000000003139471430009017")),
        ("CH4431999123000889012", "", "F-7", ("QRR", "000000000000000000000000079")),
        ("CH4431999123000889012", "", "Erste", ("QRR", "")),
        ("CH4431999123000889012", "210000", "000", ("QRR", "")),
        ("CH4431999123000889012", "", "\u0663F7", ("QRR", "000000000000000000000000079")),  # an Arabic 3
        ("CH4431999123000889012", "210000", "1" * 21, ("QRR", "")),
        ("CH5800791123000889012", "210000", "539007547034", ("SCOR", "RF18539007547034")),
        ("CH5800791123000889012", "", "é", ("NON", "")),
        ("CH5800791123000889012", "", "A" * 22, ("NON", "")),
    ],
)
def test_the_reference_follows_the_account(
    account: str, participant: str, number: str, reference: tuple[str, str]
) -> None:
    assert qr_bill.referenced(account, participant, number) == reference


@pytest.mark.parametrize(
    ("account", "is_swiss", "is_qr"),
    [
        ("CH44 3199 9123 0008 8901 2", True, True),
        ("CH58 0079 1123 0008 8901 2", True, False),
        ("LI21 0881 0000 2324 013A A", True, False),
        ("CH44 3199 9123 0008 8901 3", False, False),
        ("FR7630006000011234567890189", False, False),
        ("", False, False),
    ],
)
def test_swiss_accounts_are_told_from_others(account: str, is_swiss: bool, is_qr: bool) -> None:
    assert (swiss_numbers.is_swiss(account), swiss_numbers.is_qr_iban(account)) == (is_swiss, is_qr)


@pytest.mark.parametrize(
    "more",
    [
        {"bank": replace(BANK, is_qr_bill=False)},
        {"bank": replace(BANK, iban="FR7630006000011234567890189")},
        {"bank": replace(QR_BANK, qr_iban="CH4431999123000889013")},
        {"code": "USD"},
        {"company": replace(BIEL, address=LYON)},
        {"company": replace(BIEL, address=replace(BIEL.address, postal_code=""))},
        {"number": ""},
        {"number": "Erste", "bank": QR_BANK},
        {"stage": "paid", "balance": Decimal(0)},
        {"kind": "quote"},
        {"balance": Decimal("1000000000")},
    ],
)
def test_what_cannot_be_on_a_qr_bill_has_none(more: dict[str, Any]) -> None:
    page = compose(swiss(**more))
    assert page.payment_part is None
    assert qr_bill.ASSET not in page.assets


def test_it_asks_for_what_is_still_owed_when_it_is_drawn() -> None:
    for more, amount in (
        ({"paid_to_date": Decimal("250.80")}, "1 000.00"),
        ({"partial": Decimal("400")}, "400.00"),
        ({"partial": Decimal("150"), "paid_to_date": Decimal("250.80")}, "150.00"),
    ):
        told = swiss(bank=QR_BANK, **more)
        assert part_of(told).amount == amount
        bill = qr_bill.bill(told)
        assert bill is not None
        assert bill.payload.split("\n")[18] == amount.replace(" ", "")
        assert bill.amount == told.amount_due


def test_the_code_rounds_half_a_cent_as_the_page_does() -> None:
    bill = qr_bill.bill(swiss(partial=Decimal("33.345")))
    assert bill is not None
    assert (bill.amount, bill.payload.split("\n")[18]) == (Decimal("33.35"), "33.35")
    assert qr_bill.bill(swiss(partial=Decimal("0.004"))) is None


def test_the_code_holds_no_more_than_the_guidelines_allow() -> None:
    accents = Address("é" * 70, "", "é" * 35, "", "é" * 16, "Schweiz", "CH")
    long = {"company": replace(BIEL, address=accents), "client": replace(PIA, name="é" * 70, address=accents)}
    for number, name, message in (("F7", "é" * 70, "F7"), ("é" * 140, "é" * 70, "")):
        bill = qr_bill.bill(swiss(number=number, bank=replace(BANK, holder=name), **long))
        assert bill is not None
        assert (bill.message, bill.creditor.street) == (message, "é" * 70)
        assert len(bill.payload.encode()) <= 997
    endless = {key: replace(one, name="€" * 70) for key, one in long.items()}
    address = replace(accents, address1="€" * 70, city="€" * 35)
    endless = {key: replace(one, address=address) for key, one in endless.items()}
    assert qr_bill.bill(swiss(bank=replace(BANK, holder=""), **endless)) is None


def test_letters_that_the_code_may_not_have_are_written_plainly() -> None:
    assert qr_bill.written("Café\tL’Été – Łódź ﬁn", 70) == "Café L'Été - Łódź fin"
    assert qr_bill.written("日本", 70) == ""
    assert qr_bill.written("x" * 80, 70) == "x" * 70
    unwritten = swiss(company=replace(BIEL, name="日本"), bank=replace(BANK, holder=""))
    assert compose(unwritten).payment_part is None


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("de", ("Zahlteil", "Empfangsschein", "Konto / Zahlbar an", "Annahmestelle")),
        ("fr_CH", ("Section paiement", "Récépissé", "Compte / Payable à", "Point de dépôt")),
        ("it", ("Sezione pagamento", "Ricevuta", "Conto / Pagabile a", "Punto di accettazione")),
        ("en", ("Payment part", "Receipt", "Account / Payable to", "Acceptance point")),
        ("es", ("Payment part", "Receipt", "Account / Payable to", "Acceptance point")),
    ],
)
def test_it_speaks_the_languages_of_the_country(locale: str, titles: tuple[str, ...]) -> None:
    words = part_of(swiss(locale=locale, translations={"receipt": "Ticket"})).words
    assert tuple(words[key] for key in ("payment_part", "receipt", "account", "acceptance_point")) == titles


def test_what_is_printed_is_grouped_as_people_copy_it() -> None:
    part = part_of(swiss(bank=QR_BANK, balance=Decimal("1234567.5")))
    assert part.account == "CH44 3199 9123 0008 8901 2"
    assert part.reference == "21 00000 00000 00000 02026 00125"
    assert part.amount == "1 234 567.50"
    assert part_of(swiss()).reference == "RF25 2026 0012"
    paris = replace(PIA, address=LYON)
    assert part_of(swiss(client=paris)).debtor == (PIA.name, "12 rue de la République", "FR-69002 Lyon")


def test_streets_are_left_out_of_a_receipt_that_has_no_room_for_them() -> None:
    long = replace(PIA, name="Pia " * 17, address=replace(PIA.address, address1="Grosse Marktgasse " * 3))
    wide = replace(BANK, holder="Robert Schneider, Schreinerei und Zimmerei AG")
    there = part_of(swiss(client=long, bank=wide))
    assert (there.creditor_in_short, there.debtor_in_short) == (there.creditor, there.debtor)
    wider = replace(wide, holder="Schneider, Schreinerei, Zimmerei und Holzbau Rutschmann-Schnyder AG")
    crowded = part_of(swiss(client=replace(long, name="MEIER " * 11), bank=wider, company=STREETS))
    assert crowded.debtor_in_short == (crowded.debtor[0], "9400 Rorschach")
    assert crowded.creditor_in_short == (wider.holder, "2501 Biel")
    assert (len(crowded.creditor), crowded.size, crowded.size_in_short) == (3, 10, 8)


@pytest.mark.parametrize(
    ("first", "second", "street"),
    [
        ("Rue du Lac 1268", "c/o Martin", "Rue du Lac 1268, c/o Martin"),
        ("", "Postfach 12", "Postfach 12"),
        ("x" * 40, "y" * 28, "x" * 40 + ", " + "y" * 28),
        ("x" * 40, "y" * 29, "x" * 40),
        ("", "y" * 80, "y" * 70),
        ("Rue du Lac 1268", "日本", "Rue du Lac 1268"),
    ],
)
def test_the_second_line_of_an_address_stands_with_the_street(first: str, second: str, street: str) -> None:
    told = Address(first, second, "Biel", "", "2501", "Schweiz", "CH")
    lines = codes(print_document(swiss(company=replace(BIEL, address=told))))[0][1].split("\n")
    assert lines[4:11] == ["S", "Robert Schneider AG", street, "", "2501", "Biel", "CH"]
    assert part_of(swiss(client=replace(PIA, address=told))).debtor == (PIA.name, street, "2501 Biel")


def test_second_lines_are_the_first_to_go_where_the_code_is_full() -> None:
    told = Address("é" * 40, "é" * 28, "é" * 35, "", "é" * 16, "Schweiz", "CH")
    both = {"company": replace(BIEL, address=told), "client": replace(PIA, name="é" * 70, address=told)}
    found = [qr_bill.bill(swiss(number=number, **both)) for number in ("F7", "é" * 139)]
    said = [(one.creditor.street, one.debtor.street, one.message) for one in found if one and one.debtor]
    whole = "é" * 40 + ", " + "é" * 28
    assert said == [(whole, whole, "F7"), ("é" * 40, "é" * 40, "é" * 139)]


@pytest.mark.parametrize("letter", ["W", "M", "W ", "i", "Ö", "Œ"])
@pytest.mark.parametrize("is_known", [True, False])
def test_seventy_wide_letters_find_their_room(letter: str, is_known: bool) -> None:
    """Below each other in their places: nothing runs over the amount, or out of the slip."""
    full = (letter * 70)[:70].strip()
    told = Address(full, "", (letter * 35)[:35].strip(), "", (letter * 16)[:16].strip(), "Schweiz", "CH")
    company = replace(BIEL, address=told)
    client = replace(PIA, name=full, address=told if is_known else Address())
    pdf = print_document(swiss(company=company, client=client, bank=replace(QR_BANK, holder=full)))
    assert len(codes(pdf)) == 1
    with pdfium.PdfDocument(pdf) as book:
        page = book[len(book) - 1].get_textpage()
        rects = [[edge / MM for edge in page.get_rect(one)] for one in range(page.count_rects())]
        ours = [
            box
            for box in rects
            if box[3] < 105
            and letter[0] * 4 in page.get_text_bounded(*(e * MM for e in box)).replace(" ", "")
        ]
    receipt, payment = [box for box in ours if box[0] < 62], [box for box in ours if box[0] > 62]
    assert len(receipt) >= 3 and len(payment) >= 3
    assert min(box[1] for box in receipt) >= 105 - 68 and max(box[2] for box in receipt) <= 57.5
    assert min(box[1] for box in payment) >= 15 and max(box[2] for box in payment) <= 205.5


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [
        ("", 10, 1),
        ("W" * 10, 9.44, 1),
        ("W" * 11, 9.44, 2),
        ("W" * 70, 10, 7),
        ("Ö" * 10, 7.8, 1),
        ("ii WWWW", 4.5, 1),
        ("ii WWWW", 4.4, 2),
        ("ii " + "W" * 12, 9.44, 3),
        ("日" * 11, 10, 2),
    ],
)
def test_lines_are_counted_as_they_are_broken(text: str, room: float, count: int) -> None:
    assert fitting.lines(text, room) == count


@pytest.mark.parametrize("number", BUILT_IN)
def test_every_design_leaves_room_at_the_foot_of_its_last_page(number: int) -> None:
    pdf = print_document(swiss(14, layout=NUMBERED), look=BUILT_IN[number])
    texts = pages(pdf)
    assert ["Empfangsschein" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert f"{len(texts)} / {len(texts)}" in texts[-1]
    assert [page for page, _text in codes(pdf)] == [len(texts) - 1]
    low = [text for text, top in _runs(pdf, len(texts) - 1) if top < 105 * MM]
    assert low[:2] == ["Empfangsschein", "Konto / Zahlbar an"]
    assert not [text for text in low if "USt-IdNr." in text or "/ 2" in text]


@pytest.mark.parametrize(("count", "places"), [(5, [0]), (9, [1]), (14, [1])])
def test_it_stands_on_the_last_page_or_on_one_of_its_own(count: int, places: list[int]) -> None:
    texts = pages(print_document(swiss(count, layout=NUMBERED)))
    assert [place for place, text in enumerate(texts) if "Zahlteil" in text] == places
    assert len(texts) == places[0] + 1


def _runs(pdf: bytes, place: int) -> list[tuple[str, float]]:
    """Runs of text of a page with their upper edges, in points from the foot."""
    with pdfium.PdfDocument(pdf) as book:
        text = book[place].get_textpage()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        return [(text.get_text_bounded(*rect), rect[3]) for rect in rects]


def test_the_code_is_46_millimetres_wide_and_17_below_the_perforation() -> None:
    with pdfium.PdfDocument(print_document(swiss())) as book:
        (image,) = [one for one in book[0].get_objects() if one.type == 3]
        left, bottom, right, top = (round(edge / MM, 1) for edge in image.get_bounds())
    assert (left, bottom, right, top) == (67.0, 42.0, 113.0, 88.0)


def test_other_paper_is_followed_by_a_sheet_of_a4() -> None:
    pdf = print_document(swiss(layout=Layout.chosen({"page_size": "A5"})))
    with pdfium.PdfDocument(pdf) as book:
        sizes = [tuple(round(side / MM) for side in page.get_size()) for page in book]
        assert book.get_metadata_value("Title") == "Rechnung 2026-0012"
    assert sizes == [(148, 210), (210, 297)]
    assert [page for page, _text in codes(pdf)] == [1]
    assert pdf == print_document(swiss(layout=Layout.chosen({"page_size": "A5"})))


def test_a_design_of_ones_own_has_it_too() -> None:
    look = Own({"body": "<p>$number</p>", "footer": "<p>Merci</p>"})
    assert [page for page, _text in codes(print_document(swiss(), look=look))] == [0]


def test_a_delivery_note_asks_for_nothing() -> None:
    assert note_page(swiss()).payment_part is None


@pytest.mark.django_db
def test_company_and_client_say_what_is_on_it() -> None:
    address = {
        "address1": "Rue du Lac 1268",
        "postal_code": "2501",
        "city": "Biel",
        "qr_iban": QR_BANK.qr_iban,
    }
    company = account_with_company("Schneider", country_id="756", currency_id="17", **address)
    by: Any = {"by": actor(user(company, is_owner=True)), "on": date(2026, 11, 24)}
    with acting_for(company):
        update_company(company, {"iban": BANK.iban}, **by)
        own = {"qr_iban": "CH21 3080 8001 2345 6782 7", "besr_id": "123456"}
        client = create_client({"name": "Pia", "settings": own}, **by)
        fields = {"client": client, "line_items": [{"cost": 100, "quantity": 1}], "number": "F-7"}
        invoice = mark_sent(create_invoice(fields, **by), **by)
        record_amount_paid(invoice, Decimal("40"), **by)
        assert qr_bill.bill(facts_of(invoice)) is None  # until the company asks for it
        update_company(company, {"qr_bill_enabled": True}, **by)
        invoice = Invoice.objects.get()
        bill = qr_bill.bill(facts_of(invoice))
        assert bill is not None
        assert (bill.account, bill.amount, bill.currency) == ("CH2130808001234567827", 60, "CHF")
        assert (bill.creditor.name, bill.creditor.city, bill.debtor) == ("Schneider", "Biel", None)
        assert (bill.kind, bill.reference[:6], bill.reference[-2]) == ("QRR", "123456", "7")
        update_company(company, {"qr_bill_enabled": False}, **by)
        assert qr_bill.bill(facts_of(Invoice.objects.get())) is None


def test_the_iban_is_not_shown_twice() -> None:
    assert compose(swiss(code="EUR")).slip is None
    abroad = compose(swiss(code="USD"))
    assert abroad.slip is not None
    assert abroad.slip.lines[1].value == "CH58 0079 1123 0008 8901 2"

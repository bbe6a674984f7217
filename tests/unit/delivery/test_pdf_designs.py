"""Every built-in design in four languages: one line, forty lines, long texts, and nothing cut off."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pypdfium2 as pdfium
import pytest

from comptoir.billing.lines import Line
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import Law
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.layout import Layout
from comptoir.designs.looks import BUILT_IN, Fonts
from tests.unit.delivery.printed import BAKERY, facts, line, pages

LOCALES = {
    "fr": ("EUR", "Boulangerie Les Épis d’Or", "Farine", "Farine de blé T65", "Montant"),
    "en": ("EUR", "The Corn Bakery", "Flour", "Wheat flour, strong", "Amount"),
    "ar": ("SAR", "مخبز السنابل", "دقيق", "دقيق القمح الكامل", ""),
    "ja": ("JPY", "桜ベーカリー株式会社", "小麦粉", "国産小麦粉", "金額"),
}
ALIKE = pytest.mark.parametrize("number", BUILT_IN)
SPOKEN = pytest.mark.parametrize("locale", LOCALES)
NUMBERED = {"page_numbering": True, "show_shipping_address": True}
MM = 72 / 25.4


def printed(number: int, locale: str, count: int, notes: str = "", item: str = "") -> bytes:
    code, client, name, words, _amount = LOCALES[locale]
    lines: list[Line] = [
        line(item or f"{name} {n}", "2", "10", notes=notes or words) for n in range(1, count + 1)
    ]
    told = facts(
        lines,
        locale=locale,
        code=code,
        law=Law(),
        client=replace(BAKERY, name=client),
        layout=Layout.chosen(NUMBERED),
        public_notes=notes or words,
    )
    return print_document(told, look=BUILT_IN[number])


def boxes(pdf: bytes) -> list[tuple[float, list[tuple[str, float, float, float, float]]]]:
    """Width of each page with its runs of text: (text, left, bottom, right, top) in points."""
    with pdfium.PdfDocument(pdf) as book:
        found = []
        for page in book:
            text = page.get_textpage()
            rects = [text.get_rect(number) for number in range(text.count_rects())]
            found.append((page.get_width(), [(text.get_text_bounded(*rect), *rect) for rect in rects]))
        return found


@ALIKE
@SPOKEN
def test_a_short_document_fits_on_one_page(number: int, locale: str) -> None:
    printed_pages = pages(printed(number, locale, 1))
    assert len(printed_pages) == 1
    assert "1 / 1" in printed_pages[0]


@ALIKE
@SPOKEN
def test_forty_lines_take_two_pages_with_their_header_again(number: int, locale: str) -> None:
    first, second = pages(printed(number, locale, 40))
    assert "1 / 2" in first or "2 / 1" in first  # read from the right
    assert second.count("2 / 2") == 2  # above and at the foot
    assert "2026-0012" in second
    if heading := LOCALES[locale][4].casefold():
        assert heading in first.casefold()
        assert heading in second.casefold()


@ALIKE
@SPOKEN
def test_nothing_is_cut_off_at_the_edges(number: int, locale: str) -> None:
    for width, runs in boxes(printed(number, locale, 40)):
        for text, left, _bottom, right, _top in runs:
            if text.strip():
                assert left > 9 * MM, text
                assert right < width - 9 * MM, text


@ALIKE
def test_the_repeated_header_stands_above_the_table(number: int) -> None:
    (_one, _first), (_two, second) = boxes(printed(number, "en", 40))
    again = min(
        bottom for text, _l, bottom, _r, _t in second if text.startswith(("Invoice 2026", "The Corn"))
    )
    heading = max(top for text, _l, _b, _r, top in second if "quantity" in text.casefold())
    assert heading < again


@ALIKE
def test_long_texts_are_broken_into_lines_and_pages(number: int) -> None:
    notes = "Nous avons repris la mise en page et le référencement du site. " * 25
    item = "Refonte complète du site avec formation de toutes les équipes " + "x" * 180
    whole = " ".join(pages(printed(number, "fr", 12, notes, item)))
    assert whole.count("référencement") == 12 * 25 + 25
    for width, runs in boxes(printed(number, "fr", 12, notes, item)):
        assert all(right < width - 9 * MM for text, _l, _b, right, _t in runs if text.strip())


def test_an_address_in_latin_letters_reads_on_in_an_arabic_document() -> None:
    (text,) = pages(printed(2, "ar", 1))
    assert "8 place du Marché" in text


@pytest.mark.parametrize(
    ("number", "chosen", "fonts"),
    [
        (2, {}, Fonts("Roboto", "Roboto")),
        (7, {}, Fonts("Roboto", "Source Serif 4")),
        (7, {"primary_font": "Lato"}, Fonts("Lato", "Source Serif 4")),
        (7, {"secondary_font": "Inter"}, Fonts("Roboto", "Inter")),
        (4, {}, Fonts("Open Sans", "Open Sans")),
        (4, {"primary_font": "Lato"}, Fonts("Lato", "Lato")),
    ],
)
def test_a_design_has_its_own_fonts_until_the_company_chooses(
    number: int, chosen: dict[str, str], fonts: Fonts
) -> None:
    assert BUILT_IN[number].fonts(Layout.chosen(chosen)) == fonts


def test_a_logo_stands_on_white_in_a_coloured_band() -> None:
    for number in (3, 9, 10):
        told = facts([line()], layout=Layout.chosen({"primary_color": "#102030"}))
        html = str(BUILT_IN[number].dress(compose(told), "#102030", "#405060"))
        assert ".band .logo { padding: 2.5mm 3mm; background: #fff" in html


def test_amounts_are_right_whatever_the_language() -> None:
    for locale, amount in (("fr", "24,00 €"), ("en", "€24.00"), ("ar", "24.00"), ("ja", "24")):
        assert amount in pages(printed(2, locale, 1))[0]
    assert Decimal(24) == facts([line("x", "2", "10")]).totals.amount

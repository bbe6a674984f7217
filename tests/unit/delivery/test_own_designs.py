"""Designs that a company wrote: filled in, repeated, and unable to do anything."""

from __future__ import annotations

import http.server
import re
import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.facts import Law
from comptoir.delivery.pdf.own import dress
from comptoir.delivery.pdf.own.cleaning import cleaned
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.layout import Layout
from comptoir.designs.looks import Own
from comptoir.designs.page import Record
from comptoir.designs.starting import starter
from tests.unit.delivery.printed import BAKERY, BANK, facts, line, pages


def html(design: dict[str, str], **more: object) -> str:
    told = facts(more.pop("lines", ()), law=Law(), **more)  # type: ignore[arg-type]
    return str(dress(Own(design), compose(told, detailed=True)))


def body(design: dict[str, str], **more: object) -> str:
    return html(design, **more).partition("<body")[2].partition(">")[2]


def text(design: dict[str, str], **more: object) -> str:
    told = facts(more.pop("lines", ()), law=Law(), **more)  # type: ignore[arg-type]
    return " ".join(pages(print_document(told, look=Own(design))))


def test_names_are_filled_in_with_what_the_document_says() -> None:
    said = text({"body": "<p>$entity $number for $client.name, $total by $due_date. $foo!</p>"}, locale="en")
    assert said == "Invoice 2026-0012 for Boulangerie Les Épis d’Or, €120.00 by Dec 24, 2026. !"


def test_labels_speak_the_reader_s_language() -> None:
    assert text({"body": "$invoice.date_label – $date; $product.quantity_label"}) == (
        "Date – 24 nov. 2026; Quantité"
    )


def test_a_row_that_names_a_product_is_written_for_each_line() -> None:
    row = "<tr><td>$product.item|$product.quantity</td></tr>"
    table = f"<table><tr><th>$product.item_label</th></tr>{row}</table>"
    lines = [line("Pain", "2"), line("Brioche", "12.5")]
    assert text({"body": table}, lines=lines) == "Article Pain|2 Brioche|12,5"


def test_goods_and_tasks_have_rows_of_their_own() -> None:
    design = {
        "body": "$product_table$task_table",
        "product": "<tr><td>P $product.item</td></tr>",
        "task": "<tr><td>T $task.service: $task.hours h</td></tr>",
    }
    lines = [line("Pain"), line("Conseil", "2", "80", type_id="2")]
    assert text(design, lines=lines) == "P Pain T Conseil: 2 h"


def test_without_rows_of_its_own_the_columns_are_those_of_the_company() -> None:
    chosen = Layout.chosen({"pdf_variables": {"product_columns": ["$product.item", "$product.quantity"]}})
    assert text({"body": "$product_table"}, lines=[line("Pain", "3")], layout=chosen) == (
        "Article Quantité Pain 3"
    )


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('<div id="client-details"></div>', "Boulangerie Les Épis d’Or 8 place du Marché"),
        ('<div id="company-details"></div>', "Atelier Dupont 12 rue de la République"),
        ('<table id="product-table"></table>', "Description Prix unitaire Quantité TVA Montant Conseil"),
        ('<div id="table-totals"></div>', "Sous-total 100,00 €"),
        ('<table id="entity-details"></table>', "Facture 2026-0012 Date de facture 24 nov. 2026"),
    ],
)
def test_elements_are_filled_by_their_id_as_exported_designs_expect(element: str, said: str) -> None:
    assert text({"body": element}).startswith(said)


def test_an_element_is_left_out_while_its_value_is_missing() -> None:
    design = {"body": '<p data-if="po_number">Order $po_number</p><p data-if="$number">No $number</p>'}
    assert text(design) == "No 2026-0012"
    assert text(design, po_number="B-7") == "Order B-7 No 2026-0012"


def test_style_takes_the_colours_and_fonts_of_the_company() -> None:
    layout = Layout.chosen({"primary_color": "#0f766e", "primary_font": "Lato"})
    design = {"includes": "<style>h1 { color: $primary_color; font-family: $font_name }</style>", "body": "x"}
    assert "h1 { color: #0f766e; font-family: Lato }" in html(design, layout=layout)
    assert "p { margin: 1px }" in html({"includes": "p { margin: 1px }", "body": "x"})


def test_header_and_footer_stand_on_all_pages_when_the_company_wishes() -> None:
    design = {"header": "HEAD $number", "body": "$product_table", "footer": "FOOT"}
    lines = [line(f"Article {n}") for n in range(90)]
    for everywhere in (True, False):
        layout = Layout.chosen({"all_pages_header": everywhere, "all_pages_footer": everywhere})
        printed = pages(print_document(facts(lines, layout=layout), look=Own(design)))
        assert len(printed) > 1
        assert ["HEAD 2026-0012" in page for page in printed[1:]] == [everywhere] * (len(printed) - 1)
        assert ["FOOT" in page for page in printed[:-1]] == [everywhere] * (len(printed) - 1)


def test_the_starter_prints_a_whole_invoice() -> None:
    said = text(starter(), bank=BANK, public_notes="Merci", terms="30 jours", lines=[line("Pain", "2", "10")])
    for part in (
        "Facture",
        "2026-0012",
        "Atelier Dupont",
        "Les Épis d’Or",
        "Pain",
        "24,00 €",
        "Merci",
        "30 jours",
    ):
        assert part in said


# What it must not be able to do.


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<iframe src="file:///etc/passwd"></iframe>',
        '<object data="file:///etc/passwd"></object>',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<a href="javascript:alert(1)">x</a>',
        "<svg><script>alert(1)</script></svg>",
        '<img src="file:///etc/passwd">',
        '<img src="https://evil.example/pixel.png">',
        '<img src="$client.website">',
        '<div style="background: url(https://evil.example/a.png)">x</div>',
    ],
)
def test_nothing_of_a_design_runs_or_is_fetched(evil: str) -> None:
    client = replace(BAKERY, website="https://evil.example/pixel.png")
    made = body({"body": evil + "<p>after</p>"}, client=client)
    for trace in (
        "alert",
        "evil.example",
        "file:",
        "javascript:",
        "<script",
        "<iframe",
        "<link",
        "<meta",
        "onerror",
    ):
        assert trace not in made
    assert "after" in made


def test_style_fetches_nothing_and_cannot_end_itself() -> None:
    css = "@import 'https://evil.example/x.css'; p { background: url('file:///etc/passwd') }"
    css += " </style ><script>x</script>"
    made = html({"includes": f"<style>{css}", "body": "x"})
    assert "evil.example" not in made
    assert "passwd" not in made
    assert "<script" not in made


@pytest.mark.parametrize(
    "name", ["$company.name $number", "{{ page }} {% load x %}", "<b>bold</b>", '"><img src=x>']
)
def test_a_value_is_text_and_nothing_else(name: str) -> None:
    made = body({"body": '<p title="$client.name">$client.name</p>'}, client=replace(BAKERY, name=name))
    assert name in text({"body": "<p>$client.name</p>"}, client=replace(BAKERY, name=name))
    assert "<b>" not in made
    assert "<img" not in made


def test_django_s_own_template_language_means_nothing_in_a_design() -> None:
    said = text({"body": "<p>{{ page.number }} {% now 'Y' %} {# x #}</p>"})
    assert said == "{{ page.number }} {% now 'Y' %} {# x #}"


def test_a_value_cannot_write_style() -> None:
    client = replace(BAKERY, name="red; background: url(https://evil.example)")
    made = html(
        {
            "includes": "<style>p { color: $client.name }</style>",
            "body": '<p style="color: $client.name">x</p>',
        },
        client=client,
    )
    assert "evil.example" not in made
    assert '<p style="color: ">' in made


def test_broken_html_is_mended() -> None:
    assert cleaned("<table><tr><td>a<td>b<div><b>c") == (
        "<table><tbody><tr><td>a</td><td>b<div><b>c</b></div></td></tr></tbody></table>"
    )


def test_no_connection_is_made_while_a_hostile_design_is_drawn() -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/x"
        said = text(
            {
                "includes": f"<style>@import '{url}'; body {{ background: u\\72l({url}) }}</style>",
                "body": f"<img src='{url}'><p style='list-style: url({url})'>done</p>",
            }
        )
    finally:
        server.shutdown()
        server.server_close()
    assert said == "done"
    assert asked == []


def test_sums_are_those_of_the_one_calculator() -> None:
    lines = [line("x", "3", "33.333", discount=Decimal(10))]
    said = text({"body": "$subtotal $total_taxes $total"}, lines=lines, locale="en")
    assert said == "€90.00 €18.00 €108.00"


ORDERS = {
    "clients": [
        Record(
            {"client.name": name},
            {"invoices": [Record({"invoice.number": number}) for number in numbers], "contacts": []},
        )
        for name, numbers in (("Ann & <b>Co</b>", ("A1", "A2")), ("Bob", ()))
    ]
}


def listed(written: str, **lists: list[Record]) -> str:
    page = replace(compose(facts([line("Pain", "2")]), detailed=True), lists={**ORDERS, **lists})
    html = str(dress(Own({"body": written}), page)).partition("<body")[2].partition(">")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_an_element_is_repeated_for_each_record_and_its_own_records() -> None:
    written = '<div data-each="clients">[$client.name<i data-each="invoices"> $invoice.number;</i>]</div>'
    assert listed(written) == "[Ann &amp; &lt;b&gt;Co&lt;/b&gt; A1; A2;][Bob]"


def test_a_list_may_be_a_condition_or_its_absence() -> None:
    written = (
        '<div data-each="clients">$client.name<i data-if="invoices">: owes</i>'
        '<i data-unless="invoices">: owes nothing</i><i data-unless="number">!</i>. </div>'
    )
    assert listed(written) == "Ann &amp; &lt;b&gt;Co&lt;/b&gt;: owes. Bob: owes nothing."


def test_lines_are_a_list_too_and_an_unknown_list_writes_nothing() -> None:
    assert listed('<p data-each="products">$product.item</p><p data-each="toasters">x</p>') == "Pain"
    assert listed('<p data-each="clients"><u data-each="clients">x</u></p>') == ""


def test_lists_inside_lists_do_not_grow_without_end() -> None:
    many = [Record()] * 400
    nested = '<i data-each="a"><i data-each="b"><i data-each="c">x</i></i></i>'
    with pytest.raises(PdfFailed):
        listed(nested, a=many, b=many, c=many)

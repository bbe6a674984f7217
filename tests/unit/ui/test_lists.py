import pytest

from comptoir.ui import cells
from comptoir.ui.lists import Chip, Column, Listing, Paging, Row, Table
from comptoir.ui.parts import Action, Detail, Tab, Tile
from comptoir.ui.tags.rows import table_rows
from tests.unit.ui.drawing import draw

COLUMNS = [
    Column("name", "Client", sort_url="?sort=name", sorted="descending", phone="main"),
    Column("balance", "Balance", end=True, strong=True, phone="end"),
]
ACTIONS = [Action("Edit", "/clients/{id}/edit", "pencil", key="edit")]
ADA = Row(
    "VolejRejNm",
    "Ada",
    [cells.who("Ada", "ada@b.example", "/clients/1"), "€5"],
    "/clients/1",
    "/clients/1/edit",
    "edit",
)


def test_a_row_says_what_it_opens_and_what_it_allows() -> None:
    html = draw("{% table table %}", table=Table(COLUMNS, [ADA], ACTIONS))
    assert (
        '<tr data-url="/clients/1" data-edit="/clients/1/edit" data-id="VolejRejNm" data-can="edit">' in html
    )
    assert '<a class="name" href="/clients/1" data-open>Ada</a>' in html
    assert '<td class="end strong phone-end">€5</td>' in html


def test_one_menu_serves_every_row() -> None:
    html = draw("{% table table %}", table=Table(COLUMNS, [ADA, ADA, ADA], ACTIONS))
    assert html.count('data-pattern="/clients/{id}/edit" data-action="edit"') == 1
    assert html.count("data-row-menu") == 3


def test_a_row_with_too_few_cells_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table_rows(Table(COLUMNS, [Row("1", "Ada", ["only one"])]))


def test_the_heading_says_how_the_list_is_sorted() -> None:
    html = draw("{% table table %}", table=Table(COLUMNS, [ADA]))
    assert '<th scope="col" class="phone-main" aria-sort="descending"><a href="?sort=name">Client' in html


def test_rows_are_ticked_only_where_something_can_be_done_with_many() -> None:
    assert 'name="ids"' not in draw("{% table table %}", table=Table(COLUMNS, [ADA]))
    html = draw(
        "{% table table %}",
        table=Table(COLUMNS, [ADA], bulk=[Action("Archive", "", key="archive")], bulk_url="/bulk"),
    )
    assert (
        '<input class="checkbox checkbox-xs" type="checkbox" name="ids" value="VolejRejNm" form="bulk"'
        in html
    )
    assert '<button class="btn btn-sm btn-quiet" name="action" value="archive" data-action="archive">' in html


def test_a_search_keeps_the_filters_that_are_on() -> None:
    html = draw("{% listing list %}", list=Listing("/clients", Table(COLUMNS, [ADA]), kept=[("group", "7")]))
    assert '<input type="hidden" name="group" value="7">' in html
    assert 'hx-get="/clients"' in html
    assert 'hx-push-url="true"' in html


def test_a_filter_that_is_on_can_be_taken_off() -> None:
    chips = [Chip("City:", "Paris", "/clients")]
    html = draw("{% listing list %}", list=Listing("/clients", Table(COLUMNS, [ADA]), chips=chips))
    assert 'href="/clients" aria-label="Remove the filter City:: Paris"' in html


def test_an_empty_list_says_what_to_do_and_a_search_without_result_how_to_go_on() -> None:
    empty = Listing(
        "/q", Table((), ()), empty_title="No quote yet", empty_actions=[Action("New quote", "/q/new")]
    )
    assert "No quote yet" in draw("{% listing list %}", list=empty)
    assert 'btn-primary" href="/q/new"' in draw("{% listing list %}", list=empty)
    html = draw("{% listing list %}", list=Listing("/q", Table((), ()), query="zzz", clear_url="/q"))
    assert "Nothing matches" in html
    assert 'href="/q"' in html


def test_paging_offers_only_the_pages_that_exist() -> None:
    paging = Paging("1–20 of 40", next_url="?page=2", sizes=[Tab("20", "?n=20", active=True)])
    html = draw("{% listing list %}", list=Listing("/c", Table(COLUMNS, [ADA]), paging=paging))
    assert 'href="?page=2" rel="next"' in html
    assert 'rel="prev"' not in html


def test_names_in_cells_are_escaped() -> None:
    assert "<script>" not in cells.who("<script>", "<script>", "/x")
    assert "<script>" not in cells.two("<script>", "<script>")


def test_a_tile_lists_and_creates_by_two_links_with_names() -> None:
    html = draw(
        "{% tiles tiles %}", tiles=[Tile("Quotes", "file-description", "3 open", "/q", "/q/new", "New quote")]
    )
    assert '<a class="tile-add" href="/q/new" aria-label="New quote" title="New quote">' in html
    assert (
        '<a class="list" href="/q"><span class="name">Quotes</span><span class="count">3 open</span></a>'
        in html
    )


def test_facts_without_a_value_are_left_out_and_numbers_are_isolated() -> None:
    details = [
        Detail("Phone", "+33 1 42 68 53 00", "phone", copy=True),
        Detail("Fax", ""),
        Detail("VAT", "FR1", "number"),
    ]
    html = draw("{% facts details %}", details=details)
    assert "Fax" not in html
    assert '<a class="link" href="tel:+33 1 42 68 53 00"><bdi>+33 1 42 68 53 00</bdi></a>' in html
    assert 'data-copy="+33 1 42 68 53 00"' in html
    assert '<bdi class="num">FR1</bdi>' in html

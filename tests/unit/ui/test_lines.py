from decimal import Decimal

from django.utils import translation

from comptoir.ui.lines import LineColumn, LineTable
from tests.unit.ui.drawing import draw

COLUMNS = [
    LineColumn("product_key", "Item", width="wide", suggest_url="/products"),
    LineColumn("notes", "Description", "area", below=True),
    LineColumn("cost", "Cost", "number", blank="0"),
    LineColumn("tax", "Tax", "select", options=[("20", "20%"), ("0", "None")], blank="20"),
]
ROWS = [{"product_key": "Day", "notes": "On site", "cost": Decimal("680.50"), "tax": "0", "id": "x1"}]


def lines(**more: object) -> LineTable:
    return LineTable(COLUMNS, ROWS, hidden=["id"], **more)  # type: ignore[arg-type]


def test_cells_are_named_by_the_place_of_their_line() -> None:
    ((cells, hidden, total),) = lines(totals=["€680.50"]).body()
    assert [[cell.name for cell in place] for place in cells] == [
        ["line_items.0.product_key", "line_items.0.notes"],
        ["line_items.0.cost"],
        ["line_items.0.tax"],
    ]
    assert hidden == [("id", "line_items.0.id", "x1")]
    assert total == "€680.50"


def test_a_column_below_another_has_no_heading() -> None:
    assert [column.label for column in lines().heads] == ["Item", "Cost", "Tax"]


def test_a_new_line_is_cloned_from_the_blank_values() -> None:
    ((cells, hidden, total),) = lines().blank_rows()
    assert [cell.value for place in cells for cell in place] == ["", "", "0", "20"]
    assert hidden == [("id", "line_items.new.id", "")]
    assert total == ""


def test_numbers_of_lines_are_the_reader_s() -> None:
    with translation.override("fr"):
        ((cells, _, _),) = lines().body()
    assert cells[1][0].value == "680,5"


def test_a_fault_stands_at_its_cell() -> None:
    html = draw("{% line_table lines %}", lines=lines(errors={"line_items.0.cost": ["Not a number."]}))
    assert html.count("Not a number.") == 1
    assert 'data-calc aria-invalid="true"' in html


def test_the_editor_is_drawn_once_for_its_rows_and_once_blank() -> None:
    html = draw("{% line_table lines %}", lines=lines())
    assert html.count("data-remove-line") == 2
    assert '<option value="0" selected>None</option>' in html
    assert 'data-suggest="/products" role="combobox"' in html

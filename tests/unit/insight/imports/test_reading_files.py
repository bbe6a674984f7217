"""Encodings, delimiters, workbooks and headings are found, whatever program wrote the file."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from comptoir.insight.imports import cells
from comptoir.insight.imports.cells import Notation
from comptoir.insight.imports.dialects import found_delimiter
from comptoir.insight.imports.encodings import found_encoding
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.sheets import Manner, rows, unguarded
from comptoir.kernel.refused import Refused

from .conftest import Desk

FRENCH = "Nom;Ville\nSociété Générale d’Été;Orléans\nCafé de l’Âtre;Nîmes\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_found(encoding: str, found: str) -> None:
    content = FRENCH.encode(encoding)
    assert found_encoding(content) == found
    read = rows(content, "csv", Manner(found, ";"))
    assert [row.cells for row in read][1] == ["Société Générale d’Été", "Orléans"]


def test_old_dos_files_are_told_from_windows_ones() -> None:
    assert found_encoding("Société Générale, Orléans, garçon, à côté".encode("cp850")) == "cp850"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_though_cells_hold_others(sign: str) -> None:
    other = ";" if sign == "," else ","
    lines = [f"Nom{sign}Ville{sign}Notes", *(f'N{n}{sign}Lyon{sign}"a{other}b{sign}c\nd"' for n in range(5))]
    assert found_delimiter("\n".join(lines)) == sign


def test_a_single_column_is_one() -> None:
    assert found_delimiter("Nom\nDurand\nMartin\n") == ","


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    content = b'Nom,Notes\n\nDurand,"two\nlines"\n , \nMartin,\n'
    found = rows(content, "csv", Manner("utf-8", ","))
    assert [(row.number, row.cells) for row in found] == [
        (1, ["Nom", "Notes"]),
        (3, ["Durand", "two\nlines"]),
        (5, ["Martin", ""]),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+33 1 23 45", "-5", "@here", "\tx"])
def test_what_our_exports_guard_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(f"'{cell}") == cell
    assert unguarded("'t Hof") == "'t Hof"


def test_a_workbook_reads_as_people_would_type_it() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Clients")
        sheet.write_row(0, 0, ["Nom", "CP", "Depuis", "Taux", "Actif"])
        sheet.write_row(1, 0, ["Durand", 75001])
        sheet.write_datetime(1, 2, date(2026, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(1, 3, [12.5, True])
    found = rows(out.getvalue(), "xlsx", Manner(sheet="Clients"))
    assert found[1].cells == ["Durand", "75001", "2026-03-31", "12.5", "1"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-", "Choose a CSV, TXT or XLSX file."),
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b" \n\n , \n", "The file is empty."),
        ("a.csv", b"PK\x00\x01", "The file is not what its name says: open it and save it again."),
        ("a.xlsx", b"PK\x03\x04rest", "This is not a workbook that can be read: save it again as XLSX."),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    desk: Desk, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        desk.upload(content, name)
    assert refused.value.errors == {"file": [sentence]}
    assert Import.objects.count() == 0


def test_columns_are_matched_by_name_in_french_and_english(desk: Desk) -> None:
    run = desk.upload(
        "Raison sociale;Prénom;Nom;Courriel;E-mail 2;N° TVA;Zip code;Pays;Rien\n" + ";".join("abcdefghi")
    )
    assert run.mapping == {
        "0": "client.name",
        "1": "contact.first_name",
        "2": "contact.last_name",
        "3": "contact.email",
        "4": "contact.email",
        "5": "client.vat_number",
        "6": "client.postal_code",
        "7": "client.country_id",
    }
    assert (run.has_header, run.total, run.delimiter, run.decimal) == (True, 1, ";", ",")


def test_a_file_without_headings_is_known_as_one(desk: Desk) -> None:
    run = desk.upload("Durand,durand@example.com\nMartin,martin@example.com\n")
    assert (run.has_header, run.mapping, run.total) == (False, {}, 2)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1 234,56", ",", "1234.56"),
        ("1\u202f234,56 €", ",", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("$1’234.50", ".", "1234.50"),
        ("(12,50)", ",", "-12.50"),
        ("20 %", ",", "20"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(cell: str, decimal: str, value: str) -> None:
    assert cells.amount(cell, Notation(decimal)) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "order", "value"),
    [
        ("31/03/2026", "dmy", date(2026, 3, 31)),
        ("3/31/2026", "mdy", date(2026, 3, 31)),
        ("2026-03-31", "dmy", date(2026, 3, 31)),
        ("31.3.26", "dmy", date(2026, 3, 31)),
    ],
)
def test_days_are_read_in_their_order(cell: str, order: str, value: date) -> None:
    assert cells.day(cell, Notation(",", order)) == value


@pytest.mark.parametrize("cell", ["31/02/2026", "demain", "12"])
def test_what_is_no_day_is_said(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        cells.day(cell, Notation())

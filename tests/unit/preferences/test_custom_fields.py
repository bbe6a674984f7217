from __future__ import annotations

import pytest

from comptoir.preferences.custom_fields import CustomField, FieldKind, custom_fields, label

DEFINITIONS = {
    "client1": "Colour|single_line_text",
    "client2": "Loyal|switch",
    "client3": "Since|date",
    "client4": "Size|S, M,,L",
    "contact1": "Room",
    "contact2": "|switch",
    "contact3": None,
    "invoice1": "Site|multi_line_text",
    "expense2": "Code|dropdown",
}


def field(kind: str, place: int) -> CustomField:
    return next(field for field in custom_fields(DEFINITIONS, kind) if field.place == place)


def test_named_fields_have_a_label_a_kind_and_a_column() -> None:
    fields = custom_fields(DEFINITIONS, "client")
    assert [(f.label, f.kind, f.name) for f in fields] == [
        ("Colour", FieldKind.LINE, "custom_value1"),
        ("Loyal", FieldKind.SWITCH, "custom_value2"),
        ("Since", FieldKind.DATE, "custom_value3"),
        ("Size", FieldKind.CHOICE, "custom_value4"),
    ]
    assert fields[3].options == ("S", "M", "L")


def test_a_field_without_a_label_is_nowhere() -> None:
    assert [f.key for f in custom_fields(DEFINITIONS, "contact")] == ["contact1"]
    assert label(DEFINITIONS, "contact", 2) == ""
    assert custom_fields({}, "client") == ()


@pytest.mark.parametrize("kind", ["quote", "credit", "recurring_invoice", "invoice"])
def test_documents_share_the_fields_of_invoices(kind: str) -> None:
    assert label(DEFINITIONS, kind, 1) == "Site"


def test_the_word_dropdown_is_an_option_like_another() -> None:
    assert field("recurring_expense", 2).options == ("dropdown",)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [("yes", "Oui", "Yes"), ("true", "Oui", "Yes"), ("1", "Oui", "Yes"), ("no", "Non", "No"), ("", "", "")],
)
def test_a_switch_reads_yes_or_no_in_the_readers_language(value: str, french: str, english: str) -> None:
    assert field("client", 2).display(value, "fr") == french
    assert field("client", 2).display(value, "en") == english


def test_a_date_is_written_in_the_readers_form() -> None:
    assert field("client", 3).display("2026-03-02", "fr", "d/m/Y") == "02/03/2026"
    assert field("client", 3).display("2026-03-02", "fr") == "2 mars 2026"


def test_a_value_of_a_former_type_is_kept_as_it_was() -> None:
    assert field("client", 2).display("perhaps", "fr") == "perhaps"
    assert field("client", 3).display("in spring", "fr") == "in spring"


def test_other_texts_are_shown_as_they_are() -> None:
    assert field("client", 4).display("M", "fr") == "M"
    assert field("client", 1).display("<b>", "fr") == "<b>"

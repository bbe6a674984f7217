"""What a company may keep as a design of its own, and what it is told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.designs import operations
from comptoir.designs.looks import CLEAN, Own, look
from comptoir.designs.models import Design
from comptoir.designs.starting import starter
from comptoir.kernel.refused import Refused, WrongState
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.factories import account_with_company, actor, user

ON = date(2026, 11, 24)


@pytest.fixture
def home(db: None) -> Iterator[Company]:
    company = account_with_company()
    with acting_for(company):
        yield company


@pytest.fixture
def by(home: Company) -> Any:
    return {"by": actor(user(home, is_owner=True)), "on": ON}


def make(by: Any, name: str = "Ours", **parts: str) -> Design:
    return operations.create_design({"name": name, "parts": {"body": "$number", **parts}}, **by)


def test_a_design_has_every_part_and_a_key_beside_the_built_in_ones(by: Any) -> None:
    made = make(by, header="<h1>$entity</h1>")
    assert made.pk > 1000
    assert made.parts == {
        "includes": "",
        "header": "<h1>$entity</h1>",
        "body": "$number",
        "product": "",
        "task": "",
        "footer": "",
    }


def test_parts_that_are_not_sent_stay(by: Any) -> None:
    made = make(by, header="H")
    operations.update_design(made, {"parts": {"footer": "F"}}, **by)
    made.refresh_from_db()
    assert (made.parts["header"], made.parts["body"], made.parts["footer"]) == ("H", "$number", "F")
    told = Activity.objects.latest("pk")
    assert told.changes == {"design": ["", "footer"]} or told.changes["design"][1] == "footer"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": " "}, "name", "Give the design a name."),
        ({"name": "clean"}, "name", "A built-in design has this name."),
        ({"name": "taken"}, "name", "A design of this name exists already."),
        ({"parts": {}}, "design.body", "The body is empty: nothing would be printed."),
        ({"parts": {"body": "  "}}, "design.body", "The body is empty: nothing would be printed."),
        ({"parts": {"body": 5}}, "design.body", "This part of a design is a text."),
        ({"parts": {"body": "x", "css": ""}}, "design.css", "A design has no such part."),
        (
            {"parts": {"body": "a\nb\n{% for x in y %}"}},
            "design.body",
            "Line 3: programmed sections ({%) are not run. Use $names and repeated rows.",
        ),
        (
            {"parts": {"body": "x", "footer": "<ninja>x</ninja>"}},
            "design.footer",
            "Line 1: programmed sections (<ninja) are not run. Use $names and repeated rows.",
        ),
        (
            {"parts": {"body": "x" * 262_145}},
            "design.body",
            "This part is too long; 256 kB are enough for a design.",
        ),
        ({"entities": "invoice,toaster"}, "entities", "“toaster” is nothing that is printed."),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(
    by: Any, fields: dict[str, Any], field: str, sentence: str
) -> None:
    make(by, "Taken")
    with pytest.raises(Refused) as refusal:
        operations.create_design({"name": "New", "parts": {"body": "x"}, **fields}, **by)
    assert {key: [str(text) for text in texts] for key, texts in refusal.value.errors.items()} == {
        field: [sentence]
    }
    assert list(Design.objects.values_list("name", flat=True)) == ["Taken"]


def test_a_refused_change_changes_nothing(by: Any) -> None:
    made = make(by)
    with pytest.raises(Refused):
        operations.update_design(made, {"name": "Other", "parts": {"body": ""}}, **by)
    made.refresh_from_db()
    assert (made.name, made.parts["body"]) == ("Ours", "$number")


def test_a_name_is_free_again_after_deleting_and_asked_for_at_restoring(by: Any) -> None:
    first = make(by)
    operations.delete(first, **by)
    make(by)
    with pytest.raises(Refused) as refusal:
        operations.restore(first, **by)
    assert list(refusal.value.errors) == ["name"]
    first.refresh_from_db()
    assert first.is_deleted


def test_a_deleted_design_is_not_edited(by: Any) -> None:
    made = make(by)
    operations.delete(made, **by)
    with pytest.raises(WrongState):
        operations.update_design(made, {"name": "Other"}, **by)


def test_documents_find_their_design_and_clean_stands_in_for_a_deleted_one(by: Any) -> None:
    made = make(by)
    assert look(made.pk) == Own(made.parts)
    operations.archive(made, **by)
    assert look(made.pk) == Own(made.parts)
    operations.delete(made, **by)
    assert look(made.pk) == CLEAN


def test_nobody_prints_with_the_design_of_another_company(by: Any) -> None:
    made = make(by)
    with acting_for(account_with_company("Other")):
        assert look(made.pk) == CLEAN


def test_the_starter_may_be_kept(by: Any) -> None:
    made = operations.create_design({"name": "Letter", "parts": starter()}, **by)
    assert made.parts == starter()

"""A company's own designs in the settings: written, looked at, chosen, exported and imported."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.designs.models import Design
from comptoir.designs.starting import starter
from comptoir.kernel import ids

from . import papers
from .conftest import Office
from .reading import faults, text, toasts

AT = "/settings/designs/own"


def sent(name: str = "Letter", **parts: str) -> dict[str, str]:
    return {"name": name, **{f"design.{part}": text for part, text in {"body": "$number", **parts}.items()}}


def kept(office: Office, name: str = "Letter", **parts: str) -> str:
    office.browser().post(f"{AT}/new", sent(name, **parts))
    return ids.encode(Design.objects.get(name=name).pk)


def test_a_new_design_begins_as_a_letter_that_prints(office: Office) -> None:
    answer = office.browser().get(f"{AT}/new")
    assert answer.context["form"].values["design.body"] == starter()["body"]
    offered = dict(json.loads(answer.context["names"]))
    assert offered["client.name"] == "Name of the client"
    assert offered["product_table"] == "Part of the page"


def test_it_is_saved_and_changed(office: Office) -> None:
    key = kept(office, header="<h1>$entity</h1>")
    office.browser().post(f"{AT}/{key}/edit", sent("Renamed", body="$total\r\n$number"))
    design = Design.objects.get()
    assert (design.name, design.parts["body"], design.parts["header"]) == ("Renamed", "$total\n$number", "")
    assert "Renamed" in text(office.browser().get(AT))


def test_a_fault_keeps_what_was_typed(office: Office) -> None:
    answer = office.browser().post(f"{AT}/new", sent("Clean", body="a {% x %}"))
    assert answer.status_code == 422
    assert faults(answer) == {
        "design.body": ["Line 1: programmed sections ({%) are not run. Use $names and repeated rows."]
    }
    assert answer.context["form"].values["design.body"] == "a {% x %}"
    assert not Design.objects.exists()


def test_the_preview_is_a_picture_and_a_fault_a_sentence(office: Office) -> None:
    drawn = office.browser().post(f"{AT}/paper", sent(body="<h1>$entity</h1> $product_table"))
    assert (drawn.status_code, drawn.headers["Content-Type"], drawn.content[:4]) == (
        200,
        "image/webp",
        b"RIFF",
    )
    refused = office.browser().post(f"{AT}/paper", sent(body=" "))
    assert refused.status_code == 422
    assert "The body is empty: nothing would be printed." in refused.content.decode()


def test_remarks_say_what_is_in_vain_and_where(office: Office) -> None:
    body = "<div>\n$client.nom $clint.name\n<script>x</script><img src='https://x.example/a.png'>"
    said = text(office.browser().post(f"{AT}/remarks", sent(body=body, product="</b>")))
    for sentence in (
        "Body, line 2: “$clint.name” is no name that a document fills in.",
        "Body, line 3: <script> does nothing on paper and is taken out.",
        "Body, line 3: Nothing is fetched from the net; put pictures in as data: addresses",
        "Body, line 1: <div> is opened here and never closed.",
        "Product table, line 1: </b> closes nothing.",
    ):
        assert sentence in said
    assert "$client.nom" not in said
    clean = {f"design.{part}": words for part, words in starter().items()}
    assert text(office.browser().post(f"{AT}/remarks", {"name": "x", **clean})) == ""


def test_it_is_archived_restored_and_deleted(office: Office) -> None:
    key = kept(office)
    for verb, archived, deleted in (
        ("archive", True, False),
        ("restore", False, False),
        ("delete", True, True),
    ):
        office.browser().post(f"{AT}/{key}/{verb}")
        design = Design.objects.get()
        assert (design.is_archived, design.is_deleted) == (archived, deleted)
    assert "Letter" not in text(office.browser().get(AT))


def test_documents_may_be_given_it(office: Office) -> None:
    key = kept(office)
    page = office.browser().get("/settings/designs").content.decode()
    assert f'<option value="{key}"' in page
    office.browser().post("/settings/designs", {"invoice_design_id": key})
    assert office.company.settings["invoice_design_id"] == key


def test_what_is_exported_can_be_imported(office: Office) -> None:
    key = kept(office, header="<h1>É</h1>")
    answer = office.browser().get(f"{AT}/{key}/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Letter.json"'
    assert json.loads(answer.content)["design"]["header"] == "<h1>É</h1>"
    file = SimpleUploadedFile("Letter.json", answer.content, "application/json")
    office.browser().post(f"{AT}/import", {"file": file})
    copy = Design.objects.get(name="Letter 2")
    assert copy.parts == Design.objects.get(name="Letter").parts


@pytest.mark.parametrize(
    "written",
    [
        {"name": "Other", "design": {"body": "$total", "header": None}},
        {"data": {"name": "Other", "design": {"body": "$total"}}},
        [{"name": "Other", "design": {"body": "$total"}}],
        {"name": "Other", "design": json.dumps({"body": "$total"})},
    ],
)
def test_designs_of_other_programs_are_understood(office: Office, written: Any) -> None:
    office.browser().post(f"{AT}/import", {"text": json.dumps(written)})
    design = Design.objects.get()
    assert (design.name, design.parts["body"], design.parts["header"]) == ("Other", "$total", "")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Choose a file, or paste its text."),
        ("{\n nonsense", "This is not JSON: line 2 cannot be read."),
        ("[]", "There is no design in it: a “design” with a “body” is looked for."),
        ('{"design": {"body": ""}}', "The body is empty: nothing would be printed."),
    ],
)
def test_a_file_that_is_no_design_is_told_so(office: Office, written: str, sentence: str) -> None:
    answer = office.browser().post(f"{AT}/import", {"text": written})
    assert (answer.status_code, faults(answer)) == (422, {"text": [sentence]})
    assert not Design.objects.exists()


def test_a_picture_is_no_design(office: Office) -> None:
    file = SimpleUploadedFile("x.json", b"\x89PNG\xff\xfe")
    answer = office.browser().post(f"{AT}/import", {"file": file})
    assert faults(answer) == {"text": ["This file is no text."]}


def test_who_may_not_change_the_company_sees_none_of_it(office: Office) -> None:
    key = kept(office)
    carol = office.browser(office.carol)
    for address in (AT, f"{AT}/new", f"{AT}/{key}/edit", f"{AT}/{key}/export", f"{AT}/import"):
        assert carol.get(address).status_code == 403
    for address in (f"{AT}/paper", f"{AT}/remarks", f"{AT}/{key}/delete"):
        assert carol.post(address, sent()).status_code == 403
    assert office.browser(office.dora).get(f"{AT}/{key}/edit").status_code == 404
    assert not Design.objects.get().is_deleted


def test_saving_says_so(office: Office) -> None:
    answer = office.browser().post(f"{AT}/new", sent(), follow=True)
    assert toasts(answer) == ["The design is saved."]


def test_fields_and_columns_are_called_what_documents_call_them(office: Office) -> None:
    parts = {part.name: part for part in office.browser().get("/settings/designs").context["parts"]}
    columns = parts["pdf_variables.product_columns"].options
    assert [choice.label for choice in columns][:3] == ["Item", "Description", "Unit price"]
    fields = {choice.value: choice.label for choice in parts["pdf_variables.client_details"].options}
    assert fields["$client.name"] == "Name of the client"
    details = {choice.value: choice.label for choice in parts["pdf_variables.invoice_details"].options}
    assert details["$invoice.number"] == "Invoice number"
    notes = parts["pdf_variables.delivery_note_columns"]
    assert notes.chosen == ["$product.item", "$product.description", "$product.quantity"]


@pytest.mark.parametrize(
    "shown", ["invoice", "quote", "credit", "delivery_note", "receipt", "statement", "?"]
)
def test_the_preview_shows_each_kind_of_paper(office: Office, shown: str) -> None:
    said = {"shown": shown, "statement_design_id": "", "primary_color": "#0f766e"}
    if shown in ("receipt", "statement"):
        empty = office.browser().post("/settings/designs/paper", said)
        assert (empty.status_code, " yet to show a " in empty.content.decode()) == (422, True)
    invoice = papers.invoice(office.alice, office.client)
    papers.payment(office.alice, office.client, "40", of=invoice)
    drawn = office.browser().post("/settings/designs/paper", said)
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/webp")


def test_papers_without_a_design_of_their_own_look_like_invoices(office: Office) -> None:
    page = text(office.browser().get("/settings/designs"))
    for label in ("Statement design", "Delivery note design", "Receipt design"):
        assert page.partition(label)[2].strip().startswith("As invoices")
    assert "Preview Invoice Quote Credit Delivery note Receipt Statement" in page

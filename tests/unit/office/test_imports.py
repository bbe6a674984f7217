"""The pages of imports: every step by form, refusals at the field, and only for whom it concerns (S4)."""

from __future__ import annotations

import html
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.catalogue.models import Product
from comptoir.clients.models import Client
from comptoir.insight.imports.models import Import, SavedMapping
from comptoir.kernel import ids

from .conftest import Office

TEXT = "Nom;Ville;Courriel\nDurand;Lyon;a@example.com\nBistro;Paris;\nFaux;;nobody\n"


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(browser: Browser, content: bytes = TEXT.encode(), name: str = "clients.csv") -> Any:
    return browser.post("/imports", {"entity": "client", "file": SimpleUploadedFile(name, content)})


def uploaded(office: Office, browser: Browser) -> str:
    """The address of a file's page."""
    assert upload(browser).status_code == 302
    return f"/imports/{ids.encode(Import.objects.latest('pk').pk)}"


def form(**more: str) -> dict[str, str]:
    columns = {"column.0": "client.name", "column.1": "client.city", "column.2": "contact.email"}
    keys = {f"by.{name}": "1" for name in ("number", "id_number", "vat_number", "email", "name")}
    return {**columns, **keys, "duplicates": "skip", "decimal": ",", "day_order": "dmy", **more}


def run_jobs() -> None:
    jobs.discover()
    for job in Job.objects.filter(name="imports.run", state="queued"):
        worker.perform(job)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_file_goes_from_upload_to_report(office: Office) -> None:
    browser = office.browser()
    at = uploaded(office, browser)
    shown = text(browser.get(at))
    assert "Which column is what" in shown
    assert "Durand" in shown
    assert "Lyon" in shown
    assert browser.post(f"{at}/start", form(do="check")).headers["Location"] == at
    assert "Checking the rows" in text(browser.get(at))
    run_jobs()
    shown = text(browser.get(at))
    assert "Would be created" in shown
    assert "Contact e-mail: This is not an e-mail address." in shown
    assert Client.objects.count() == 1
    browser.post(f"{at}/start", form(do="import"))
    assert "Importing the rows" in text(browser.get(at))
    assert 'value="0" max="3"' in text(browser.get(f"{at}/progress"))
    run_jobs()
    assert browser.get(f"{at}/progress", headers={"hx-request": "true"}).headers["HX-Redirect"] == at
    shown = text(browser.get(at))
    assert "Contact e-mail: This is not an e-mail address." in shown
    assert sorted(Client.objects.values_list("name", flat=True)) == ["Bistro", "Durand"]
    left_out = text(browser.get(f"{at}?outcome=skipped"))
    assert "There is such a client already, by its name: Bistro." in left_out
    made = Client.objects.get(name="Durand")
    assert f"/clients/{ids.encode(made.pk)}" in text(browser.get(f"{at}?outcome=made"))


def test_the_rows_to_correct_come_as_a_file(office: Office) -> None:
    browser = office.browser()
    at = uploaded(office, browser)
    browser.post(f"{at}/start", form(do="import"))
    run_jobs()
    answer = browser.get(f"{at}/corrections")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="clients-corrections.csv"'
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Client name;City;Contact e-mail;Row;Reason",
        "Bistro;Paris;;3;Client name: There is such a client already, by its name: Bistro.",
        "Faux;;nobody;4;Contact e-mail: This is not an e-mail address.",
    ]


def test_the_file_is_read_again_in_another_way(office: Office) -> None:
    browser = office.browser()
    upload(browser, "Nom;Ville\nCafé;Nîmes\n".encode("cp1252"))
    run = Import.objects.get()
    at = f"/imports/{ids.encode(run.pk)}"
    assert run.encoding == "cp1252"
    browser.post(f"{at}/read", {"encoding": "mac_roman", "delimiter": ";", "has_header": "1"})
    assert "CafÈ" in text(browser.get(at))
    browser.post(f"{at}/read", {"encoding": "cp1252", "delimiter": ",", "has_header": ""})
    run.refresh_from_db()
    assert (run.encoding, run.delimiter, run.has_header, run.total, run.mapping) == (
        "cp1252",
        ",",
        False,
        2,
        {},
    )
    browser.post(f"{at}/read", {"encoding": "utf-8", "delimiter": ";", "has_header": "1"})
    run.refresh_from_db()
    assert run.encoding == "cp1252"


def test_faults_stand_at_their_input_and_nothing_begins(office: Office) -> None:
    browser = office.browser()
    at = uploaded(office, browser)
    answer = browser.post(f"{at}/start", form(do="import", **{"column.1": "client.name"}))
    assert answer.status_code == 422
    assert "“Client name” is chosen twice." in text(answer)
    answer = browser.post(f"{at}/start", form(do="import", **{"column.0": "", "column.2": ""}))
    assert "Say which column holds the client’s name" in text(answer)
    assert (Import.objects.get().state, Job.objects.filter(name="imports.run").count()) == ("uploaded", 0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7", "Choose a CSV, TXT or XLSX file."),
        ("a.csv", b"", "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused(
    office: Office, name: str, content: bytes, sentence: str
) -> None:
    answer = upload(office.browser(), content, name)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Import.objects.count() == 0


def test_columns_are_kept_used_and_forgotten(office: Office) -> None:
    browser = office.browser()
    at = uploaded(office, browser)
    browser.post(f"{at}/start", form(do="check", mapping_name="My shop", **{"column.1": "client.state"}))
    saved = SavedMapping.objects.get()
    assert saved.headings[1] == ["Ville", "client.state"]
    at = uploaded(office, browser)
    assert "My shop" in text(browser.get(at))
    browser.post(f"{at}/mapping", {"saved": ids.encode(saved.pk)})
    assert Import.objects.latest("pk").mapping["1"] == "client.state"
    browser.post(f"{at}/mapping/forget", {"saved": ids.encode(saved.pk)})
    assert SavedMapping.objects.count() == 0


def test_an_import_is_stopped_resumed_and_removed(office: Office) -> None:
    browser = office.browser()
    at = uploaded(office, browser)
    browser.post(f"{at}/start", form(do="import"))
    browser.post(f"{at}/stop")
    run_jobs()
    assert "Stopped" in text(browser.get(at))
    browser.post(f"{at}/resume")
    run_jobs()
    assert Import.objects.get().counts()["made"] == 1
    assert browser.post(f"{at}/forget").headers["Location"] == "/imports"
    assert (Import.objects.count(), Client.objects.filter(name="Durand").count()) == (0, 1)


def test_others_imports_are_not_there(office: Office) -> None:
    at = uploaded(office, office.browser())
    for member in (office.carol, office.dora):
        assert office.browser(member).get(at).status_code == 404
    assert office.browser(office.carol).get("/imports").status_code == 200
    assert upload(office.browser(office.carol)).status_code == 403


def test_the_settings_lead_here(office: Office) -> None:
    assert 'href="/imports"' in text(office.browser().get("/settings"))


def test_products_take_the_same_road(office: Office) -> None:
    browser = office.browser()
    file = SimpleUploadedFile("p.csv", b"Produit;Prix HT\nLampe;12,50\n")
    at = browser.post("/imports", {"entity": "product", "file": file}).headers["Location"]
    assert "Which column is what" in text(browser.get(at))
    fields = {"column.0": "product.product_key", "column.1": "product.price", "by.product_key": "1"}
    browser.post(
        f"{at}/start", {**fields, "duplicates": "skip", "decimal": ",", "day_order": "dmy", "do": "import"}
    )
    run_jobs()
    shown = text(browser.get(at))
    assert 'href="/products"' in shown
    assert "Lampe" in shown
    assert Product.objects.get().price == Decimal("12.5")

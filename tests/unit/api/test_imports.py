"""Import of files at the API's door (contract rules 26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity import jobs, worker
from comptoir.activity.models import Job
from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.imports.models import Import
from comptoir.tenancy.scope import acting_for

from .conftest import Answer, Cast, Door

TEXT = "Name,Ville,Email,Rest\nImp,Rome,imp@example.com,x\nImp2,Oslo,imp2@example.com,y\n"
MAPPING = {"0": "client.name", "1": "client.city", "2": "contact.email", "3": ""}


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def uploaded(door: Door, part: str = "files[client]", text: str = TEXT) -> Answer:
    return door.upload(
        "preimport", {part: SimpleUploadedFile("c.csv", text.encode()), "import_type": "client"}
    )


def started(door: Door, key: str, **more: Any) -> Answer:
    body = {
        "hash": key,
        "import_type": "csv",
        "skip_header": True,
        "column_map": {"client": {"mapping": MAPPING}},
    }
    return door.post("import", {**body, **more})


def run_jobs() -> None:
    jobs.discover()
    for job in Job.objects.filter(name="imports.run", state="queued"):
        worker.perform(job)


def test_the_upload_answers_what_is_in_it(door: Door) -> None:
    body = uploaded(door).data
    seen = body["mappings"]["client"]
    assert len(body["hash"]) == 32
    assert seen["headers"] == [["Name", "Ville", "Email", "Rest"], ["Imp", "Rome", "imp@example.com", "x"]]
    assert (seen["available"]["0"], seen["available"]["11"], seen["available"]["32"]) == (
        "client.name",
        "client.city",
        "contact.email",
    )
    assert seen["hints"] == {"0": "0", "1": "11", "2": "32", "3": None}


def test_the_columns_stand_in_the_order_of_the_wire(door: Door) -> None:
    available = uploaded(door).data["mappings"]["client"]["available"]
    first = [available[str(n)] for n in range(38)]
    assert first[:5] == [
        "client.name", "client.user_id", "client.balance", "client.paid_to_date", "client.currency_id",
    ]  # fmt: skip
    assert first[-4:] == [f"contact.custom_value{n}" for n in range(1, 5)]
    assert len(set(available.values())) == len(available) == 50


def test_the_import_makes_clients_and_mails_what_failed(door: Door, cast: Cast) -> None:
    key = uploaded(door, text=TEXT + "Imp,Rome,,\n,,wrong,\n").data["hash"]
    answer = started(door, key)
    assert (answer.status, answer.data) == (
        200,
        {"message": "Your import has started, we'll send you an email once it completes."},
    )
    run_jobs()
    with acting_for(cast.company):
        made = Client.objects.filter(name__startswith="Imp").order_by("name")
        assert [(one.name, one.city, one.contacts.get().email) for one in made] == [
            ("Imp", "Rome", "imp@example.com"),
            ("Imp2", "Oslo", "imp2@example.com"),
        ]
        assert Import.objects.get().counts() == {
            "made": 2, "merged": 1, "updated": 0, "skipped": 0, "refused": 1,
        }  # fmt: skip
        mail = MailDelivery.objects.get(kind="import")
        assert mail.subject == "Your import is done: c.csv"
        assert "Row 5" in mail.text
        assert "2 created, 1 joined to another row, 1 refused" in mail.text


def test_a_name_that_exists_is_refused_as_apps_expect(door: Door, cast: Cast) -> None:
    door.post("clients", {"name": "IMP"})
    started(door, uploaded(door).data["hash"])
    run_jobs()
    with acting_for(cast.company):
        assert Client.objects.filter(name__istartswith="imp").count() == 2
        assert Import.objects.get().counts()["skipped"] == 1


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({}, "files", "The files field is required when hash is not present."),
        ({"hash": "x" * 32}, "hash", "There is no such upload any more: upload the file again."),
        ({"import_type": "zoho"}, "import_type", "Records of this kind cannot be imported from a file."),
    ],
)
def test_what_cannot_be_imported_is_said(door: Door, body: dict[str, str], field: str, sentence: str) -> None:
    found = door.post("import", body)
    assert (found.status, found.data["errors"]) == (422, {field: [sentence]})


def test_an_unknown_column_is_refused_and_nothing_begins(door: Door, cast: Cast) -> None:
    key = uploaded(door).data["hash"]
    found = started(door, key, column_map={"client": {"mapping": {"0": "client.name", "1": "client.rank"}}})
    assert (found.status, found.data["errors"]) == (
        422,
        {"column_map.client.mapping.1": ["There is no such column."]},
    )
    with acting_for(cast.company):
        assert Import.objects.get().state == Import.State.UPLOADED
    assert Job.objects.filter(name="imports.run").count() == 0


def test_other_records_and_files_are_refused_at_their_part(door: Door) -> None:
    found = uploaded(door, "files[spaceship]")
    assert (found.status, list(found.data["errors"])) == (422, ["files.spaceship"])
    assert uploaded(door, text="").data["errors"] == {"files.client": ["The file is empty."]}


def test_who_may_not_create_clients_may_not_import_them(carols: Door, door: Door) -> None:
    assert uploaded(carols).status in (401, 403)
    assert started(carols, uploaded(door).data["hash"]).status in (401, 403)


def test_another_companys_upload_does_not_exist(door: Door, doras: Door) -> None:
    assert started(doras, uploaded(door).data["hash"]).data["errors"] == {
        "hash": ["There is no such upload any more: upload the file again."]
    }


PAPERS = {
    "invoice": (
        "Invoice,Client,Product,Price,Paid\nINV-1,Acme,A,10,4\nINV-1,Acme,B,5.5,4\nINV-2,Acme,C,x,\n",
        ["invoice.number", "client.name", "item.product_key", "item.cost", "payment.amount"],
    ),
    "quote": ("Quote,Client,Price\nQ-1,Acme,7\n", ["quote.number", "client.name", "item.cost"]),
    "payment": ("Client,Amount\nAcme,3\n", ["payment.client_id", "payment.amount"]),
    "recurring_invoice": (
        "Client,Price,Every\nAcme,9,Monthly\n",
        ["client.name", "item.cost", "invoice.frequency_id"],
    ),
}


@pytest.mark.parametrize(
    ("kind", "first", "last", "count"),
    [
        ("invoice", ["invoice.number", "invoice.user_id", "invoice.amount"], "client.email", 55),
        ("quote", ["quote.number", "quote.user_id", "quote.amount"], "client.email", 55),
        ("payment", ["payment.number", "payment.user_id", "payment.amount"], "payment.method", 15),
        ("recurring_invoice", ["invoice.number", "invoice.user_id", "invoice.amount"], "client.email", 58),
    ],
)
def test_the_columns_of_documents_and_payments_stand_as_on_the_wire(
    door: Door, kind: str, first: list[str], last: str, count: int
) -> None:
    """Ours follow behind the wire's."""
    available = uploaded(door, f"files[{kind}]", PAPERS[kind][0]).data["mappings"][kind]["available"]
    names = [available[str(n)] for n in range(len(available))]
    assert (names[:3], names[count - 1]) == (first, last)
    assert len(set(names)) == len(names)


def test_files_of_several_kinds_come_in_one_after_the_other(door: Door, cast: Cast) -> None:
    files = {
        f"files[{kind}]": SimpleUploadedFile("f.csv", text.encode()) for kind, (text, _map) in PAPERS.items()
    }
    key = door.upload("preimport", {**files, "import_type": "csv"}).data["hash"]
    maps = {
        kind: {"mapping": {str(n): name for n, name in enumerate(names)}}
        for kind, (_text, names) in PAPERS.items()
    }
    assert started(door, key, column_map=maps).status == 200
    run_jobs()
    with acting_for(cast.company):
        found = {run.entity: (run.made, run.merged, run.refused) for run in Import.objects.all()}
        assert found == {
            "invoice": (1, 1, 1), "quote": (1, 0, 0), "payment": (1, 0, 0), "recurring_invoice": (1, 0, 0),
        }  # fmt: skip
        acme = Client.objects.get(name="Acme")
        assert (str(acme.balance), str(acme.paid_to_date)) == ("11.5", "7")
    one = door.get("invoices?number=INV-1").rows[0]
    assert (one["amount"], one["balance"], one["paid_to_date"], one["status_id"]) == (15.5, 11.5, 4, "3")


def test_each_file_wants_the_right_to_create_its_records(cast: Cast, carols: Door) -> None:
    """Carol may create products and nothing else."""
    assert uploaded(carols, "files[product]", "Product\nA\n").status == 200
    for kind, (text, _map) in PAPERS.items():
        assert uploaded(carols, f"files[{kind}]", text).status == 401

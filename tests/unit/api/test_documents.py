from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from comptoir.api.resources.clients import Clients
from comptoir.api.resources.documents import Documents, entity_of, link
from comptoir.api.resources.group_settings import GroupSettings
from comptoir.contract.dispatching import dispatch
from comptoir.contract.registries import Registry
from comptoir.files.models import File
from comptoir.kernel import ids
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.unit.contract.conftest import Door, Someone


@pytest.fixture
def who(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    company = factories.account_with_company()
    someone = Someone(company, actor=factories.actor(factories.user(company)))
    with acting_for(company):
        yield someone


@pytest.fixture
def api(who: Someone) -> Door:
    registry = Registry(statics=dict)
    registry.add(Clients, GroupSettings, Documents)
    return Door(who, registry)


def client_of(api: Door) -> str:
    return str(api.post("clients", {"name": "Doc"}).data["data"]["id"])


def upload(api: Door, path: str, *files: SimpleUploadedFile, **more: str) -> Any:
    data = {"_method": "PUT", "documents[]": list(files), **more}
    return api.send(api.factory.post(f"/api/v1/{path}/upload", data))


def note(name: str = "note.txt", content: bytes = b"hello") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def raw(api: Door, path: str) -> Any:
    """The answer with its bytes read, and its file closed."""
    request: HttpRequest = api.factory.get(f"/api/v1/{path}")
    answer: Any = dispatch(request, api.requester, api.registry)
    answer.read_bytes = b"".join(answer)
    for close in answer._resource_closers:  # answer.close() would close the database as well
        close()
    return answer


def test_an_upload_answers_the_client_with_its_documents(api: Door, who: Someone) -> None:
    client = client_of(api)
    answer = upload(api, f"clients/{client}", note(), note("b.txt"))
    first, second = answer.data["data"]["documents"]
    pk = ids.decode(first["id"]) or 0
    expected = {
        "user_id": ids.encode(who.actor.user_id or 0),
        "name": "note.txt",
        "type": "txt",
        "size": 5,
        "is_default": False,
        "is_deleted": False,
        "is_public": True,
        "project_id": "",
        "vendor_id": "",
        "hash": File.objects.get(pk=pk).key,
        "url": f"{house.BASE_URL}/api/v1/documents/{first['id']}/download",
        "link": f"/clients/{client}/edit",
    }
    assert {name: first[name] for name in expected} == expected
    assert second["name"] == "b.txt"
    assert [one["name"] for one in api.post(f"clients/{client}/documents").data["data"]] == [
        "note.txt",
        "b.txt",
    ]


def test_a_private_upload_is_private(api: Door) -> None:
    answer = upload(api, f"clients/{client_of(api)}", note(), is_public="false")
    assert answer.data["data"]["documents"][0]["is_public"] is False


def test_a_refused_upload_keeps_nothing(api: Door) -> None:
    answer = upload(api, f"clients/{client_of(api)}", note("bad.exe", b"MZ\0\1"))
    assert (answer.status_code, list(answer.data["errors"])) == (422, ["documents.0"])
    assert File.objects.count() == 0


def test_a_document_is_renamed_hidden_and_deleted(api: Door, who: Someone) -> None:
    document = upload(api, f"clients/{client_of(api)}", note()).data["data"]["documents"][0]["id"]
    body = {"name": "renamed.txt", "is_public": False}
    answer = api.put(f"documents/{document}", body)
    assert {name: answer.data["data"][name] for name in body} == body
    who.password = False
    assert api.delete(f"documents/{document}").status_code == 412
    who.password = True
    assert api.delete(f"documents/{document}").data == {"message": "Success"}
    assert api.get(f"documents/{document}").status_code == 400
    assert File.objects.count() == 0


def test_a_download_is_an_attachment(api: Door, who: Someone) -> None:
    document = upload(api, f"clients/{client_of(api)}", note()).data["data"]["documents"][0]["id"]
    answer = raw(api, f"documents/{document}/download")
    assert answer.read_bytes == b"hello"
    assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert raw(api, "documents/AAAAAAAAAA/download").status_code == 400
    who.may = lambda verb, entity, row=None: entity == "client"  # type: ignore[method-assign]
    assert raw(api, f"documents/{document}/download").read_bytes == b"hello"
    who.may = lambda verb, entity, row=None: False  # type: ignore[method-assign]
    assert raw(api, f"documents/{document}/download").status_code == 401


def test_several_come_in_one_archive(api: Door) -> None:
    found = upload(api, f"clients/{client_of(api)}", note(), note("b.txt", b"b")).data["data"]["documents"]
    body = {"action": "download", "ids": [one["id"] for one in found]}
    request = api.factory.post("/api/v1/documents/bulk", body, content_type="application/json")
    answer = dispatch(request, api.requester, api.registry)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    assert archive.namelist() == ["note.txt", "b.txt"]


def test_lists_of_documents_are_narrowed(api: Door) -> None:
    client = client_of(api)
    upload(api, f"clients/{client}", note(), is_public="false")
    upload(api, f"clients/{client_of(api)}", note("other.csv"))
    group = api.post("group_settings", {"name": "G"}).data["data"]["id"]
    upload(api, f"group_settings/{group}", note("group.txt"))

    def names(query: str) -> list[str]:
        return [one["name"] for one in api.get(f"documents?{query}").data["data"]]

    assert names(f"client_id={client}") == ["note.txt"]
    assert names("type=private") == ["note.txt"]
    assert names("type=public&sort=name|asc") == ["group.txt", "other.csv"]
    assert names("filter=oth") == ["other.csv"]
    assert names("company_documents=true") == []
    assert names("type=pdf,image") == []


@pytest.mark.parametrize(
    ("kind", "word", "page"),
    [
        ("client", "client", "/clients/VolejRejNm/edit"),
        ("recurringinvoice", "recurring_invoice", "/recurring_invoices/VolejRejNm/edit"),
        ("group", "group_setting", "/settings/group_settings/VolejRejNm/edit"),
        ("company", "company", ""),
    ],
)
def test_the_right_to_a_file_is_the_right_to_its_record_and_leads_to_it(
    kind: str, word: str, page: str
) -> None:
    assert (entity_of(kind), link(kind, 1)) == (word, page)

"""Rows S29 to S35: files of a client, who may open them, and where they lie."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.delivery.mail.attachments import made
from comptoir.delivery.mail.models import MailDelivery
from comptoir.files.models import File
from comptoir.kernel import ids

from .conftest import House, member, portal, text

PDF = b"%PDF-1.4 contract"
HASHED = re.compile(r"[0-9a-f]{32}/[0-9a-f]{32}/[0-9a-f]{40}\.pdf")


def file(name: str = "contract.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(house: House, client: Client, *files: SimpleUploadedFile, public: bool = True) -> Any:
    sent = {"documents": list(files), "is_public": "1" if public else ""}
    return house.office.post(f"/clients/{ids.encode(client.pk)}/upload", sent, follow=True)


def documents(house: House, client: Client) -> Any:
    return house.office.get(f"/clients/{ids.encode(client.pk)}/tab/documents")


def label(page: Any) -> str:
    (tab,) = (tab for tab in page.context["tabs"] if tab.label == "Documents")
    return f"{tab.label} ({tab.count})"


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_s29_several_files_are_added_counted_and_told(house: House) -> None:
    client = house.client(name="Bistro")
    page = upload(house, client, file("a.pdf"), file("b.pdf"), file("c.pdf"))
    assert label(page) == "Documents (3)"
    assert "3 files added." in text(page)
    told = Activity.objects.filter(client_id=client.pk).latest("pk")
    assert told.fact == "ClientFilesAttached"


def test_s29_the_form_takes_many_files_dropped_or_photographed(house: House) -> None:
    body = documents(house, house.client(name="Bistro")).content.decode()
    box = re.search(r'<input[^>]*type="file"[^>]*>', body)
    assert box
    assert "multiple" in box[0]
    assert 'name="documents"' in box[0]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("tool.exe", b"MZ", "exe"),
        ("empty.pdf", b"", "empty"),
        ("fake.pdf", b"<html></html>", "pdf"),
    ],
)
def test_s29_what_cannot_be_kept_is_refused_in_words(
    house: House, name: str, given: bytes, said: str
) -> None:
    client = house.client(name="Bistro")
    page = upload(house, client, file("good.pdf"), file(name, given))
    assert said in text(page).lower()
    assert File.objects.count() == 0


def test_s29_a_program_uploads_too(house: House) -> None:
    client = house.client(name="Bistro")
    browser = Browser(headers={"X-API-TOKEN": house.api.token, "X-Requested-With": "XMLHttpRequest"})
    sent = {"_method": "PUT", "documents[]": [file()]}
    answer = browser.post(f"/api/v1/clients/{ids.encode(client.pk)}/upload", sent)
    assert answer.status_code == 200
    assert [one["name"] for one in house.shown(client)["documents"]] == ["contract.pdf"]


def test_s30_the_list_tells_all_of_a_file_and_names_the_record_it_came_with(house: House) -> None:
    client = house.client(name="Bistro")
    upload(house, client, file(content=PDF * 100))
    invoice = house.invoice(client)
    house.office.post(f"/invoices/{invoice['id']}/upload", {"documents": [file("plan.pdf")]})
    page = documents(house, client)
    said = text(page)
    for word in (
        "contract.pdf",
        "1.7 KB",
        "Alice Martin",
        "Visible",
        "plan.pdf",
        "Private",
        invoice["number"],
    ):
        assert word in said, word
    assert f'href="/invoices/{invoice["id"]}"' in page.content.decode()
    assert label(page) == "Documents (2)"


def test_s30_a_file_is_opened_renamed_hidden_zipped_and_deleted(house: House) -> None:
    client = house.client(name="Bistro")
    upload(house, client, file("a.pdf"), file("b.pdf", PDF + b"2"))
    a, b = (shown["url"] for shown in reversed(documents(house, client).context["files"]))
    assert content(house.office.get(a)) == PDF
    house.office.post(f"{a}/rename", {"name": "terms"})
    house.office.post(f"{b}/visibility")
    assert [(one.name, one.is_public) for one in File.objects.order_by("pk")] == [
        ("terms.pdf", True),
        ("b.pdf", False),
    ]
    archive = house.office.get(documents(house, client).context["zip_url"])
    with zipfile.ZipFile(io.BytesIO(content(archive))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == {
            "terms.pdf": PDF,
            "b.pdf": PDF + b"2",
        }
    assert house.office.post(f"{a}/delete", {"password": "wrong"}).status_code == 422
    assert File.objects.live().count() == 2
    house.office.post(f"{a}/delete", {"password": "correct horse battery"})
    assert [one.name for one in File.objects.live()] == ["b.pdf"]


def test_s31_whoever_may_see_the_client_opens_its_files_and_nobody_else(house: House) -> None:
    client = house.client(name="Bistro")
    upload(house, client, file())
    url = documents(house, client).context["files"][0]["url"]
    assert content(member(house, "view_client", "carol").get(url)) == PDF
    assert member(house, "view_product", "dave").get(url).status_code == 403
    assert Browser().get(url).status_code == 302


def test_s32_the_portal_lists_public_files_and_never_private_or_foreign_ones(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}])
    other = house.client(name="Other", contacts=[{"first_name": "Ben"}])
    upload(house, client, file("terms.pdf"))
    upload(house, client, file("margins.pdf"), public=False)
    upload(house, other, file("secret.pdf"))
    ann = portal(client.contacts.live().get())
    said = text(ann.get("/client/documents"))
    assert "terms.pdf" in said
    assert "margins.pdf" not in said
    assert "secret.pdf" not in said
    keys = {one.name: ids.encode(one.pk) for one in File.objects.all()}
    statuses = {}
    for name, key in keys.items():
        answer = ann.get(f"/client/documents/{key}/download")
        statuses[name] = answer.status_code
        content(answer)
    assert statuses == {"terms.pdf": 200, "margins.pdf": 404, "secret.pdf": 404}


def test_s33_a_contract_is_two_clicks_away(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}])
    upload(house, client, file())
    ann = portal(client.contacts.live().get())
    assert 'href="/client/documents"' in ann.get("/client/").content.decode()
    listed = ann.get("/client/documents").content.decode()
    shared = re.search(r'href="(/client/documents/[0-9A-Za-z]{10}/download)"', listed)
    assert shared
    opened = ann.get(shared[1])
    assert content(opened) == PDF
    assert opened["Content-Disposition"] == 'attachment; filename="contract.pdf"'


def test_s33_files_of_the_company_and_of_the_group_are_for_all_their_clients(house: House) -> None:
    group = house.group("Members")
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}], group_settings_id=group["id"])
    other = house.client(name="Other", contacts=[{"first_name": "Ben"}])
    browser = Browser(headers={"X-API-TOKEN": house.api.token, "X-Requested-With": "XMLHttpRequest"})
    for owner, name in (
        (f"companies/{ids.encode(house.company.pk)}", "terms.pdf"),
        (f"group_settings/{group['id']}", "perks.pdf"),
    ):
        sent = {"_method": "PUT", "documents[]": [file(name)]}
        assert browser.post(f"/api/v1/{owner}/upload", sent).status_code == 200
    names = [one["name"] for one in documents(house, client).context["files"]]
    assert names == ["perks.pdf", "terms.pdf"]
    carol = member(house, "view_client", "carol")
    for shown in documents(house, client).context["files"]:
        assert content(carol.get(shown["url"])) == PDF
        assert carol.post(f"{shown['url']}/visibility").status_code == 403
    said = text(portal(client.contacts.live().get()).get("/client/documents"))
    assert "terms.pdf" in said
    assert "perks.pdf" in said
    said = text(portal(other.contacts.live().get()).get("/client/documents"))
    assert "terms.pdf" in said
    assert "perks.pdf" not in said


def test_s33_files_go_along_with_mails_when_the_company_wishes(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"email": "ann@example.com", "send_email": True}])
    invoice = house.invoice(client)
    at = f"/invoices/{invoice['id']}/upload"
    house.office.post(at, {"documents": [file("plan.pdf")], "is_public": "1"})
    house.office.post(at, {"documents": [file("margins.pdf")]})
    asked = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"}
    house.api("POST", "emails", asked)
    house.wishes(document_email_attachment=True)
    house.api("POST", "emails", asked)
    first, second = MailDelivery.objects.order_by("pk")
    assert [one.name for one in made(first.attachments)] == []
    assert [(one.name, one.content) for one in made(second.attachments)] == [("plan.pdf", PDF)]


def test_s34_files_lie_in_the_storage_and_are_served_by_checked_addresses_alone(
    house: House, settings: Any
) -> None:
    client = house.client(name="Bistro")
    upload(house, client, file())
    path = File.objects.get().path
    assert (Path(settings.MEDIA_ROOT) / path).read_bytes() == PDF
    assert str(settings.MEDIA_ROOT).endswith("public/storage")
    assert str(settings.MEDIA_ROOT) in text(house.office.get("/settings/system"))
    for url in (f"/public/storage/{path}", f"/storage/{path}", f"/media/{path}", f"/{path}"):
        assert Browser().get(url).status_code == 404, url


def test_s35_folders_and_names_are_hashes_and_the_same_name_twice_is_two_files(house: House) -> None:
    client, other = house.client(name="Bistro"), house.client(name="Other")
    upload(house, client, file(), file())
    upload(house, other, file())
    paths = [one.path for one in File.objects.order_by("pk")]
    assert all(HASHED.fullmatch(path) for path in paths)
    assert len(set(paths)) == 3
    folders = [path.rsplit("/", 1)[0] for path in paths]
    assert folders[0] == folders[1] != folders[2]
    assert "contract" not in "".join(paths)


def test_s35_no_name_leaves_the_folder(house: House, settings: Any) -> None:
    client = house.client(name="Bistro")
    upload(house, client, file("../../../etc/passwd.pdf"))
    kept = File.objects.get()
    assert kept.name == "passwd.pdf"
    assert HASHED.fullmatch(kept.path)
    assert list(Path(settings.MEDIA_ROOT).rglob("passwd*")) == []

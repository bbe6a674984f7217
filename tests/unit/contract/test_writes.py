from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comptoir.clients.models import Client, Contact, Group, Location
from comptoir.kernel.ids import encode


@pytest.fixture
def ann(scope: Any) -> Client:
    return Client.objects.create(name="Ann", public_notes="", number="7")


def path(row: Any) -> str:
    return f"clients/{encode(row.pk)}"


def test_create_answers_the_whole_entity(door: Any, scope: Any) -> None:
    made = door.post(
        "clients", {"name": " Ann ", "credit_balance": "12.50", "contacts": [{"email": "a@b.co"}]}
    )
    assert made.status_code == 200
    assert made.data["data"]["name"] == "Ann"
    assert made.data["data"]["credit_balance"] == 12.5
    assert made.data["data"]["contacts"][0]["email"] == "a@b.co"
    assert door.get(f"clients/{made.data['data']['id']}").data == made.data
    assert door.get(f"clients/{made.data['data']['id']}/edit").data == made.data


def test_what_cannot_be_written_is_ignored(door: Any, scope: Any) -> None:
    made = door.post(
        "clients",
        {
            "id": encode(99),
            "balance": 5,
            "is_deleted": True,
            "entity_type": "x",
            "nosuch": 1,
            "company_id": encode(2),
        },
    )
    row = made.data["data"]
    assert (row["balance"], row["is_deleted"], row["entity_type"]) == (0, False, "client")
    assert Client.objects.get().company == scope


def test_an_update_touches_what_was_sent(door: Any, ann: Client) -> None:
    Contact.objects.create(client=ann, email="a@b.co", key_seed=1, key_digest="x")
    for method in ("PUT", "PATCH"):
        saved = door(method, path(ann), {"public_notes": method})
        assert saved.status_code == 200
        assert saved.data["data"]["public_notes"] == method
        assert (saved.data["data"]["name"], len(saved.data["data"]["contacts"])) == ("Ann", 1)


def test_an_optional_id_that_names_nothing_is_unset(door: Any, ann: Client, stranger: Any) -> None:
    gold = Group.objects.create(name="Gold")
    assert door.put(path(ann), {"group_settings_id": encode(gold.pk)}).data["data"][
        "group_settings_id"
    ] == encode(gold.pk)
    from comptoir.tenancy.scope import acting_for

    with acting_for(stranger("two")):
        theirs = Group.objects.create(name="Theirs")
    assert (
        door.put(path(ann), {"group_settings_id": encode(theirs.pk)}).data["data"]["group_settings_id"] == ""
    )


def test_a_deleted_record_is_not_edited(door: Any, ann: Client) -> None:
    Client.objects.update(deleted_at=timezone.now())
    refused = door.put(path(ann), {"name": "Bob"})
    assert refused.status_code == 400
    assert "Restore" in refused.data["message"]
    assert Client.objects.get().name == "Ann"
    assert door.get(path(ann)).data["data"]["is_deleted"] is True


def test_delete_answers_the_row(door: Any, ann: Client, scope: Any) -> None:
    gone = door.delete(path(ann)).data["data"]
    assert gone["is_deleted"] is True
    assert gone["archived_at"] > 1_700_000_000
    gold = Group.objects.create(name="Gold")
    archived = door.delete(f"group_settings/{encode(gold.pk)}").data["data"]
    assert (archived["is_deleted"], archived["archived_at"] > 0) == (False, True)


def test_a_blank_record_is_not_stored(door: Any, scope: Any) -> None:
    blank = door.get("clients/create")
    assert blank.data["data"]["id"] == ""
    assert (blank.data["data"]["country_id"], blank.data["data"]["contacts"]) == ("250", [])
    assert Client.objects.count() == 0


@pytest.mark.parametrize("sent", ["1", "TRUE", "yes", "", "false", "True"])
def test_a_flag_counts_only_as_the_string_true(door: Any, ann: Client, sent: str) -> None:
    assert door.put(f"{path(ann)}?praise={sent}", {}).data["data"]["public_notes"] == ""
    assert door.put(path(ann), {"praise": sent}).data["data"]["public_notes"] == ""


def test_flags_work_from_query_and_body_in_declared_order(door: Any, ann: Client) -> None:
    saved = door.put(f"{path(ann)}?amount_paid=12.5&praise=true&reference=+ok", {"public_notes": "a"})
    assert saved.data["data"]["public_notes"] == "a+praiseok"
    assert saved.data["data"]["paid_to_date"] == 12.5
    saved = door.put(path(ann), {"praise": "true", "amount_paid": 1})
    assert (saved.data["data"]["public_notes"], saved.data["data"]["paid_to_date"]) == (
        "a+praiseok+praise",
        13.5,
    )
    assert door.put(path(ann), {"praise": True}).data["data"]["public_notes"] == "a+praiseok+praise"


def test_a_wrong_figure_undoes_the_whole_save(door: Any, ann: Client) -> None:
    refused = door.put(f"{path(ann)}?amount_paid=abc", {"name": "Bob"})
    assert refused.data["errors"] == {"amount_paid": ["The amount paid must be a number."]}
    assert Client.objects.get().name == "Ann"


def test_a_stale_save_is_refused_only_with_if_match(door: Any, ann: Client) -> None:
    tag = door.get(path(ann)).headers["ETag"]
    saved = door.put(path(ann), {"name": "Bob"}, if_match=tag)
    assert saved.status_code == 200
    assert saved.headers["ETag"] != tag
    refused = door.put(path(ann), {"name": "Cyd"}, if_match=tag)
    assert refused.status_code == 409
    assert set(refused.data) == {"message"}
    assert Client.objects.get().name == "Bob"
    newest = saved.headers["ETag"]
    saved = door.put(path(ann), {"number": "8"}, if_match=f'"1", W/{newest}')
    assert saved.status_code == 200
    assert door.put(path(ann), {"number": "9"}, if_match="*").status_code == 200
    assert door.put(path(ann), {"number": "10"}, if_match=newest).status_code == 409
    assert door.put(path(ann), {"name": "Dan"}).status_code == 200


def test_forms_are_read_like_json(door: Any, scope: Any) -> None:
    request = door.factory.post(
        "/api/v1/clients",
        "name=Ann&contacts[0][email]=a@b.co&contacts[1][email]=c@b.co&settings[currency_id]=3&is_tax_exempt=1",
        content_type="application/x-www-form-urlencoded",
    )
    row = door.send(request).data["data"]
    assert [contact["email"] for contact in row["contacts"]] == ["a@b.co", "c@b.co"]
    assert (row["settings"], row["is_tax_exempt"]) == ({"currency_id": "3"}, True)


def send_form(door: Any, method: str, where: str, fields: dict[str, Any]) -> Any:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    body = encode_multipart(BOUNDARY, fields)
    return door.send(door.factory.generic(method, f"/api/v1/{where}", body, content_type=MULTIPART_CONTENT))


def file(name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF", content_type="application/pdf")


@pytest.mark.parametrize("part", ["documents[]", "documents", "file", "documents[0]"])
def test_files_come_with_a_create(door: Any, scope: Any, part: str) -> None:
    made = send_form(door, "POST", "clients", {"name": "Ann", part: file()})
    assert made.data["data"]["private_notes"] == "a.pdf public"


def test_files_come_by_post_with_a_method_or_by_put(door: Any, ann: Client) -> None:
    fields = {"_method": "PUT", "documents[]": [file(), file("b.pdf")], "is_public": "false"}
    saved = send_form(door, "POST", f"{path(ann)}/upload", fields)
    assert saved.data["data"]["private_notes"] == "a.pdf,b.pdf private"
    for method in ("PUT", "POST"):
        assert send_form(door, method, f"{path(ann)}/upload", {"file": file("c.pdf")}).data["data"][
            "private_notes"
        ] == ("c.pdf public")
    saved = send_form(
        door, "POST", path(ann), {"_method": "put", "name": "Bob", "documents[]": file("d.pdf")}
    )
    assert (saved.data["data"]["name"], saved.data["data"]["private_notes"]) == ("Bob", "d.pdf public")


def test_an_upload_wants_a_file(door: Any, ann: Client) -> None:
    refused = send_form(door, "POST", f"{path(ann)}/upload", {"_method": "PUT"})
    assert refused.data["errors"] == {"documents": ["The documents field is required."]}


def test_documents_in_json_are_ignored(door: Any, ann: Client) -> None:
    assert door.put(path(ann), {"documents": [], "name": "Bob"}).data["data"]["name"] == "Bob"


def test_only_known_verbs_override(door: Any, ann: Client) -> None:
    gone = send_form(door, "POST", path(ann), {"_method": "DELETE"})
    assert gone.data["data"]["is_deleted"] is True
    assert send_form(door, "POST", "clients", {"_method": "TRACE", "name": "B"}).status_code == 200


def test_two_children_may_not_share_what_is_distinct(door: Any, scope: Any) -> None:
    refused = door.post(
        "clients", {"contacts": [{"email": "a@b.co"}, {"email": " A@b.co"}, {"email": ""}, {}]}
    )
    assert refused.data["errors"] == {
        "contacts.1.email": ["The contacts.1.email field has a duplicate value."],
    }
    assert Client.objects.count() == 0


def test_nested_rows_are_a_list(door: Any, scope: Any) -> None:
    assert door.post("clients", {"contacts": "x"}).data["errors"] == {
        "contacts": ["The contacts must be an array."]
    }
    assert door.post("clients", {"contacts": None}).data["data"]["contacts"] == []
    assert door.post("clients", {"contacts": []}).data["data"]["contacts"] == []


def test_nul_characters_are_dropped_everywhere(door: Any, scope: Any) -> None:
    made = door.post("clients", '{"name": "a\\u0000b", "settings": {"x\\u0000": ["y\\u0000"]}}')
    assert (made.data["data"]["name"], made.data["data"]["settings"]) == ("ab", {"x": ["y"]})


def test_a_row_may_be_gone_for_good(door: Any, ann: Client) -> None:
    place = Location.objects.create(client=ann, name="Depot")
    gone = door.delete(f"places/{encode(place.pk)}")
    assert (gone.status_code, gone.data) == (200, {"message": "gone"})
    assert Location.objects.count() == 0


def test_what_is_not_declared_is_not_served(door: Any, ann: Client) -> None:
    place = Location.objects.create(client=ann, name="Depot")
    for method, path_ in (
        ("POST", "places"),
        ("PUT", f"places/{encode(place.pk)}"),
        ("GET", "places/create"),
    ):
        assert door(method, path_, {"name": "x"}).status_code in (400, 404)
    assert Location.objects.get().name == "Depot"


def test_a_form_may_be_put(door: Any, ann: Client) -> None:
    kind = "application/x-www-form-urlencoded"
    saved = door.send(door.factory.put(f"/api/v1/{path(ann)}", "name=Bob&number=", content_type=kind))
    assert (saved.data["data"]["name"], saved.data["data"]["number"]) == ("Bob", "")

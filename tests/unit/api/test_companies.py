"""The company on the wire: settings, switches, logo, and other companies (contract schemas.json company)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.api.resources.companies import Companies
from comptoir.api.resources.switches import INWARD
from comptoir.clients.models import Client, Group
from comptoir.people.founding import found_company
from comptoir.people.models import Membership
from comptoir.preferences.secrets import password_of
from comptoir.tenancy.models import Company
from comptoir.tenancy.switches import DEFAULTS

from .conftest import ON, PASSWORD, Cast, Door


def test_a_put_overlays_settings_and_switches(cast: Cast, door: Door) -> None:
    sent = {
        "settings": {"name": "New", "payment_terms": "30"},
        "update_products": False,
        "enabled_tax_rates": 2,
    }
    row = door.put(f"companies/{_id(door)}", sent).rows
    assert (row["settings"]["name"], row["settings"]["payment_terms"]) == ("New", "30")
    assert (row["update_products"], row["enabled_tax_rates"]) == (False, 2)
    row = door.put(f"companies/{_id(door)}", {"settings": {"payment_terms": "45"}}).rows
    assert (row["settings"]["name"], row["settings"]["payment_terms"]) == ("New", "45")
    assert row["update_products"] is False


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        (
            "qr_iban",
            "CH58 0079 1123 0008 8901 2",
            "This is not a QR-IBAN: it begins with CH or LI, and its bank number is 30000 to 31999.",
        ),
        ("besr_id", "01-1", "This number has at most 11 digits and nothing else."),
    ],
)
def test_the_numbers_of_a_swiss_bank_are_checked_and_nothing_moves(
    cast: Cast, door: Door, key: str, wrong: str, sentence: str
) -> None:
    before = Company.objects.get(pk=cast.company.pk).settings
    places = (
        ("PUT", f"companies/{_id(door)}", {}),
        ("POST", "group_settings", {"name": "Members"}),
        ("POST", "clients", {"name": "Pia"}),
    )
    for verb, path, fields in places:
        send = door.put if verb == "PUT" else door.post
        answer = send(path, {**fields, "settings": {key: wrong, "city": "Biel"}})
        assert answer.status == 422
        assert answer.data["errors"] == {"settings": [sentence], f"settings.{key}": [sentence]}
    assert Company.objects.get(pk=cast.company.pk).settings == before
    assert (Group.everywhere.count(), Client.everywhere.filter(name="Pia").count()) == (0, 0)


def test_every_switch_is_on_the_wire_with_its_type(cast: Cast, door: Door) -> None:
    row = door.get("companies").rows[0]
    for name, default in DEFAULTS.items():
        if name in INWARD:
            assert name not in row
        else:
            assert type(row[name]) is type(default), name


def test_no_switch_counts_below_nought(cast: Cast, door: Door) -> None:
    counted = [name for name, default in DEFAULTS.items() if type(default) is int]
    before = Company.objects.get(pk=cast.company.pk).switches
    answer = door.put(f"companies/{_id(door)}", dict.fromkeys(counted, -1))
    assert answer.status == 422
    assert set(answer.data["errors"]) == set(counted)
    assert Company.objects.get(pk=cast.company.pk).switches == before


def test_what_is_ours_alone_cannot_be_sent(cast: Cast, door: Door) -> None:
    sent = {"logo_path": "secrets.json", "account_id": 2, "company_key": "x", "is_disabled": True}
    before = Company.objects.filter(pk=cast.company.pk).values("company_key", "account_id").get()
    assert door.put(f"companies/{_id(door)}", sent).status == 200
    company = Company.objects.get(pk=cast.company.pk)
    assert (company.switch("logo_path"), company.is_disabled) == ("", 0)
    assert {"company_key": company.company_key, "account_id": company.account_id} == before


def test_faulty_settings_are_refused_all_at_once(cast: Cast, door: Door) -> None:
    sent = {"settings": {"counter_padding": "x", "currency_id": "99999", "name": "Moved"}}
    answer = door.put(f"companies/{_id(door)}", sent)
    assert answer.status == 422
    assert {"settings.counter_padding", "settings.currency_id"} <= answer.data["errors"].keys()
    assert Company.objects.get(pk=cast.company.pk).name == "Alice Ltd"


def test_keys_to_other_services_are_for_administrators(cast: Cast, door: Door, carols: Door) -> None:
    key = _id(door)
    sent = {"settings": {"postmark_secret": "s3cret"}, "smtp_password": "hidden"}
    shown = door.put(f"companies/{key}", sent).rows
    assert (shown["settings"]["postmark_secret"], shown["smtp_password"]) == ("*" * 10, "*" * 10)
    assert "s3cret" not in str(Company.objects.get(pk=cast.company.pk).settings)
    assert carols.get(f"companies/{key}").rows["settings"]["postmark_secret"] == ""


def test_a_mail_servers_password_stays_with_its_server(cast: Cast, door: Door) -> None:
    key = _id(door)
    door.put(f"companies/{key}", {"smtp_host": "mail.example.com", "smtp_password": "hush"})
    shown = door.get(f"companies/{key}").rows
    assert door.put(f"companies/{key}", shown | {"smtp_port": 465}).status == 200
    refused = door.put(f"companies/{key}", shown | {"smtp_host": "mail.thief.example"})
    errors = {"smtp_password": ["Type the password again for another server."]}
    assert (refused.status, refused.data["errors"]) == (422, errors)
    company = Company.objects.get(pk=cast.company.pk)
    assert (company.switches, password_of(company)) == (
        {"smtp_host": "mail.example.com", "smtp_port": 465},
        "hush",
    )
    emptied = door.put(f"companies/{key}", {"smtp_host": "mail2.example.com", "smtp_password": ""}).rows
    assert (emptied["smtp_host"], emptied["smtp_password"]) == ("mail2.example.com", "")


def test_changing_the_company_takes_an_administrator(cast: Cast, door: Door, carols: Door) -> None:
    assert carols.put(f"companies/{_id(door)}", {"settings": {"name": "Mine"}}).status == 401
    assert Company.objects.get(pk=cast.company.pk).name == "Alice Ltd"


def test_a_second_company_is_reached_by_its_own_token_only(cast: Cast, door: Door) -> None:
    made = door.post("companies", {"name": "Second", "settings": {"currency_id": "3"}}).rows
    assert (made["settings"]["name"], made["settings"]["currency_id"]) == ("Second", "3")
    assert door.get(f"companies/{made['id']}").status == 400
    assert [row["id"] for row in door.get("companies").rows] == [_id(door)]


def test_a_company_is_closed_by_its_owner_with_a_password(cast: Cast, door: Door, carols: Door) -> None:
    found_company(cast.company.account, {"name": "B"}, owner=cast.alice.user, by=cast.alice.actor(), on=ON)
    Membership.everywhere.filter(pk=cast.carol.pk).update(is_admin=True)
    key = _id(door)
    assert door.delete(f"companies/{key}").status == 412
    assert carols.delete(f"companies/{key}", x_api_password=PASSWORD).status == 401
    assert door.get("ping").status == 200
    answer = door.delete(f"companies/{key}", x_api_password=PASSWORD)
    assert (answer.status, list(answer.data)) == (200, ["message"])
    assert door.get("ping").status == 403


def test_a_logo_is_kept_and_shown_by_its_link(cast: Cast, door: Door, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    key = _id(door)
    assert door.get(f"companies/{key}/logo").status == 404
    row = door.upload(f"companies/{key}", {"_method": "PUT", "company_logo": picture("logo.png")}).rows
    link = row["settings"]["company_logo"]
    assert "/logo/" in link
    shown = Door().get(link.partition("/api/v1/")[2])
    assert (shown.status, shown.headers["Content-Type"], shown.raw[1:4]) == (200, "image/png", b"PNG")
    assert Door().get(link.partition("/api/v1/")[2] + "x").status == 404
    assert door.get(f"companies/{key}/logo").raw == shown.raw


@pytest.mark.parametrize("name", ["logo.svg", "logo.png", "logo.exe"])
def test_what_is_no_picture_is_no_logo(
    cast: Cast, door: Door, settings: Any, tmp_path: Any, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    sent = SimpleUploadedFile(name, b"<svg onload='alert(1)'/>")
    answer = door.upload(f"companies/{_id(door)}", {"_method": "PUT", "company_logo": sent})
    assert (answer.status, list(answer.data["errors"])) == (422, ["company_logo"])
    assert Company.objects.get(pk=cast.company.pk).switch("logo_path") == ""


def test_documents_of_the_company_are_attached(cast: Cast, door: Door, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    sent = SimpleUploadedFile("terms.txt", b"hello")
    row = door.upload(f"companies/{_id(door)}/upload", {"_method": "PUT", "documents[]": sent}).rows
    assert [document["name"] for document in row["documents"]] == ["terms.txt"]


def test_no_key_is_declared_twice_in_the_blank_record(cast: Cast, door: Door) -> None:
    blank = door.get("companies/create").rows
    assert blank.keys() == (Companies.fields.keys() - {"name"} | {"documents"})
    assert (blank["id"], blank["settings"]["entity"]) == ("", "App\\Models\\Company")


def picture(name: str) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def _id(door: Door) -> str:
    return str(door.get("companies").rows[0]["id"])

"""Row S100: a contact chooses the logo of its client; the office and the client's people see it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.activity.models import Activity
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.purging import purge_client
from comptoir.files.shelves import storage
from comptoir.files.upkeep import orphans
from comptoir.kernel import ids

from .conftest import ON, House, member, person, portal, text

ANN = {"first_name": "Ann", "last_name": "Bell", "email": "ann@a.example"}


@pytest.fixture
def client(house: House) -> Client:
    return house.client(name="A", contacts=[ANN])


def picture(name: str = "logo.png", side: int = 40) -> SimpleUploadedFile:
    bytes_ = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(bytes_, "PNG")
    return SimpleUploadedFile(name, bytes_.getvalue(), "image/png")


def put(upload: Any = None, **sent: str) -> Any:
    body = sent | ({"logo": upload} if upload else {})
    return portal(person("ann@a.example")).post("/client/profile/logo", body)


def told() -> Activity:
    return Activity.objects.get(fact="ClientLogoChanged")


def at(client: Client) -> str:
    return f"/clients/{ids.encode(client.pk)}"


def test_s100_a_logo_is_chosen_seen_and_taken_away(
    house: House, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert put(picture()).url == "/client/profile?done=saved"
    client.refresh_from_db()
    first = client.logo_path
    assert storage().exists(first)
    assert "logo.png" not in first
    browser = portal(person("ann@a.example"))
    assert "/client/profile/picture?" in browser.get("/client/profile").content.decode()
    shown: Any = browser.get("/client/profile/picture")
    assert shown["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(b"".join(shown.streaming_content))).size == (40, 40)
    assert f"{at(client)}/logo?" in house.office.get(at(client)).content.decode()
    seen: Any = house.office.get(f"{at(client)}/logo")
    assert b"".join(seen.streaming_content).startswith(b"\x89PNG")
    assert "Ann Bell changed the logo of client A" in text(house.office.get(f"{at(client)}/tab/activity"))
    assert (told().actor_kind, told().code) == ("contact", 61)
    with django_capture_on_commit_callbacks(execute=True):
        put(picture(side=50))
    client.refresh_from_db()
    assert (storage().exists(first), storage().exists(client.logo_path)) == (False, True)
    assert list(orphans()) == []
    with django_capture_on_commit_callbacks(execute=True):
        put(remove="1")
    client.refresh_from_db()
    assert client.logo_path == ""
    assert browser.get("/client/profile/picture").status_code == 404
    assert house.office.get(f"{at(client)}/logo").status_code == 404
    assert f"{at(client)}/logo" not in house.office.get(at(client)).content.decode()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Choose a picture first."),
        (SimpleUploadedFile("logo.svg", b"<svg onload='x'/>"), "A logo is a PNG, JPEG, GIF or WebP picture."),
        (SimpleUploadedFile("logo.png", b"no picture"), "This picture cannot be read."),
    ],
)
def test_s100_what_is_no_picture_is_refused_in_its_form(
    house: House, client: Client, settings: Any, upload: Any, sentence: str
) -> None:
    answer = put(upload)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    client.refresh_from_db()
    assert client.logo_path == ""
    assert not Activity.objects.filter(fact="ClientLogoChanged").exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_s100_where_the_company_keeps_the_profile_nobody_chooses(house: House, client: Client) -> None:
    house.wishes(enable_client_profile_update=False)
    assert put(picture()).status_code == 403
    assert "Your logo" not in text(portal(person("ann@a.example")).get("/client/profile"))
    client.refresh_from_db()
    assert client.logo_path == ""


def test_s100_who_only_looks_changes_no_logo(house: House, client: Client) -> None:
    browser = portal(person("ann@a.example"))
    key = person("ann@a.example").contact_key
    browser.get(f"/client/key_login/{key}?silent=true&client_hash={client.client_hash}")
    assert browser.post("/client/profile/logo", {"logo": picture()}).status_code == 403
    client.refresh_from_db()
    assert client.logo_path == ""


def test_s100_nobody_elses_people_see_it(house: House, client: Client) -> None:
    put(picture())
    house.client(name="B", contacts=[{"first_name": "Ben", "email": "ben@b.example"}])
    assert portal(person("ben@b.example")).get("/client/profile/picture").status_code == 404
    assert member(house, "view_product").get(f"{at(client)}/logo").status_code == 403


def test_s100_a_logo_goes_along_in_a_merge_and_away_in_a_purge(
    house: House, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    put(picture())
    client.refresh_from_db()
    logo, kept = client.logo_path, house.client(name="B")
    merge_clients(kept, client, by=house.alice.actor(), on=ON)
    kept.refresh_from_db()
    assert (kept.logo_path, client.logo_path) == (logo, "")
    with django_capture_on_commit_callbacks(execute=True):
        purge_client(client, by=house.alice.actor(), on=ON)
    assert storage().exists(logo), "it is another client's by now"
    with django_capture_on_commit_callbacks(execute=True):
        house.office.post(f"{at(kept)}/purge", {"password": "correct horse battery"})
    assert not storage().exists(logo)
    assert list(orphans()) == []

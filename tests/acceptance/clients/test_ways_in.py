"""Rows S1 to S13: the ways in which a client comes to be, what it is called, its three identifiers."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.people.founding import found_account
from comptoir.people.tokens import login_token
from comptoir.tenancy.scope import acting_for
from tests.stories.asking import App

from .conftest import FRENCH, ON, PERSON, House, edit_url, faults, form_of, portal, text

STRANGER = {
    "first_name": "Lou",
    "last_name": "Petit",
    "email": "lou@example.com",
    "password": "Bonjour2026",
    "password_again": "Bonjour2026",
}


def test_s1_the_help_shows_how_a_client_is_made_and_says_so_where_no_video_plays(house: House) -> None:
    assert "/help" in house.office.get("/clients").content.decode()
    first = house.office.get("/help")
    assert (first.status_code, first["Location"]) == (302, "/help/clients")
    house.alice.user.language_id = "13"
    house.alice.user.save()
    page = house.office.get("/help/clients").content.decode()
    film = re.search(r'<source src="([^"]+)" type="video/webm">(.*?)</video>', page)
    assert film
    assert finders.find(film[1].removeprefix("/static/")) is not None
    assert film[2] == "Votre navigateur ne prend pas en charge la balise vidéo."


def _alike(client: Client) -> None:
    """What every way of making one gives."""
    assert re.fullmatch(r"\d{4}", client.number)
    assert re.fullmatch(r"[0-9A-Za-z]{10}", ids.encode(client.pk))
    assert re.fullmatch(r"[0-9A-Za-z]{40}", client.client_hash)
    people = list(client.contacts.live())
    assert len(people) >= 1
    assert all(len(person.contact_key) >= 32 for person in people)
    told = Activity.objects.filter(client_id=client.pk, fact="ClientCreated")
    assert [row.code for row in told] == [1]


def test_s2_every_way_gives_the_same_kind_of_record(house: House) -> None:
    house.office.post("/clients/new", {"name": "By form", "contacts.0.first_name": "Ann"})
    house.office.post("/clients/quick", {"name": "By picker"})
    house.client(name="By program")
    house.company_put(client_can_register=True)
    Browser().post(f"/client/register/{house.company.company_key}", STRANGER)
    clients = list(Client.objects.order_by("pk"))
    assert [client.display_name for client in clients] == ["By form", "By picker", "By program", "Lou Petit"]
    assert [client.number for client in clients] == ["0001", "0002", "0003", "0004"]
    for client in clients:
        _alike(client)


def test_s3_the_menu_and_the_list_lead_to_the_form_and_saving_to_the_overview(house: House) -> None:
    page = house.office.get("/clients")
    body = page.content.decode()
    assert body.count('href="/clients/new"') >= 2
    assert 'aria-label="New client"' in body
    answer = house.office.post("/clients/new", {"name": "Bistro"})
    client = Client.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/clients/{ids.encode(client.pk)}")
    shown = house.office.get(answer["Location"])
    assert [one.label for one in shown.context["tabs"] if one.active] == ["Overview"]


def test_s3_a_client_is_made_inside_the_form_of_an_invoice(house: House) -> None:
    form = house.office.get("/invoices/new").content.decode()
    assert "/clients/quick" in form
    answer = house.office.post("/clients/quick", {"name": "Zinc"})
    made = Client.objects.get()
    assert answer.status_code == 204
    assert json.loads(answer["HX-Trigger"]) == {
        "picked": {"name": "client_id", "value": ids.encode(made.pk), "label": "Zinc"},
        "closeDialog": True,
    }


def test_s5_registration_is_refused_while_it_is_off(house: House) -> None:
    url = f"/client/register/{house.company.company_key}"
    assert Browser().get(url).status_code == 403
    assert Browser().post(url, STRANGER).status_code == 403
    assert Client.objects.count() == 0


def test_s5_registration_asks_what_the_company_chose_and_signs_in(house: House) -> None:
    house.company_put(client_can_register=True)
    url = f"/client/register/{house.company.company_key}"
    asked = [field.key for field, _options in Browser().get(url).context["inputs"]]
    assert asked == ["first_name", "last_name", "email", "phone", "password"]
    house.company_put(
        client_registration_fields=[
            {"key": "phone", "visible": True, "required": True},
            {"key": "vat_number", "visible": True, "required": False},
        ]
    )
    asked = [field.key for field, _options in Browser().get(url).context["inputs"]]
    assert asked == ["first_name", "last_name", "email", "phone", "password", "vat_number"]
    assert Browser().post(url, STRANGER).status_code == 422
    assert Client.objects.count() == 0
    browser = Browser()
    sent = STRANGER | {"phone": "01 02 03 04 05", "vat_number": "FR83404833048"}
    assert browser.post(url, sent)["Location"] == "/client/?done=welcome"
    assert browser.get("/client/").status_code == 200
    client = Client.objects.get()
    assert (client.display_name, client.vat_number) == ("Lou Petit", "FR83404833048")


def test_s5_the_link_to_registration_is_offered_for_copying(house: House) -> None:
    house.company_put(client_can_register=True)
    page = house.office.get("/settings/portal").content.decode()
    assert f"/client/register/{house.company.company_key}" in page
    assert "data-copy" in page


def test_s5_terms_must_be_accepted_when_there_are_any(house: House) -> None:
    house.company_put(client_can_register=True)
    house.wishes(client_portal_terms="Pay in time.")
    url = f"/client/register/{house.company.company_key}"
    answer = Browser().post(url, STRANGER)
    assert answer.status_code == 422
    assert list(faults(answer)) == ["accepts"]
    assert Client.objects.count() == 0


def test_s6_a_program_makes_a_client_with_its_people(house: House) -> None:
    people = [{"first_name": "Ann", "email": "ann@example.com"}, {"email": "ben@example.com"}]
    made = house.api("POST", "clients", {"name": "Bistro", "contacts": people})
    assert (made["name"], made["number"]) == ("Bistro", "0001")
    assert [one["email"] for one in made["contacts"]] == ["ann@example.com", "ben@example.com"]
    App()("POST", "clients", {"name": "Nobody"}, status=403)
    assert Client.objects.count() == 1


def test_s6_the_description_of_the_api_is_reached_from_the_office(house: House) -> None:
    assert house.office.get("/help/api").status_code == 200
    answer = house.office.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert {"get", "post"} <= set(json.loads(answer.content)["paths"]["/clients"])


KINDS = ["individual", "business", "company", "partnership", "trust", "charity", "government", "other"]


@pytest.mark.parametrize("kind", KINDS)
def test_s7_a_client_may_be_anybody(house: House, kind: str) -> None:
    house.office.post("/clients/new", {"name": "Bistro", "classification": kind})
    assert Client.objects.get().classification == kind


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"name": "Bistro"}, "Bistro"),
        ({"contacts.0.first_name": "Ann", "contacts.0.last_name": "Bell"}, "Ann Bell"),
        ({"name": "Bistro", "contacts.0.first_name": "Ann"}, "Bistro"),
    ],
)
def test_s7_a_name_or_a_person_or_both_will_do(house: House, sent: dict[str, str], shown: str) -> None:
    assert house.office.post("/clients/new", sent).status_code == 302
    assert Client.objects.get().display_name == shown


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ({"first_name": "Ann", "last_name": "Bell", "email": "ann@example.com"}, "Ann Bell"),
        ({"first_name": "Ann", "last_name": "Bell"}, "Ann Bell"),
        ({"email": "ann@example.com"}, "ann@example.com"),
    ],
)
def test_s8_without_a_name_the_contact_gives_it_everywhere(
    house: House, person: dict[str, str], shown: str
) -> None:
    client = house.client(contacts=[person])
    assert house.shown(client)["display_name"] == shown
    assert shown in text(house.office.get("/clients"))
    assert json.loads(house.office.get("/clients/suggest?q=an").content)[0]["label"] == shown
    invoice = house.invoice(client)
    assert shown in house.pdf(invoice)
    contact = client.contacts.live().get()
    assert shown in text(portal(contact).get("/client/"))


def test_s8_a_client_without_anything_is_an_empty_contact_and_one_letter_is_a_name(house: House) -> None:
    house.client()
    assert "Empty contact" in text(house.office.get("/clients"))
    assert house.client(name="Q").display_name == "Q"


def names(house: House) -> list[str]:
    return [row.label for row in house.office.get("/clients").context["list"].table.rows]


def test_s9_a_name_is_used_at_once_and_falls_back_when_it_is_cleared(house: House) -> None:
    client = house.client(contacts=[{"first_name": "Zoe", "last_name": "Bell"}])
    house.client(name="Marché")
    assert names(house) == ["Marché", "Zoe Bell"]
    house.put(client, name="Atlas")
    assert names(house) == ["Atlas", "Marché"]
    assert "Atlas" in text(house.office.get("/clients?q=atl"))
    house.put(client, name="")
    assert names(house) == ["Marché", "Zoe Bell"]


def test_s10_the_three_identifiers_are_apart_visible_searchable_and_placeholders(house: House) -> None:
    client = house.client(name="Bistro", id_number="MEMBER-7")
    other = house.client(name="Tavern", id_number="0001")
    shown = house.shown(client)
    assert (shown["id"], shown["number"], shown["id_number"]) == (ids.encode(client.pk), "0001", "MEMBER-7")
    assert (other.number, other.id_number) == ("0002", "0001")
    house.office.post("/columns/clients", {"columns": ["name", "number", "id_number"]})
    listed = text(house.office.get("/clients?q=MEMBER-7"))
    assert "MEMBER-7" in listed
    assert "Tavern" not in listed
    house.wishes(invoice_terms="[$client.id|$client.number|$client.id_number]")
    printed = house.pdf(house.invoice(client))
    assert f"[{ids.encode(client.pk)}|0001|MEMBER-7]" in printed


def test_s11_the_id_is_opaque_stable_and_nobody_elses(house: House) -> None:
    client = house.client(name="Bistro")
    key = ids.encode(client.pk)
    changed = house.put(client, id="VolejRejNm", name="Brasserie")
    assert changed["id"] == key
    house.api("GET", "clients/AAAAAAAAAA", status=400)
    assert house.office.get("/clients/AAAAAAAAAA").status_code == 404
    assert house.office.get(f"/clients/{client.pk}").status_code == 404
    dora = found_account({**PERSON, "email": "dora@example.com"}, {"name": "Dora", **FRENCH}, on=ON)
    stranger = App(login_token(dora).value)
    stranger("GET", f"clients/{key}", status=400)
    desk = Browser()
    desk.force_login(dora.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert desk.get(f"/clients/{key}").status_code == 404


def test_s12_numbers_follow_the_pattern_and_are_never_given_twice(house: House) -> None:
    first, second = house.client(name="One"), house.client(name="Two")
    assert (first.number, second.number) == ("0001", "0002")
    house.api("DELETE", f"clients/{ids.encode(second.pk)}")
    house.api("POST", "clients", {"name": "Taken", "number": "0002"}, status=422)
    house.wishes(client_number_pattern="C-{$counter}", counter_padding=5)
    assert house.client(name="Three").number == "C-00003"
    assert Client.objects.get(pk=first.pk).number == "0001"


def test_s12_another_company_counts_for_itself(house: House) -> None:
    house.client(name="One")
    dora = found_account({**PERSON, "email": "dora@example.com"}, {"name": "Dora", **FRENCH}, on=ON)
    with acting_for(dora.company):
        made = App(login_token(dora).value)("POST", "clients", {"name": "Hers"})
    assert made["number"] == "0001"


def test_s13_the_id_number_is_free_and_nobody_elses(house: House) -> None:
    client = house.client(name="Bistro", id_number=" Ancien n° 7/b ")
    assert client.id_number == "Ancien n° 7/b"
    house.client(name="Blank"), house.client(name="Blank too")
    other = house.client(name="Other")
    answer = house.office.post(edit_url(other), form_of(house, other) | {"id_number": "Ancien n° 7/b"})
    assert answer.status_code == 422
    assert list(faults(answer)) == ["id_number"]
    assert Client.objects.get(pk=other.pk).id_number == ""

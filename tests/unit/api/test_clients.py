from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from comptoir.activity.models import Activity
from comptoir.api.resources.client_gateway_tokens import ClientGatewayTokens
from comptoir.api.resources.client_settings import ClientSettings
from comptoir.api.resources.clients import Clients
from comptoir.api.resources.documents import Documents
from comptoir.api.resources.group_settings import GroupSettings
from comptoir.api.resources.locations import Locations
from comptoir.clients.models import Client, Contact, Group
from comptoir.contract.registries import Registry
from comptoir.kernel import ids
from comptoir.numbering.counters import put
from comptoir.preferences.writing import shown
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.unit.contract.conftest import Door, Someone


@pytest.fixture
def who(db: None) -> Any:
    company = factories.account_with_company()
    someone = Someone(company, actor=factories.actor(factories.user(company)))
    with acting_for(company):
        yield someone


@pytest.fixture
def api(who: Someone) -> Door:
    registry = Registry(statics=dict)
    registry.add(Clients, ClientGatewayTokens, GroupSettings, Locations, Documents)
    return Door(who, registry)


def made(api: Door, **body: Any) -> dict[str, Any]:
    answer = api.post("clients", body)
    assert answer.status_code == 200, answer.data
    return answer.data["data"]  # type: ignore[no-any-return]


def test_a_minimal_client_shows_everything(api: Door, who: Someone) -> None:
    client = made(api, name="Min")
    assert client["settings"] == {
        "entity": "App\\Models\\Client",
        "industry_id": "",
        "size_id": "",
        "currency_id": "1",
    }
    expected = {
        "name": "Min",
        "display_name": "Min",
        "number": "0001",
        "country_id": "840",
        "balance": 0,
        "group_settings_id": "",
        "archived_at": 0,
        "is_deleted": False,
        "tax_info": {},
        "documents": [],
        "gateway_tokens": [],
        "user_id": ids.encode(who.actor.user_id or 0),
    }
    assert {name: client[name] for name in expected} == expected
    assert len(client["client_hash"]) == 40
    (contact,) = client["contacts"]
    assert (contact["email"], contact["is_primary"], contact["send_email"]) == ("", True, True)
    assert (len(contact["contact_key"]), contact["password"]) == (32, "")
    assert contact["link"] == f"{settings.BASE_URL}/client/key_login/{contact['contact_key']}"
    assert api.get(f"clients/{client['id']}").data["data"] == client


def test_nobodys_name_is_said_in_the_readers_language(api: Door, who: Someone) -> None:
    """Decision C2."""
    client = made(api)
    assert (client["name"], client["display_name"]) == ("", "Blank contact")
    who.locale = "fr"
    assert api.get(f"clients/{client['id']}").data["data"]["display_name"] == "Contact vide"
    assert Client.objects.get().display_name == ""


def test_contacts_come_primary_first_and_are_replaced(api: Door) -> None:
    people = [{"first_name": "A"}, {"first_name": "B", "is_primary": True, "password": "Secret-12345"}]
    client = made(api, contacts=people)
    assert [(one["first_name"], one["password"]) for one in client["contacts"]] == [
        ("B", "**********"),
        ("A", ""),
    ]
    kept = client["contacts"][0] | {"phone": "1"}
    answer = api.put(f"clients/{client['id']}", {"contacts": [kept, {"first_name": "C"}]})
    again = answer.data["data"]["contacts"]
    assert [(one["first_name"], one["phone"]) for one in again] == [("B", "1"), ("C", "")]
    assert again[0]["contact_key"] == kept["contact_key"]
    assert Contact.objects.get(pk=ids.decode(kept["id"])).password


def test_faults_of_contacts_are_named_by_their_place(api: Door) -> None:
    people = [{"email": "a@example.com"}, {"email": "A@example.com"}, {"email": "bad@@x"}]
    answer = api.post("clients", {"contacts": people})
    assert (answer.status_code, set(answer.data["errors"])) == (422, {"contacts.1.email", "contacts.2.email"})
    answer = api.post("clients", {"contacts": [{"email": "p@example.com", "password": "short"}]})
    assert (answer.status_code, list(answer.data["errors"])) == (422, ["contacts.0.password"])
    assert not Client.objects.exists()


def test_iso_codes_are_understood(api: Door) -> None:
    codes = {
        "country_code": "FRA",
        "shipping_country_code": "de",
        "currency_code": "eur",
        "language_code": "fr",
    }
    client = made(api, **codes)
    assert (client["country_id"], client["shipping_country_id"]) == ("250", "276")
    assert client["settings"]["currency_id"] == "3"
    assert Client.objects.get().preferences.language_id == client["settings"]["language_id"]
    answer = api.put(f"clients/{client['id']}", {"currency_code": "USD", "settings": {"payment_terms": "7"}})
    assert answer.data["data"]["settings"]["payment_terms"] == "7"
    assert list(api.post("clients", {"currency_code": "XXQ"}).data["errors"]) == ["currency_code"]


def test_settings_show_the_currency_in_force_and_own_counters(api: Door) -> None:
    group = Group.objects.create(name="G", settings={"currency_id": "3", "payment_terms": "21"})
    client = made(api, group_settings_id=ids.encode(group.pk), settings={"default_task_rate": "75.5"})
    pk = ids.decode(client["id"]) or 0
    put("invoice", f"client:{pk}", 7)
    put("invoice", "", 9)
    row = Client.objects.get(pk=pk)
    expected = shown(row.settings, row.currency_id, {"invoice_number_counter": 7})
    assert api.get(f"clients/{client['id']}").data["data"]["settings"] == expected
    assert (expected["currency_id"], expected["default_task_rate"]) == ("3", 75.5)
    assert row.settings == {"default_task_rate": 75.5}


@pytest.mark.parametrize("own", [{}, {"currency_id": "4"}])
@pytest.mark.parametrize("group", [None, {}, {"currency_id": ""}, {"currency_id": "5"}])
@pytest.mark.parametrize("company", [{}, {"currency_id": ""}, {"currency_id": "6"}])
def test_the_database_resolves_the_currency_as_python_does(
    api: Door, who: Someone, own: dict[str, str], group: dict[str, str] | None, company: dict[str, str]
) -> None:
    who.company.settings = company
    who.company.save()
    row = None if group is None else Group.objects.create(name="G", settings=group)
    client = Client.objects.create(name="C", settings=own, group=row)
    shown_settings = api.get(f"clients/{ids.encode(client.pk)}").data["data"]["settings"]
    assert shown_settings["currency_id"] == Client.objects.get().currency_id
    assert isinstance(Clients.fields["settings"], ClientSettings)


def test_lists_filter_and_sort(api: Door) -> None:
    made(api, name="Fa", number="x-9", contacts=[{"email": "fred@example.com"}])
    made(api, name="éb", number="x-10", vat_number="VAT1")
    made(api, name="Fc", number="x-2")

    def names(query: str) -> list[str]:
        return [row["name"] for row in api.get(f"clients?{query}").data["data"]]

    assert names("sort=number|asc") == ["Fc", "Fa", "éb"]
    assert names("sort=name|asc") == ["éb", "Fa", "Fc"]
    assert names("sort=display_name|desc") == ["Fc", "Fa", "éb"]
    assert names("email=FRED@example.com") == ["Fa"]
    assert names("email=fred") == []
    assert names("number=x-10") == ["éb"]
    assert names("filter=vat1") == ["éb"]
    assert names("filter=EB") == ["éb"]
    assert names("name=a") == ["Fa"]


def test_bulk_actions(api: Door) -> None:
    group = Group.objects.create(name="G")
    first, second = (made(api, name=name)["id"] for name in "AB")

    def bulk(action: str, *ids_: str, **more: Any) -> Any:
        return api.post("clients/bulk", {"action": action, "ids": list(ids_), **more})

    assert [row["archived_at"] > 0 for row in bulk("archive", first, second).data["data"]] == [True, True]
    assert bulk("delete", second).data["data"][0]["is_deleted"] is True
    assert [row["archived_at"] for row in bulk("restore", first, second).data["data"]] == [0, 0]
    answer = bulk("assign_group", first, group_settings_id=ids.encode(group.pk))
    assert answer.data["data"][0]["group_settings_id"] == ids.encode(group.pk)
    answer = bulk("bulk_update", first, second, column="public_notes", new_value="N")
    assert {row["public_notes"] for row in answer.data["data"]} == {"N"}
    assert list(bulk("bulk_update", first, column="balance", new_value="1").data["errors"]) == ["column"]
    bulk("clone", first)
    assert Client.objects.filter(name="A (copy)").count() == 1
    assert bulk("archive", "AAAAAAAAAA").status_code == 422
    assert api.post("clients/bulk", {"action": "archive", "ids": first}).status_code == 422


def test_a_merged_client_still_answers(api: Door) -> None:
    kept, gone = made(api, name="Keep")["id"], made(api, name="Gone")["id"]
    answer = api.post(f"clients/{kept}/{gone}/merge")
    assert (answer.status_code, answer.data["data"]["id"]) == (200, kept)
    answer = api.get(f"clients/{gone}")
    assert (answer.status_code, answer.data["data"]["is_deleted"]) == (200, True)
    assert api.put(f"clients/{gone}", {"name": "X"}).status_code == 400


def test_merge_and_purge_want_the_password(api: Door, who: Someone) -> None:
    who.password = False
    kept, gone = made(api, name="Keep")["id"], made(api, name="Gone")["id"]
    assert api.post(f"clients/{kept}/{gone}/merge").status_code == 412
    assert api.post(f"clients/{gone}/purge").status_code == 412
    assert Client.objects.live().count() == 2
    who.password = True
    assert list(api.post(f"clients/{gone}/purge").data) == ["message"]
    assert [ids.encode(one.pk) for one in Client.objects.all()] == [kept]


def test_who_sees_clients_only_sees_no_money(api: Door, who: Someone) -> None:
    client = made(api, name="C")
    Client.objects.update(balance=12)
    assert api.get(f"clients/{client['id']}").data["data"]["balance"] == 12
    who.may = lambda verb, entity, row=None: (verb, entity) == ("view", "client")  # type: ignore[method-assign]
    row = api.get(f"clients/{client['id']}").data["data"]
    assert (row["balance"], row["client_hash"], row["name"]) == (0, "", "C")


def test_blank_clients_and_odd_routes(api: Door) -> None:
    blank = api.get("clients/create").data["data"]
    assert (blank["id"], blank["contacts"], blank["number"], len(blank["client_hash"])) == ("", [], "", 40)
    assert (blank["documents"], blank["gateway_tokens"]) == ([], [])
    assert blank["settings"] == {"entity": "App\\Models\\Client", "industry_id": "", "size_id": ""}
    client = made(api, name="C", settings={"payment_terms": "7"})
    answer = api.post(f"clients/{client['id']}/show_settings").data
    assert answer["client_settings"]["payment_terms"] == "7"
    assert api.post(f"clients/{client['id']}/updateTaxData").data["data"]["id"] == client["id"]
    assert api.post(f"clients/{client['id']}/documents").data["data"] == []


def test_a_deleted_client_is_not_edited(api: Door) -> None:
    client = made(api, name="D")
    assert api.delete(f"clients/{client['id']}").data["data"]["is_deleted"] is True
    told = Activity.objects.count()
    assert api.put(f"clients/{client['id']}", {"name": "again"}).status_code == 400
    assert (Client.objects.get().name, Activity.objects.count()) == ("D", told)


def test_groups_follow_the_recordings(api: Door) -> None:
    body = {"name": "G", "settings": {"currency_id": "3", "payment_terms": "21"}}
    group = api.post("group_settings", body).data["data"]
    assert group["settings"] == shown({"currency_id": "3", "payment_terms": "21"})
    assert group["documents"] == []
    client = made(api, name="C", group_settings_id=group["id"])
    assert client["settings"]["currency_id"] == "3"
    assert [row["id"] for row in api.get(f"clients?group={group['id']}").data["data"]] == [client["id"]]
    included = api.get(f"clients/{client['id']}?include=group_settings").data["data"]["group_settings"]
    assert included["name"] == "G"
    answer = api.put(f"group_settings/{group['id']}", {"name": "GG", "settings": {"currency_id": "2"}})
    assert (answer.data["data"]["name"], answer.data["data"]["settings"]["currency_id"]) == ("GG", "2")
    assert api.post("group_settings", {"name": "GG"}).status_code == 422
    answer = api.delete(f"group_settings/{group['id']}").data["data"]
    assert (answer["archived_at"] > 0, answer["is_deleted"]) == (True, False)
    assert api.get(f"clients/{client['id']}").data["data"]["group_settings_id"] == group["id"]
    assert made(api, name="V", group_settings_id="AAAAAAAAAA")["group_settings_id"] == ""


def test_locations_belong_to_a_client(api: Door) -> None:
    client = made(api, name="C")
    body = {"client_id": client["id"], "name": "Dock", "country_id": "250", "is_shipping_location": True}
    location = api.post("locations", body).data["data"]
    assert {name: location[name] for name in body} == body
    assert [one["id"] for one in api.get(f"locations?client_id={client['id']}").data["data"]] == [
        location["id"]
    ]
    shown_client = api.get(f"clients/{client['id']}?include=locations").data["data"]
    assert [one["name"] for one in shown_client["locations"]] == ["Dock"]
    assert api.put(f"locations/{location['id']}", {"name": "Quay"}).data["data"]["name"] == "Quay"
    assert api.delete(f"locations/{location['id']}").data["data"]["is_deleted"] is True
    assert list(api.post("locations", {"name": "X"}).data["errors"]) == ["client_id"]
    assert api.get("locations/create").data["data"]["id"] == ""

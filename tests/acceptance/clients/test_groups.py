"""Rows S104 to S110: groups, and which value of a setting holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.clients.models import Client, Group
from comptoir.delivery.mail.models import MailDelivery
from comptoir.files.models import File
from comptoir.kernel import ids
from comptoir.preferences.cascade import DEFAULT, Found, Preferences
from comptoir.preferences.catalogue import CATALOGUE, CHAPTERS, CLIENT, COMPANY, GROUP, Kind
from comptoir.preferences.catalogue.setting import Setting
from comptoir.preferences.values import python, wire
from tests.unit.office.reading import labels, toasts
from tests.unit.preferences.test_cascade import values_of

from .conftest import House, edit_url, faults, form_of, text

LIKE = {
    "currency_id": ("2", "1", "3"),
    "country_id": ("826", "840", "250"),
    "language_id": ("4", "3", "1"),
    "timezone_id": ("5", "6", "41"),
    "date_format_id": ("4", "5", "6"),
    "payment_type_id": ("1", "4", "5"),
    "default_expense_payment_type_id": ("1", "4", "5"),
    "reset_counter_frequency_id": ("1", "2", "3"),
    "qr_iban": ("CH4431999123000889012", "CH2130808001234567827", "CH44 3199 9123 0008 8901 2"),
    "besr_id": ("1", "22", "333"),
    "pdf_variables": (
        {"client_details": ["$client.a"]},
        {"client_details": ["$client.b"]},
        {"client_details": ["$client.c"]},
    ),
}
"""Values that the tables know, of client, group and company."""
OURS = [setting for setting in CATALOGUE.values() if setting.kind not in (Kind.COUNTER, Kind.SECRET)]
"""Keys to other services are the company's alone: ``tests/unit/preferences/test_secrets.py``."""


def given(key: str) -> tuple[Any, Any, Any]:
    return LIKE.get(key) or values_of(CATALOGUE[key])


def of_company(key: str) -> str:
    """Who gave a value that the company was told: what equals the default is not kept."""
    setting = CATALOGUE[key]
    return DEFAULT if given(key)[2] == wire(setting, setting.default) else COMPANY


def keyed(client: Client) -> str:
    return ids.encode(client.pk)


def test_s104_a_group_is_made_listed_and_opened(house: House) -> None:
    answer = house.office.post("/groups/new", {"name": "Members"})
    group = Group.objects.get(name="Members")
    here = f"/groups/{ids.encode(group.pk)}"
    assert answer.url == here
    for name in ("Ann", "Bob"):
        house.client(name=name, group_settings_id=ids.encode(group.pk))
    house.client(name="Cy")
    listed = house.office.get("/groups")
    assert "Members" in text(listed)
    assert labels(listed.context["list"].table.actions)[:2] == ["Configure", "Rename"]
    page = house.office.get(here)
    assert "2 clients" in text(page)
    clients = f"/clients?group={ids.encode(group.pk)}"
    assert f'href="{clients}"' in page.content.decode()
    names = text(house.office.get(clients))
    assert ("Ann" in names, "Bob" in names, " Cy " in names) == (True, True, False)
    assert f"/settings?level=group&amp;id={ids.encode(group.pk)}" in page.content.decode()


def test_s104_configure_opens_the_settings_of_the_group(house: House) -> None:
    group = house.group("Members")
    page = house.office.get(f"/settings?level=group&id={group['id']}")
    assert "Settings of the group Members" in text(page)
    saved = house.office.post(
        f"/settings/payments?level=group&id={group['id']}", {"payment_terms": "60"}, follow=True
    )
    assert toasts(saved) == ["The settings are saved."]
    shown = text(house.office.get(f"/groups/{group['id']}"))
    assert "Invoice payment terms 60 days" in shown


def test_s104_a_group_keeps_files(house: House) -> None:
    group = house.group("Members")
    file = SimpleUploadedFile("terms.pdf", b"%PDF-1.4 terms", "application/pdf")
    house.office.post(f"/groups/{group['id']}/upload", {"documents": [file], "is_public": "1"})
    kept = File.objects.get()
    assert (kept.name, kept.owner_kind, kept.is_public) == ("terms.pdf", "group", True)
    assert "terms.pdf" in text(house.office.get(f"/groups/{group['id']}"))
    assert house.office.get(f"/files/{ids.encode(kept.pk)}").getvalue() == b"%PDF-1.4 terms"
    answer = house.office.post(f"/files/{ids.encode(kept.pk)}/visibility")
    assert answer.url == f"/groups/{group['id']}"
    assert File.objects.get().is_public is False


def test_s104_a_group_is_archived_deleted_and_restored(house: House) -> None:
    group = house.group("Members", payment_terms="60")
    client = house.client(name="Ann", group_settings_id=group["id"])
    for action, says in (
        ("archive", "archived"),
        ("restore", "back"),
        ("delete", "deleted"),
        ("restore", "back"),
    ):
        answer = house.office.post(f"/groups/{group['id']}/{action}", follow=True)
        assert says in toasts(answer)[0]
        assert house.row(keyed(client)).preferences.payment_terms == "60", action


def test_s104_the_client_form_and_the_list_put_clients_in_a_group(house: House) -> None:
    group = house.group("Members")
    ann, bob = house.client(name="Ann"), house.client(name="Bob")
    house.office.post(edit_url(ann), form_of(house, ann) | {"group_id": group["id"]})
    assert house.shown(ann)["group_settings_id"] == group["id"]
    house.office.post("/clients/group", {"ids": [keyed(ann), keyed(bob)], "group_id": group["id"]})
    assert house.shown(bob)["group_settings_id"] == group["id"]


@pytest.mark.parametrize(
    ("name", "fault"), [("", "Give the group a name."), ("Taken", "Another group has this name already.")]
)
def test_s104_a_name_that_cannot_be_is_refused(house: House, name: str, fault: str) -> None:
    house.group("Taken")
    answer = house.office.post("/groups/new", {"name": name})
    assert (answer.status_code, faults(answer)) == (422, {"name": [fault]})
    assert Group.objects.count() == 1


def test_s105_any_setting_that_is_not_the_companys_own_can_be_a_groups(house: House) -> None:
    group = house.group("Members")
    offered = {
        key
        for key, pages in ((s.key, s.levels) for s in OURS)
        if GROUP in pages
    }  # fmt: skip
    for key in ("currency_id", "language_id", "send_reminders", "invoice_design_id", "invoice_number_pattern",
                "enable_client_portal", "payment_terms", "default_task_rate", "email_signature"):  # fmt: skip
        assert key in offered
        value = given(key)[1]
        house.api("PUT", f"group_settings/{group['id']}", {"name": "Members", "settings": {key: value}})
        assert Group.objects.get().settings[key] == value


@pytest.fixture
def layered(house: House) -> tuple[Client, Client, Client]:
    """Every setting of the catalogue set at each level: a client with all, one of the group, one of none."""
    company = {setting.key: given(setting.key)[2] for setting in OURS}
    group = house.group("Members", **{setting.key: given(setting.key)[1] for setting in OURS})
    own = {setting.key: given(setting.key)[0] for setting in OURS}
    house.wishes(**company)
    all_set = house.client(name="Own", group_settings_id=group["id"], settings=own)
    member = house.client(name="Member", group_settings_id=group["id"])
    alone = house.client(name="Alone")
    return all_set, member, alone


def test_s106_s107_s108_for_every_setting_client_then_group_then_company(
    house: House, layered: tuple[Client, Client, Client]
) -> None:
    wrong = {}
    for setting in OURS:
        sources = (CLIENT, GROUP, of_company(setting.key))
        for client, level, source in zip(layered, given(setting.key), sources, strict=True):
            preferences = house.row(keyed(client)).preferences
            wanted = Found(level, source)
            if preferences.found(setting.key) != wanted or preferences[setting.key] != python(setting, level):
                wrong[setting.key, source] = preferences.found(setting.key)
    assert wrong == {}


@pytest.mark.parametrize("setting", CATALOGUE.values(), ids=CATALOGUE)
def test_s106_s107_s108_the_one_function_takes_the_first_that_is_set(setting: Setting) -> None:
    """Of every key of the catalogue, counters too: false and 0 are values, "" and null are none."""
    key, values = setting.key, given(setting.key)
    for place, source in enumerate((CLIENT, GROUP, COMPANY)):
        layers = tuple({} if level < place else {key: values[level]} for level in range(3))
        assert Preferences(layers).found(key) == Found(values[place], source)
        blank = tuple({key: None} if level < place else {key: values[level]} for level in range(3))
        assert Preferences(blank).found(key) == Found(values[place], source)
    assert Preferences(({}, {}, {})).source(key) == DEFAULT
    if setting.kind in (Kind.FLAG, Kind.NUMBER, Kind.WHOLE, Kind.COUNTER):
        nothing = False if setting.kind is Kind.FLAG else 0
        assert Preferences(({key: nothing}, {key: values[1]}, {key: values[2]})).source(key) == CLIENT


@pytest.mark.parametrize("blank", ["", None])
def test_s106_s107_an_empty_value_is_not_set(
    house: House, layered: tuple[Client, Client, Client], blank: Any
) -> None:
    own, member, alone = layered
    house.put(own, settings=dict.fromkeys((s.key for s in OURS), blank))
    group = ids.encode(member.group_id or 0)
    preferences = house.row(keyed(own)).preferences
    assert {s.key: preferences.source(s.key) for s in OURS if preferences.source(s.key) != GROUP} == {}
    house.api(
        "PUT",
        f"group_settings/{group}",
        {"name": "Members", "settings": dict.fromkeys((s.key for s in OURS), blank)},
    )
    preferences = house.row(keyed(member)).preferences
    assert {
        s.key: preferences.source(s.key) for s in OURS if preferences.source(s.key) != of_company(s.key)
    } == {}
    assert alone.group_id is None


def test_s108_without_any_value_the_default_holds(house: House) -> None:
    client = house.client(name="A")
    preferences = client.preferences
    said = {s.key for s in OURS if preferences.source(s.key) != "default"}
    assert said <= {"name", "country_id", "currency_id", "language_id", "timezone_id"}
    for setting in OURS:
        if setting.key not in said:
            assert preferences[setting.key] == setting.default, setting.key


def test_s108_the_page_shows_where_each_value_comes_from(
    house: House, layered: tuple[Client, Client, Client]
) -> None:
    own, member, alone = layered
    words = {COMPANY: "Company", DEFAULT: "Default"}
    for client, source in ((own, "Client"), (member, "Members"), (alone, "")):
        page = house.office.get(f"/settings/payments?level=client&id={keyed(client)}")
        fields = [each for section in page.context["sections"] for each in section["fields"]]
        assert len(fields) >= 8
        for each in fields:
            assert text_of(each.hint).split(" ")[0] == (source or words[of_company(each.name)]), each.name


def text_of(hint: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(hint))).strip()


def test_s108_every_setting_is_of_all_levels_or_of_the_company_alone() -> None:
    levels = {setting.levels for rows in CHAPTERS.values() for setting in rows}
    assert levels <= {(COMPANY, GROUP, CLIENT), (COMPANY,)}


def test_s109_a_change_of_the_group_shows_on_its_members_at_once(house: House) -> None:
    group = house.group("Members", currency_id="2", send_reminders=False)
    member = house.client(name="Member", group_settings_id=group["id"])
    own = house.client(
        name="Own", group_settings_id=group["id"], settings={"currency_id": "1", "send_reminders": True}
    )
    assert (house.shown(member)["settings"]["currency_id"], house.shown(own)["settings"]["currency_id"]) == (
        "2",
        "1",
    )
    house.office.post(f"/settings/localization?level=group&id={group['id']}", {"currency_id": "5"})
    house.office.post(f"/settings/reminders?level=group&id={group['id']}", {"send_reminders": "1"})
    assert (house.shown(member)["settings"]["currency_id"], house.shown(own)["settings"]["currency_id"]) == (
        "5",
        "1",
    )
    member, own = house.row(keyed(member)), house.row(keyed(own))
    assert (member.preferences.send_reminders, own.preferences.send_reminders) == (True, True)
    assert "DKK" in text(house.office.get(edit_url(member).replace("edit", "tab/details")))


def test_s110_bulk_actions_of_the_api(house: House) -> None:
    group = house.group("Members")
    clients = [house.client(name=name) for name in ("Ann", "Bob")]
    keys = [keyed(client) for client in clients]

    def bulk(action: str, **more: Any) -> list[Any]:
        rows: list[Any] = house.api("POST", "clients/bulk", {"ids": keys, "action": action, **more})
        return rows

    assert [row["archived_at"] > 0 for row in bulk("archive")] == [True, True]
    assert [row["archived_at"] for row in bulk("restore")] == [0, 0]
    assert [row["is_deleted"] for row in bulk("delete")] == [True, True]
    bulk("restore")
    assert {row["group_settings_id"] for row in bulk("assign_group", group_settings_id=group["id"])} == {
        group["id"]
    }
    for column, value in (
        ("public_notes", "Hello"), ("industry_id", "3"), ("size_id", "2"), ("country_id", "276"),
        *((f"custom_value{n}", f"v{n}") for n in (1, 2, 3, 4)),
    ):  # fmt: skip
        assert {row[column] for row in bulk("bulk_update", column=column, new_value=value)} == {value}
    house.api(
        "POST",
        "clients/bulk",
        {"ids": keys, "action": "bulk_update", "column": "balance", "new_value": "5"},
        status=422,
    )


def test_s110_settings_of_many_are_put_by_the_api(house: House) -> None:
    clients = [house.client(name=f"C{n}") for n in range(3)]
    for client in clients:
        house.put(client, settings={"payment_terms": "7"})
    assert {house.row(keyed(client)).preferences.payment_terms for client in clients} == {"7"}
    assert MailDelivery.objects.count() == 0

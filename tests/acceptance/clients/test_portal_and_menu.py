"""Rows S23 to S26: the ways into the portal and the settings, and the menu that every tab has."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.kernel import ids

from .conftest import House, member, text

TABS = ("", "/tab/details", "/tab/documents", "/tab/ledger", "/tab/activity", "/tab/emails", "/tab/logs")


def at(client: Client, tab: str = "") -> str:
    return f"/clients/{ids.encode(client.pk)}{tab}"


def menu(house: House, client: Client, tab: str = "", browser: Browser | None = None) -> list[str]:
    kebab = (browser or house.office).get(at(client, tab)).context["kebab"]
    return [str(action.label) for action in kebab]


def test_s23_the_portal_opens_in_a_new_tab_as_the_first_contact_and_marks_nothing(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}, {"first_name": "Ben"}])
    invoice = house.invoice(client)
    ann = client.contacts.live().get(first_name="Ann")
    body = html.unescape(house.office.get(at(client)).content.decode())
    url = f"/client/key_login/{ann.contact_key}?silent=true&client_hash={client.client_hash}"
    foot = body[body.index('class="tiles"') :]
    assert re.search(rf'<a[^>]* href="{re.escape(url)}"[^>]*>', foot)
    assert 'target="_blank"' in re.search(rf'<a[^>]*href="{re.escape(url)}"[^>]*>', foot)[0]  # type: ignore[index]
    before = Activity.objects.count()
    browser = Browser()
    assert browser.get(url, follow=True).status_code == 200
    key = invoice["invitations"][0]["key"]
    assert browser.get(f"/client/invoice/{key}?silent=true", follow=True).status_code == 200
    shown = house.api("GET", f"invoices/{invoice['id']}")
    assert [one["viewed_date"] for one in shown["invitations"]] == [""] * len(shown["invitations"])
    facts = set(Activity.objects.order_by("pk")[before:].values_list("fact", flat=True))
    assert "InvoiceViewed" not in facts
    client.refresh_from_db()
    assert client.last_login is None


def test_s23_the_link_can_be_copied_beside(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}])
    body = house.office.get(at(client)).content.decode()
    key = client.contacts.live().get().contact_key
    assert re.findall(r'data-copy="([^"]+/client/key_login/[^"]+)"', body) == [
        f"http://127.0.0.1:8000/client/key_login/{key}"
    ]
    assert Browser().get(f"/client/key_login/{key}").status_code == 302


def test_s24_settings_of_the_client_have_a_banner_and_a_way_out(house: House) -> None:
    client = house.client(name="Bistro")
    url = f"/settings?level=client&id={ids.encode(client.pk)}"
    body = html.unescape(house.office.get(at(client)).content.decode())
    assert f'href="{url}"' in body
    page = house.office.get(url, follow=True)
    assert "Settings of the client Bistro" in text(page)
    assert f'href="{at(client)}"' in page.content.decode()


def test_s24_settings_need_the_right_to_edit(house: House) -> None:
    client = house.client(name="Bistro")
    carol = member(house, "view_client")
    assert "/settings?level=client" not in carol.get(at(client)).content.decode()
    assert carol.get(f"/settings?level=client&id={ids.encode(client.pk)}").status_code == 403


@pytest.mark.parametrize(
    ("area", "name", "value"),
    [
        ("defaults", "invoice_terms", "Net cash"),
        ("localization", "currency_id", "1"),
        ("payments", "payment_terms", "30"),
        ("numbers", "invoice_number_pattern", "B-{$counter}"),
        ("email", "email_style", "dark"),
        ("portal", "client_portal_terms", "Be kind"),
        ("workflow", "auto_archive_invoice", "1"),
    ],
)
def test_s25_a_setting_of_one_client_is_overridden_and_reset(
    house: House, area: str, name: str, value: str
) -> None:
    client = house.client(name="Bistro")
    other = house.client(name="Other")
    url = f"/settings/{area}?level=client&id={ids.encode(client.pk)}"
    shown = house.office.get(url)
    assert shown.status_code == 200
    assert f'name="{name}"' in shown.content.decode()
    assert re.search(r"(Company|Default)", text(shown))
    assert house.office.post(url, {name: value}).status_code == 302
    own = Client.objects.get(pk=client.pk).settings
    assert name in own
    assert name not in Client.objects.get(pk=other.pk).settings
    assert house.office.post(url, {"reset": name}).status_code == 302
    assert name not in Client.objects.get(pk=client.pk).settings


def test_s25_each_field_says_where_its_value_comes_from(house: House) -> None:
    group = house.group("Members", payment_terms="60")
    client = house.client(name="Bistro", group_settings_id=group["id"])
    url = f"/settings/payments?level=client&id={ids.encode(client.pk)}"
    assert "Inherited: 60 days" in text(house.office.get(url))
    house.office.post(url, {"payment_terms": "14"})
    assert client.preferences.payment_terms == "60"
    client = Client.objects.get(pk=client.pk)
    assert (client.settings["payment_terms"], client.preferences.payment_terms) == ("14", "14")


@pytest.mark.parametrize("tab", TABS)
def test_s26_the_menu_is_the_same_on_every_tab(house: House, tab: str) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}])
    labels = menu(house, client, tab)
    assert labels == menu(house, client)
    for label in (
        "Edit", "View the statement", "Client portal", "Settings", "Assign a group", "Add a comment",
        "New invoice", "New quote", "New payment", "New credit", "New recurring invoice",
        "Merge into another client", "Duplicate", "Archive", "Delete", "Erase for good",
    ):  # fmt: skip
        assert label in labels, label


def test_s26_the_menu_follows_the_state(house: House) -> None:
    client = house.client(name="Bistro")
    key = ids.encode(client.pk)
    house.office.post(at(client, "/archive"))
    assert {"Restore", "Delete"} <= set(menu(house, client))
    assert "Archive" not in menu(house, client)
    house.office.post("/clients/bulk", {"action": "delete", "ids": [key]})
    assert menu(house, client) == ["Restore", "Erase for good"]


def test_s26_the_menu_follows_the_rights(house: House) -> None:
    client = house.client(name="Bistro")
    carol = member(house, "view_client,create_quote")
    assert menu(house, client, browser=carol) == ["View the statement", "Run a template", "New quote"]
    for tab in ("", "/tab/details"):
        assert "key_login" not in carol.get(at(client, tab)).content.decode(), tab
        assert "key_login" in house.office.get(at(client, tab)).content.decode(), tab
    for verb in ("archive", "delete", "merge", "purge", "group", "comment", "clone"):
        assert carol.post(at(client, f"/{verb}")).status_code == 403, verb
    assert Client.objects.filter(deleted_at=None, archived_at=None).count() == 1


def test_s26_erasing_for_good_wants_the_password_of_an_administrator(house: House) -> None:
    client = house.client(name="Bistro")
    assert house.office.post(at(client, "/purge"), {"password": "wrong"}).status_code == 422
    assert Client.objects.count() == 1
    assert house.office.post(at(client, "/purge"), {"password": "correct horse battery"}).status_code == 302
    assert Client.objects.count() == 0

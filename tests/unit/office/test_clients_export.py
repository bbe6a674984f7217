"""Clients leave as a file: all of the list, its filtered ones, or the ticked ones; in chosen columns."""

from __future__ import annotations

import html
from typing import Any

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.insight.imports.sheets import Manner, rows
from comptoir.kernel import ids

from .conftest import ON, Office


def lines(answer: Any) -> list[str]:
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return content.splitlines()


def asked(*columns: str, **more: Any) -> dict[str, Any]:
    return {"columns": list(columns), "kind": "csv", "everybody": "1", **more}


def others(office: Office) -> list[Client]:
    by = office.alice.actor()
    people = [{"email": "a@example.com"}, {"email": "b@example.com"}]
    return [
        create_client({"name": "Alpha", "contacts": people}, by=by, on=ON),
        create_client({"name": "Beta"}, by=by, on=ON),
    ]


def test_all_that_the_list_shows_leaves_with_its_contacts(office: Office) -> None:
    others(office)
    answer = office.browser().post("/clients/export", asked("client.name", "contact.email"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines(answer) == [
        "Client name,Contact e-mail",
        "Alpha,a@example.com",
        "Alpha,b@example.com",
        "Beta,",
        "Bistro,",
    ]


def test_filters_and_ticks_narrow_it(office: Office) -> None:
    alpha, _beta = others(office)
    browser = office.browser()
    found = browser.post("/clients/export?q=bet", asked("client.name"))
    assert lines(found) == ["Client name", "Beta"]
    keys = [ids.encode(alpha.pk), ids.encode(office.client.pk), ids.encode(10_000), "?"]
    found = browser.post("/clients/export", asked("client.name", ids=keys, everybody=""))
    assert lines(found) == ["Client name", "Alpha", "Bistro"]


def test_it_comes_as_a_workbook_too(office: Office) -> None:
    answer = office.browser().post("/clients/export", asked("client.name", "client.group", kind="xlsx"))
    content = b"".join(answer.streaming_content)
    assert [row.cells for row in rows(content, "xlsx", Manner())] == [
        ["Client name", "Group"],
        ["Bistro", "Large accounts"],
    ]


def test_the_dialog_offers_the_columns_for_what_the_list_asks(office: Office) -> None:
    browser = office.browser()
    shown = html.unescape(browser.get("/clients/export?q=bet").content.decode())
    assert 'action="/clients/export?q=bet"' in shown
    assert 'value="client.name" checked' in shown
    assert 'value="client.siren">' in shown
    assert "/clients/export?q=bet" in html.unescape(browser.get("/clients?q=bet").content.decode())
    key = ids.encode(office.client.pk)
    assert f'name="ids" value="{key}"' in browser.get(f"/clients/export?ids={key}").content.decode()


def test_no_column_is_no_file(office: Office) -> None:
    answer = office.browser().post("/clients/export", asked())
    assert answer.headers["Location"] == "/clients"


def test_only_what_a_member_may_see_leaves(office: Office) -> None:
    assert lines(office.browser(office.dora).post("/clients/export", asked("client.name"))) == ["Client name"]
    keys = [ids.encode(office.client.pk)]
    found = office.browser(office.dora).post("/clients/export", asked("client.name", ids=keys))
    assert lines(found) == ["Client name"]

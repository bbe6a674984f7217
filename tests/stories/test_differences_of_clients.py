"""Decisions C and P as an app sees them, where they are not in test_differences (docs/compatibility.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.config import audit
from comptoir.kernel import ids
from comptoir.ledger.models import Entry
from comptoir.sealing.models import Seal
from tests.stories.asking import App
from tests.stories.test_differences import AMERICAN, again, app, client, clock, figures, founded, sent

__all__ = ["app", "client", "clock"]

TYPE_IT: Any = {"X-API-PASSWORD": "a-long-walk-by-the-sea"}
RULE = "A password has at least 7 characters, with a small letter, a capital and a digit."
HINT = "At least 7 characters, with a small letter, a capital and a digit."


def made(app: App, name: str = "", **fields: Any) -> Any:
    return app("POST", "clients", {"name": name, **fields})


def bulk(app: App, action: str, *rows: Any, status: int = 200) -> Any:
    return app("POST", "clients/bulk", {"action": action, "ids": [row["id"] for row in rows]}, status=status)


def counted() -> tuple[int, ...]:
    """How many rows anything could have added to, or taken from."""
    tables = (Client, Contact, Entry, Activity)
    return tuple(table.everywhere.count() for table in tables)


def primaries(row: Any) -> list[str]:
    return [one["email"] for one in row["contacts"] if one["is_primary"]]


def people(*emails: str, **more: Any) -> list[dict[str, Any]]:
    return [{"email": email, **more} for email in emails]


def test_c6_an_id_number_is_taken_until_its_client_is_purged(app: App) -> None:
    first = made(app, "Orchard", id_number="SAP-1")
    bulk(app, "delete", first)
    before = counted()
    refusal = app("POST", "clients", {"name": "Mill", "id_number": "SAP-1"}, status=422)
    assert refusal["errors"] == {"id_number": ["Another client has this identification number already."]}
    assert counted() == before
    app("POST", f"clients/{first['id']}/purge", **TYPE_IT)
    assert made(app, "Mill", id_number="SAP-1")["id_number"] == "SAP-1"


def test_c7_the_list_of_contacts_is_their_order_and_exactly_one_is_primary(app: App) -> None:
    row = made(app, contacts=people("a@x.example", "b@x.example"))
    assert primaries(row) == ["a@x.example"]
    order = [{"id": one["id"], "email": one["email"]} for one in row["contacts"][::-1]]
    row = app("PUT", f"clients/{row['id']}", {"contacts": order})
    assert [one["email"] for one in row["contacts"]] == ["b@x.example", "a@x.example"]
    assert (primaries(row), row["display_name"]) == (["b@x.example"], "b@x.example")
    said = [{**one, "is_primary": True} for one in row["contacts"]]
    assert primaries(app("PUT", f"clients/{row['id']}", {"contacts": said})) == ["b@x.example"]
    other = made(app, "Mill", contacts=people("c@x.example", "a@x.example"))
    kept = app("POST", f"clients/{row['id']}/{other['id']}/merge", **TYPE_IT)
    assert [one["email"] for one in kept["contacts"]] == ["b@x.example", "a@x.example", "c@x.example"]
    assert primaries(kept) == ["b@x.example"]


def test_c10_two_clients_may_share_an_email_but_one_portal_password(app: App) -> None:
    first = made(app, "Orchard", contacts=people("ann@x.example", password="Verger2026"))
    second = made(app, "Mill", contacts=people("Ann@x.example"))
    before = counted()
    for contact in ({**second["contacts"][0], "password": "Moulin2026"},):
        refusal = app("PUT", f"clients/{second['id']}", {"contacts": [contact]}, status=422)
        assert list(refusal["errors"]) == ["contacts.0.password"]
    assert counted() == before
    emails = [again(app, "clients", row)["contacts"][0]["email"].lower() for row in (first, second)]
    assert emails == ["ann@x.example"] * 2
    assert signs_in("ann@x.example", "Verger2026")
    assert not signs_in("ann@x.example", "Moulin2026")


def signs_in(email: str, password: str) -> Browser | None:
    browser = Browser()
    answer = browser.post("/client/login", {"email": email, "password": password})
    return browser if answer.status_code == 302 else None


@pytest.mark.parametrize("weak", ["Abc123", "abcdef7", "ABCDEF7", "Abcdefg"])
def test_c12_one_rule_for_contact_passwords_shown_beside_the_field(app: App, weak: str) -> None:
    """The portal asks for no less than the API: seven characters, not six."""
    before = counted()
    refusal = app("POST", "clients", {"contacts": people("a@x.example", password=weak)}, status=422)
    assert refusal["errors"] == {"contacts.0.password": [RULE]}
    assert counted() == before
    made(app, "Orchard", contacts=people("ann@x.example", password="Verger2026"))
    browser = signs_in("ann@x.example", "Verger2026")
    assert browser is not None
    assert HINT in browser.get("/client/profile", headers={"accept-language": "en"}).content.decode()
    typed = {"old_password": "Verger2026", "password": weak, "password_again": weak}
    answer = browser.post("/client/profile/password", typed)
    assert answer.status_code == 422
    assert answer.context["forms"]["password"].errors == {"password": [RULE]}
    assert signs_in("ann@x.example", "Verger2026")


def test_c13_the_api_adds_contacts_and_the_portal_does_not(app: App) -> None:
    row = made(app, "Orchard", contacts=people("ann@x.example", password="Verger2026"))
    browser = signs_in("ann@x.example", "Verger2026")
    assert browser is not None
    before = counted()
    for path in ("/client/contacts", "/client/profile/contacts", f"/client/clients/{row['id']}/contacts"):
        assert browser.post(path, {"email": "bob@x.example"}).status_code in (403, 404)
    browser.post("/client/profile/client", {"contacts.1.email": "bob@x.example", "name": "Orchard"})
    assert counted()[1] == before[1]
    both = [*row["contacts"], *people("bob@x.example")]
    assert len(app("PUT", f"clients/{row['id']}", {"contacts": both})["contacts"]) == 2


def test_c15_a_client_that_was_merged_away_answers_and_stays_away(app: App, client: str) -> None:
    gone = made(app, "Gone")
    sent(app, gone["id"], 30)
    app("POST", f"clients/{client}/{gone['id']}/merge", **TYPE_IT)
    shown = again(app, "clients", gone)
    assert (shown["is_deleted"], shown["name"], shown["balance"]) == (True, "Gone", 0)
    before = counted()
    app("PUT", f"clients/{gone['id']}", {"name": "Back"}, status=400)
    bulk(app, "restore", gone, status=400)
    assert counted() == before
    assert again(app, "clients", gone)["is_deleted"] is True
    assert figures(app, client) == (30, 0, 0, 0)


def test_c16_money_in_two_currencies_is_never_added_up(app: App, client: str) -> None:
    euros = made(app, "Moulin", settings={"currency_id": "3"})
    sent(app, client, 100)
    sent(app, euros["id"], 40)
    before = counted()
    refusal = app("POST", f"clients/{client}/{euros['id']}/merge", status=422, **TYPE_IT)
    assert list(refusal["errors"]) == ["currency_id"]
    assert (figures(app, client), figures(app, euros["id"])) == ((100, 0, 0, 0), (40, 0, 0, 0))
    assert counted() == before
    penniless = made(app, "Empty", settings={"currency_id": "3"})
    app("POST", f"clients/{client}/{penniless['id']}/merge", **TYPE_IT)
    assert figures(app, client) == (100, 0, 0, 0)


def test_c18_a_purge_waits_for_the_law_and_leaves_the_chain_whole(clock: Any) -> None:
    app = founded(country_id="250", currency_id="3")
    row = made(app, "Verger")
    invoice = sent(app, row["id"])
    before = counted()
    refusal = app("POST", f"clients/{row['id']}/purge", status=422, **TYPE_IT)
    (sentence,) = refusal["errors"]["id"]
    assert "2036" in sentence
    assert (counted(), figures(app, row["id"])) == (before, (100, 0, 0, 0))
    clock.move_to(datetime(2036, 12, 31, 12, tzinfo=UTC))
    app("POST", f"clients/{row['id']}/purge", status=422, **TYPE_IT)
    clock.move_to(datetime(2037, 1, 1, 12, tzinfo=UTC))
    links = list(Seal.everywhere.order_by("place").values_list("link", flat=True))
    app("POST", f"clients/{row['id']}/purge", **TYPE_IT)
    app("GET", f"invoices/{invoice['id']}", status=400)
    assert Entry.everywhere.count() == 0
    assert links
    assert list(Seal.everywhere.order_by("place").values_list("link", flat=True))[: len(links)] == links
    assert audit.examine() == []


def test_c18_where_no_law_keeps_them_documents_go_with_their_client(app: App, client: str) -> None:
    sent(app, client)
    app("POST", f"clients/{client}/purge", **TYPE_IT)
    assert (app("GET", "invoices"), Entry.everywhere.count(), audit.examine()) == ([], 0, [])


def stored(row: Any) -> dict[str, Any]:
    return dict(Client.everywhere.get(pk=ids.decode(row["id"])).settings)


def test_p3_the_currency_in_force_is_shown_and_only_an_own_one_is_stored(app: App) -> None:
    row = made(app, "Orchard")
    assert (row["settings"]["currency_id"], stored(row)) == ("1", {})
    app("PUT", f"clients/{row['id']}", {"settings": row["settings"]})
    assert "currency_id" not in stored(row)
    company = app("GET", "companies")[0]
    app("PUT", f"companies/{company['id']}", {"settings": {"currency_id": "3"}})
    assert again(app, "clients", row)["settings"]["currency_id"] == "3"
    group = app("POST", "group_settings", {"name": "Sterling", "settings": {"currency_id": "2"}})
    app("PUT", f"clients/{row['id']}", {"group_settings_id": group["id"]})
    assert again(app, "clients", row)["settings"]["currency_id"] == "2"
    own = app("PUT", f"clients/{row['id']}", {"settings": {"currency_id": "1"}})
    assert (own["settings"]["currency_id"], stored(own)) == ("1", {"currency_id": "1"})


@pytest.mark.parametrize("nothing", ["", None])
def test_p4_nothing_on_a_group_or_client_hides_nothing(app: App, nothing: Any) -> None:
    company = app("GET", "companies")[0]
    app("PUT", f"companies/{company['id']}", {"settings": {"invoice_terms": "Ours", "payment_terms": "14"}})
    blank = {"invoice_terms": nothing, "payment_terms": nothing}
    group = app("POST", "group_settings", {"name": "Members", "settings": blank})
    row = made(app, "Orchard", group_settings_id=group["id"], settings=blank)
    invoice = sent(app, row["id"], date="2026-03-02")
    assert (invoice["terms"], invoice["due_date"]) == ("Ours", "2026-03-16")


def test_p4_false_and_nought_are_values_and_the_company_may_say_nothing(app: App) -> None:
    company = app("GET", "companies")[0]
    said = {"invoice_terms": "", "payment_terms": "14", "auto_convert_quote": True}
    kept = app("PUT", f"companies/{company['id']}", {"settings": said})["settings"]
    assert kept["invoice_terms"] == ""
    own = {"payment_terms": "0", "auto_convert_quote": False}
    row = made(app, "Orchard", settings=own)
    assert (row["settings"]["payment_terms"], row["settings"]["auto_convert_quote"]) == ("0", False)
    invoice = sent(app, row["id"], date="2026-03-02")
    assert (invoice["terms"], invoice["due_date"]) == ("", "2026-03-02")


def test_p5_a_part_of_the_companys_settings_leaves_the_rest(app: App) -> None:
    company = app("GET", "companies")[0]
    path = f"companies/{company['id']}"
    app("PUT", path, {"settings": {"payment_terms": "45", "invoice_terms": "Ours"}})
    before = app("GET", path)["settings"]
    after = app("PUT", path, {"settings": {"valid_until": "9"}})["settings"]
    assert {key: after[key] for key in before} == {**before, "valid_until": "9"}
    assert (after["payment_terms"], after["name"], after["country_id"]) == (
        "45",
        "Atelier",
        AMERICAN["country_id"],
    )

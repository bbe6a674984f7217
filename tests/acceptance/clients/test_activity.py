"""Rows S42 to S47: who did what on a client's file, and when."""

from __future__ import annotations

import html
import re
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client as Browser
from django.urls import get_resolver
from django.utils.html import strip_tags

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.people.operations import invite_user

from .conftest import BACKEND, ON, House, edit_url, form_of, member, portal, text, work


def activity(house: House, client: Client, query: str = "") -> Any:
    return house.office.get(f"/clients/{ids.encode(client.pk)}/tab/activity{query}")


def sentences(house: House, client: Client, query: str = "") -> list[str]:
    """Newest first, as they read."""
    return [
        html.unescape(strip_tags(one.sentence)) for one in activity(house, client, query).context["activity"]
    ]


def test_s42_sentences_come_newest_first_with_moment_icon_and_link(house: House) -> None:
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    page = activity(house, client)
    said = sentences(house, client)
    assert said[-1] == "Alice Martin created client Bistro"
    assert any(f"created invoice {invoice['number']}" in one for one in said)
    body = page.content.decode()
    assert f'href="/invoices/{invoice["id"]}"' in body
    entry = body[body.index('<ol class="timeline">') :]
    assert entry.count("<time ") == len(said)
    assert entry.count('class="timeline-icon') == len(said)


def test_s42_sentences_are_in_the_readers_language(house: House) -> None:
    client = house.client(name="Bistro")
    house.alice.user.language_id = "13"
    house.alice.user.save()
    assert sentences(house, client) == ["Alice Martin a créé le client Bistro"]


def test_s42_a_long_history_turns_its_pages(house: House) -> None:
    client = house.client(name="Bistro")
    for n in range(60):
        house.office.post(f"/clients/{ids.encode(client.pk)}/comment", {"notes": f"Note {n}"})
    first = activity(house, client)
    assert len(first.context["activity"]) == 50
    rest = house.office.get(first.context["next_url"]).context["activity"]
    assert len(rest) == 11
    assert "created client" in rest[-1].sentence


def test_s43_money_goes_to_the_ledger_and_to_the_activity_a_note_to_one_alone(house: House) -> None:
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    before = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/ledger").context["entries"]
    house.put(client, private_notes="Rang")
    assert sentences(house, client)[0] == "Alice Martin updated client Bistro"
    after = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/ledger").context["entries"]
    assert len(before) == len(after) == 1
    parts = [{"invoice_id": invoice["id"], "amount": 100}]
    fields = {"client_id": ids.encode(client.pk), "amount": 100, "date": "2026-11-24", "invoices": parts}
    house.api("POST", "payments", fields)
    entries = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/ledger").context["entries"]
    assert strip_tags(entries[0]["credit"]) == "€100.00"
    assert any("payment" in one for one in sentences(house, client)[:3])


def test_s44_every_change_of_the_file_is_told(house: House) -> None:
    client, other = house.client(name="Bistro", contacts=[{"first_name": "Ann"}]), house.client(name="Other")
    key = ids.encode(client.pk)
    at = f"/clients/{key}"
    house.office.post(f"{at}/archive")
    house.office.post(f"{at}/restore")
    house.office.post(f"{at}/delete")
    house.office.post(f"{at}/restore")
    people = [*house.shown(client)["contacts"], {"first_name": "Ben"}]
    house.put(client, contacts=people)
    house.put(client, settings={"currency_id": "3", "payment_terms": "7"})
    house.office.post(f"{at}/comment", {"notes": "Rang, will pay."})
    house.office.post(f"/clients/{ids.encode(other.pk)}/merge", {"kept": key})
    own = Activity.objects.filter(client_id=client.pk, subject_id=client.pk).order_by("pk")
    assert list(own.values_list("fact", flat=True)) == [
        "ClientCreated", "ClientArchived", "ClientRestored", "ClientDeleted", "ClientRestored",
        "ClientUpdated", "ClientUpdated", "Commented", "ClientMerged",
    ]  # fmt: skip
    assert "Rang, will pay." in text(activity(house, client))


def test_s44_an_update_says_what_changed_from_what_to_what(house: House) -> None:
    client = house.client(name="Bistro", city="Paris", contacts=[{"first_name": "Ann"}])
    sent = form_of(house, client) | {"city": "Lyon", "contacts.0.phone": "04 99"}
    house.office.post(edit_url(client), sent)
    latest = activity(house, client).context["activity"][0]
    assert ("City", "Paris", "Lyon") in latest.changes
    assert ("Contact · Phone", "—", "04 99") in latest.changes
    house.put(client, settings={"currency_id": "3", "payment_terms": "7"})
    house.put(client, vat_number="FR83404833048")
    assert ("VAT number", "—", "FR83404833048") in activity(house, client).context["activity"][0].changes


def test_s44_what_a_contact_does_in_the_portal_is_told(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann", "email": "ann@example.com"}])
    ann = portal(client.contacts.live().get())
    sent = {"first_name": "Anna", "last_name": "Bell", "email": "ann@example.com", "phone": "01"}
    ann.post("/client/profile", sent | {"part": "contact"})
    assert any(one.startswith(("Ann", "Anna")) for one in sentences(house, client)[:2])


@pytest.mark.parametrize(
    ("path", "verbs"),
    [
        ("invoices", ("mark_sent", "archive", "restore")),
        ("quotes", ("mark_sent", "archive", "restore", "delete")),
        ("credits", ("mark_sent", "archive", "restore")),
    ],
)
def test_s45_documents_of_the_client_tell_theirs(house: House, path: str, verbs: tuple[str, ...]) -> None:
    client = house.client(name="Bistro")
    line = {"line_items": [{"product_key": "Day", "cost": 100, "quantity": 1}]}
    made = house.api("POST", path, {"client_id": ids.encode(client.pk)} | line)
    for verb in verbs:
        house.api("POST", f"{path}/bulk", {"action": verb, "ids": [made["id"]]})
    word = path.removesuffix("s")
    said = [one for one in sentences(house, client) if f" {word} " in one]
    assert len(said) == len(verbs) + 1
    shown = {"mark_sent": "marked", "archive": "archived", "restore": "restored", "delete": "deleted"}
    assert [one.split()[2] for one in reversed(said)] == ["created", *(shown[verb] for verb in verbs)]


def test_s46_the_sentence_names_the_member_the_contact_the_system_or_the_program(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann", "last_name": "Bell"}])
    invoice = house.invoice(client)
    browser = portal(client.contacts.live().get())
    browser.get(f"/client/invoice/{invoice['invitations'][0]['key']}", follow=True)
    assert f"Ann Bell viewed invoice {invoice['number']}" in " ".join(sentences(house, client))
    row = Activity.objects.filter(fact="InvoiceCreated").get()
    assert (row.actor_kind, row.actor_name, row.ip) == ("user", "Alice Martin", "127.0.0.1")
    assert row.token_id is not None
    viewed = Activity.objects.filter(fact="InvoiceViewed").get()
    assert (viewed.actor_kind, viewed.actor_name) == ("contact", "Ann Bell")


def test_s46_a_program_is_named_by_its_token(house: House) -> None:
    from tests.stories.asking import App

    word = {"X-API-PASSWORD": "correct horse battery"}
    made = house.api("POST", "tokens", {"name": "Zapier"}, status=200, **word)
    zapier = App(made["token"])
    key = zapier("POST", "clients", {"name": "Bistro"})["id"]
    (said,) = sentences(house, house.row(key))
    assert said == "Alice Martin (Zapier) created client Bistro"


def test_s47_rows_can_be_filtered_and_kept_as_a_file(house: House) -> None:
    client = house.client(name="Bistro")
    house.invoice(client, sent=False)
    fields = {"email": "carol@example.com", "first_name": "Carol", "last_name": "X"}
    carol = invite_user(fields, {"is_admin": True}, by=house.alice.actor(), on=ON)
    desk = Browser(headers={"accept-language": "en"})
    desk.force_login(carol.user, backend=BACKEND)
    desk.post(f"/clients/{ids.encode(client.pk)}/comment", {"notes": "Rang"})
    assert sentences(house, client, "?who=Carol X") == ["Carol X wrote: Rang"]
    assert len(sentences(house, client, "?kind=invoice")) == 1
    offered = re.findall(r"[?&](?:amp;)?kind=(\w+)", activity(house, client).content.decode())
    theirs = {"client", "invoice", "quote", "credit", "payment", "recurringinvoice"}
    assert set(offered) == theirs, "and nothing of rooms that are not there"
    assert sentences(house, client, "?period=last_year") == []
    answer = activity(house, client, "?export=csv&who=Carol X")
    head, row = answer.getvalue().decode("utf-8-sig").splitlines()
    assert head == "Date,Who,What happened,What changed,IP address"
    assert re.search(r"Carol X,Carol X wrote: Rang,,127\.0\.0\.1$", row)


def test_s47_a_row_opens_the_paper_as_it_was_then(house: House) -> None:
    house.wishes(lock_invoices="off")
    house.company_put(settings={"country_id": "840"})
    client = house.client(name="Bistro")
    invoice = house.invoice(client, public_notes="Erste")
    work("papers.")
    house.api("PUT", f"invoices/{invoice['id']}", {"public_notes": "Zweite"})
    work("papers.")
    papers = {
        html.unescape(strip_tags(one.sentence)).split()[2]: one.paper
        for one in activity(house, client).context["activity"]
    }
    assert set(papers) == {"created", "marked", "updated"}
    assert "PDF as it was then" in text(activity(house, client))
    first, second = (printed(house, papers[word]) for word in ("marked", "updated"))
    assert ("Erste" in first, "Zweite" in first) == (True, False)
    assert ("Erste" in second, "Zweite" in second) == (False, True)


def test_s47_no_paper_where_none_was_kept_or_may_be_seen(house: House) -> None:
    client = house.client(name="Bistro")
    house.invoice(client, sent=False)
    assert [one.paper for one in activity(house, client).context["activity"]] == ["", ""]
    house.invoice(client)
    work("papers.")
    assert any(one.paper for one in activity(house, client).context["activity"])
    carol = member(house, "view_client")
    page = carol.get(f"/clients/{ids.encode(client.pk)}/tab/activity")
    assert not any(one.paper for one in page.context["activity"])


def printed(house: House, url: str) -> str:
    """The words of a PDF that the office shows."""
    paper = pdfium.PdfDocument(house.office.get(url).content)
    return " ".join(page.get_textpage().get_text_bounded() for page in paper)


def test_s47_nobody_changes_or_deletes_a_row(house: House) -> None:
    client = house.client(name="Bistro")
    row = Activity.objects.get(client_id=client.pk)
    for method in ("PUT", "DELETE"):
        assert house.api(method, f"activities/{ids.encode(row.pk)}", {}, status=404)
    names = [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert not [name for name in names if "activit" in name and ("edit" in name or "delete" in name)]

"""The link at the foot of each mail, and the choices in the profile (S89, S98): who leaves gets no more."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Contact
from comptoir.clients.receiving import Mail, receivers, unsubscribe_key
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused

from .conftest import House, edit_url, person, portal, text, told
from .test_contacts import ANN, BOB, mailed

ALL = ["documents", "reminders", "statements", "receipts"]


def link(contact: Contact) -> str:
    return f"/client/mails/{unsubscribe_key(contact.pk)}"


def test_each_mail_leads_to_the_choices_of_its_receiver(house: House, settings: object) -> None:
    client = house.client(contacts=[ANN, BOB])
    mailed(house, client)
    for row in MailDelivery.objects.all():
        contact = person(row.recipient)
        found = re.search(r"https?://[^/]+(/client/mails/[\w-]+)", row.html)
        assert found
        assert found[1] == link(contact)
        assert row.headers["List-Unsubscribe"].endswith(f"{link(contact)}>")
        assert row.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_looking_changes_nothing_and_saving_keeps_what_is_ticked(house: House) -> None:
    client = house.client(contacts=[ANN, BOB])
    ann, stranger = person("ann@a.example"), Browser(enforce_csrf_checks=True)
    page = stranger.get(link(ann))
    assert (page.status_code, "ann@a.example" in text(page)) == (200, True)
    assert person("ann@a.example").declined == []
    ticked = {f"wants.{one}": "" if one == "reminders" else "1" for one in Mail}
    answer = stranger.post(link(ann), ticked)
    assert "Your choice is kept." in text(answer)
    assert (person("ann@a.example").declined, person("bob@a.example").declined) == (["reminders"], [])
    assert told()[-1] == "ContactChoseMails"
    assert mailed(house, client) == [("ann@a.example", []), ("bob@a.example", [])]
    assert "Unsubscribed: Reminders of what is due" in text(
        house.office.get(edit_url(client).replace("edit", "tab/details"))
    )


@pytest.mark.parametrize("sent", [{"List-Unsubscribe": "One-Click"}, {"none": "1", "wants.documents": "1"}])
def test_one_click_leaves_everything(house: House, sent: dict[str, str]) -> None:
    client = house.client(contacts=[ANN, BOB])
    assert Browser(enforce_csrf_checks=True).post(link(person("ann@a.example")), sent).status_code == 200
    assert person("ann@a.example").declined == ALL
    assert mailed(house, client) == [("bob@a.example", [])]


def test_when_all_have_left_nothing_is_sent_and_it_is_said(house: House) -> None:
    client = house.client(contacts=[ANN])
    Browser().post(link(person("ann@a.example")), {"List-Unsubscribe": "One-Click"})
    invoice = house.invoice(client)
    told_before = told()
    answer = house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"}, status=422)
    assert answer["errors"]["contacts"] == [
        "All contacts with an e-mail address have unsubscribed from this."
    ]
    assert (MailDelivery.objects.count(), told()) == (0, told_before)


def test_a_wrong_key_opens_nothing_and_no_other_person(house: House) -> None:
    house.client(contacts=[ANN, BOB])
    ann, bob = person("ann@a.example"), person("bob@a.example")
    mixed = f"{ids.encode(bob.pk)}-{unsubscribe_key(ann.pk).partition('-')[2]}"
    for key in ("x", ids.encode(ann.pk), mixed, "-"):
        assert Browser().get(f"/client/mails/{key}").status_code == 404, key
        assert Browser().post(f"/client/mails/{key}", {"none": "1"}).status_code == 404
    assert [person(one.email).declined for one in (ann, bob)] == [[], []]


def test_s98_the_profile_has_the_same_choices(house: House) -> None:
    house.client(contacts=[ANN, BOB])
    browser = portal(person("ann@a.example"))
    assert "Statements of account" in text(browser.get("/client/profile"))
    ticked = {f"wants.{one}": "" if one == "statements" else "1" for one in Mail}
    answer = browser.post("/client/profile/mails", ticked)
    assert answer.url == "/client/profile?done=mails"
    assert (person("ann@a.example").declined, person("bob@a.example").declined) == (["statements"], [])


def test_receivers_are_sorted_into_own_mails_and_copies(house: House) -> None:
    copies = [{"email": f"c{n}@a.example", "cc_only": True} for n in range(6)]
    client = house.client(contacts=[ANN, *copies])
    found = receivers(client.contacts.live(), Mail.DOCUMENTS)
    assert [one.email for one in found.people] == ["ann@a.example", "c4@a.example", "c5@a.example"]
    assert found.copies == [f"c{n}@a.example" for n in range(4)]
    with pytest.raises(Refused) as refusal:
        receivers([Contact(client=client)], Mail.DOCUMENTS)
    assert refusal.value.errors == {"contacts": ["None of the contacts has an e-mail address."]}

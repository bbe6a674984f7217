"""The form of a client: what it makes, what it refuses, and two people at it."""

from typing import Any

import pytest

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client, update_client
from comptoir.kernel import ids
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, text, toasts

TWO = {
    "name": "Zinc",
    "contacts.0.first_name": "Zoe",
    "contacts.0.email": "zoe@zinc.example",
    "contacts.0.send_email": "1",
    "contacts.1.first_name": "Max",
    "contacts.1.send_email": "",
    "contacts.2.first_name": "",
}


def at(client: Client) -> str:
    return f"/clients/{ids.encode(client.pk)}/edit"


def form_of(office: Office, client: Client) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    values = dict(office.browser().get(at(client)).context["form"].values)
    people = values.pop("contacts")
    flat = {f"contacts.{n}.{key}": value for n, person in enumerate(people) for key, value in person.items()}
    sent = {**values, **flat, "is_tax_exempt": "1" if values["is_tax_exempt"] else ""}
    return {key: "1" if value is True else "" if value is False else value for key, value in sent.items()}


def test_a_client_is_made_with_its_people(office: Office) -> None:
    answer = office.browser().post("/clients/new", TWO, follow=True)
    client = Client.objects.get(name="Zinc")
    assert answer.redirect_chain == [(f"/clients/{ids.encode(client.pk)}", 302)]
    assert toasts(answer) == ["The client is saved."]
    people = [(one.first_name, one.email, one.is_primary, one.send_email) for one in client.contacts.live()]
    assert people == [("Zoe", "zoe@zinc.example", True, True), ("Max", "", False, False)]


@pytest.mark.parametrize(
    "only",
    [
        {"name": "X"},
        {"contacts.0.first_name": "Ann"},
        {"contacts.0.last_name": "Bell"},
        {"contacts.0.email": "a@b.example"},
    ],
)
def test_a_name_or_a_person_is_enough(office: Office, only: dict[str, str]) -> None:
    assert office.browser().post("/clients/new", only).status_code == 302
    assert Client.objects.count() == 2


def test_an_empty_form_asks_for_a_name_and_nothing_else(office: Office) -> None:
    answer = office.browser().post("/clients/new", {"name": "  ", "contacts.0.phone": "1"})
    assert answer.status_code == 422
    assert faults(answer) == {"name": ["Give a name, or the name or e-mail of a contact."]}
    assert Client.objects.count() == 1


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(office: Office) -> None:
    wrong = TWO | {"contacts.1.email": "not an address", "default_task_rate": "lots"}
    answer = office.browser().post("/clients/new", wrong)
    assert answer.status_code == 422
    assert faults(answer) == {"default_task_rate": ["This is not a number."]}
    answer = office.browser().post("/clients/new", wrong | {"default_task_rate": ""})
    assert faults(answer).keys() == {"contacts.1.email"}
    assert 'value="zoe@zinc.example"' in answer.content.decode()
    assert not Client.objects.filter(name="Zinc").exists()


def test_a_form_sent_back_unchanged_changes_nothing(office: Office) -> None:
    people = [{"first_name": "Ann", "email": "ann@x.example", "send_email": True, "phone": "+33 1"}]
    settings = {"currency_id": "2", "payment_terms": "14", "send_reminders": False, "portal_custom_css": "x"}
    fields = {"name": "Same", "contacts": people, "settings": settings, "is_tax_exempt": True, "city": "Lyon"}
    client = create_client(fields, by=office.alice.actor(), on=ON)
    before = Client.objects.values().get(pk=client.pk), list(client.contacts.values())
    assert office.browser().post(at(client), form_of(office, client)).status_code == 302
    after = Client.objects.values().get(pk=client.pk), list(client.contacts.values())
    for row in (before[0], after[0]):
        row.pop("updated_at")
    assert after == before


def test_an_empty_setting_falls_back_to_the_group(office: Office) -> None:
    browser = office.browser()
    browser.post(
        at(office.client), form_of(office, office.client) | {"payment_terms": "14", "currency_id": "1"}
    )
    office.client.refresh_from_db()
    assert office.client.settings == {"payment_terms": "14", "currency_id": "1"}
    assert "60 days (group)" in text(browser.get(at(office.client)))
    browser.post(at(office.client), form_of(office, office.client) | {"payment_terms": "", "currency_id": ""})
    office.client.refresh_from_db()
    assert office.client.settings == {}
    assert (office.client.preferences.payment_terms, office.client.currency_id) == ("60", "3")


def test_reminders_have_three_states(office: Office) -> None:
    for sent, stored in (("0", {"send_reminders": False}), ("1", {"send_reminders": True}), ("", {})):
        office.browser().post(at(office.client), form_of(office, office.client) | {"send_reminders": sent})
        office.client.refresh_from_db()
        assert office.client.settings == stored


def test_the_first_card_is_the_main_contact(office: Office) -> None:
    people = [{"first_name": "Ann"}, {"first_name": "Ben"}]
    client = create_client({"contacts": people}, by=office.alice.actor(), on=ON)
    ann, ben = client.contacts.live()
    turned = {
        "contacts.0.id": ids.encode(ben.pk), "contacts.0.first_name": "Ben",
        "contacts.1.id": ids.encode(ann.pk), "contacts.1.first_name": "Ann",
    }  # fmt: skip
    office.browser().post(at(client), turned)
    client.refresh_from_db()
    assert client.display_name == "Ben"
    assert [one.pk for one in client.contacts.live()] == [ben.pk, ann.pk]


def test_a_shared_address_is_warned_about(office: Office) -> None:
    papers.client(office.alice, "Other", "zoe@zinc.example")
    answer = office.browser().post("/clients/new", TWO, follow=True)
    assert toasts(answer) == ["The client is saved.", "zoe@zinc.example is also a contact of Other."]


def test_two_people_at_one_form_see_both_versions(office: Office) -> None:
    mine = form_of(office, office.client) | {"city": "Lyon"}
    theirs = {"city": "Nantes", "name": "Bistro du Port"}
    update_client(office.client, theirs, by=office.carol.actor(), on=ON)
    answer = office.browser().post(at(office.client), mine)
    assert answer.status_code == 409
    conflict = answer.context["conflict"]
    assert conflict.who == "Carol X"
    assert sorted(conflict.differences) == [("City", "Nantes", "Lyon"), ("Name", "Bistro du Port", "Bistro")]
    office.client.refresh_from_db()
    assert (office.client.city, office.client.name) == ("Nantes", "Bistro du Port")
    again = mine | {"version": answer.context["form"].values["version"]}
    assert office.browser().post(at(office.client), again).status_code == 302
    office.client.refresh_from_db()
    assert (office.client.city, office.client.name) == ("Lyon", "Bistro")


def test_money_that_moves_meanwhile_is_no_conflict(office: Office) -> None:
    mine = form_of(office, office.client) | {"city": "Lyon"}
    papers.invoice(office.alice, office.client)
    assert office.browser().post(at(office.client), mine).status_code == 302
    office.client.refresh_from_db()
    assert (office.client.city, office.client.balance) == ("Lyon", 100)


def test_who_may_not_change_gets_no_form(office: Office) -> None:
    browser = office.browser(office.carol)
    assert browser.get(at(office.client)).status_code == 403
    assert browser.post(at(office.client), {"name": "Mine"}).status_code == 403
    assert browser.get("/clients/new").status_code == 403
    assert browser.post("/clients/new", TWO).status_code == 403
    office.client.refresh_from_db()
    assert (office.client.name, Client.objects.count()) == ("Bistro", 1)


def test_a_client_of_another_company_cannot_be_changed(office: Office) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
    assert office.browser().post(at(diner), {"name": "Mine"}).status_code == 404
    assert Client.everywhere.get(pk=diner.pk).name == "Diner"


def test_a_client_is_made_from_inside_another_form(office: Office) -> None:
    browser = office.browser()
    answer = browser.post("/clients/quick", {"first_name": "Ann", "email": "ann@x.example"})
    made = Client.objects.latest("pk")
    assert answer.status_code == 204
    assert answer.headers["HX-Trigger"] == (
        '{"picked": {"name": "client_id", "value": "'
        + ids.encode(made.pk)
        + '", "label": "Ann"}, "closeDialog": true}'
    )
    answer = browser.post("/clients/quick", {"email": "nonsense"})
    assert (answer.status_code, faults(answer).keys()) == (422, {"email"})
    assert Client.objects.count() == 2

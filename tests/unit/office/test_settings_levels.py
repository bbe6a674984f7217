"""Settings of a group and of a client: inherited, overridden, reset (S24, S25, S83 to S90, S105 to S109)."""

from __future__ import annotations

import re

import pytest

from comptoir.clients.models import Client, Group
from comptoir.kernel import ids

from .conftest import Office


def of_client(office: Office, page: str = "payments") -> str:
    return f"/settings/{page}?level=client&id={ids.encode(office.client.pk)}"


def of_group(office: Office, page: str = "payments") -> str:
    return f"/settings/{page}?level=group&id={ids.encode(office.group.pk)}"


def stored(office: Office) -> dict[str, object]:
    return dict(Client.objects.get(pk=office.client.pk).settings)


def label_row(page: str, name: str) -> str:
    """What stands beside the label of a field: its source."""
    found = re.search(rf'<label for="id-{name}">.*?</div>', page, re.DOTALL)
    assert found, name
    return found[0]


def test_the_banner_says_whose_settings_these_are_and_leads_back(office: Office) -> None:
    page = office.browser().get(of_client(office)).content.decode()
    assert "Settings of the client Bistro" in page
    assert f'href="/clients/{ids.encode(office.client.pk)}"' in page
    page = office.browser().get(of_group(office)).content.decode()
    assert "Settings of the group Large accounts" in page
    assert 'href="/groups"' in page


def test_each_field_shows_what_it_inherits_and_from_whom(office: Office) -> None:
    page = office.browser().get(of_client(office)).content.decode()
    assert "Large accounts" in label_row(page, "payment_terms")
    assert "Inherited: 60 days" in page
    assert "Default" in label_row(page, "valid_until")
    page = office.browser().get(of_client(office, "localization")).content.decode()
    assert "Company" in label_row(page, "currency_id")
    assert "Inherited: EUR – Euro" in page


def test_an_override_is_the_clients_own_and_can_be_reset(office: Office) -> None:
    browser = office.browser()
    assert browser.post(of_client(office), {"payment_terms": "30"}).status_code == 302
    assert stored(office)["payment_terms"] == "30"
    page = browser.get(of_client(office)).content.decode()
    assert "Client" in label_row(page, "payment_terms")
    assert 'name="reset" value="payment_terms"' in page
    assert (
        browser.post(of_client(office), {"payment_terms": "30", "reset": "payment_terms"}).status_code == 302
    )
    assert "payment_terms" not in stored(office)


def test_a_reset_keeps_what_else_was_typed(office: Office) -> None:
    browser = office.browser()
    browser.post(of_client(office), {"payment_terms": "30"})
    browser.post(of_client(office), {"payment_terms": "30", "valid_until": "15", "reset": "payment_terms"})
    assert stored(office) == {"valid_until": "15"}


def test_emptying_a_field_lets_go_of_it_and_leaves_the_other_pages_alone(office: Office) -> None:
    browser = office.browser()
    browser.post(of_client(office, "localization"), {"currency_id": "1", "language_id": "4"})
    browser.post(of_client(office), {"payment_terms": "30"})
    browser.post(of_client(office, "localization"), {"currency_id": "", "language_id": "4"})
    assert stored(office) == {"language_id": "4", "payment_terms": "30"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("1", {"send_reminders": True}), ("0", {"send_reminders": False}), ("", {})]
)
def test_a_switch_has_three_states(office: Office, typed: str, kept: dict[str, bool]) -> None:
    browser = office.browser()
    browser.post(of_client(office, "reminders"), {"send_reminders": "1" if typed != "1" else "0"})
    browser.post(of_client(office, "reminders"), {"send_reminders": typed})
    assert stored(office) == kept


def test_zero_is_a_value_and_blank_inherits(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/tasks", {"default_task_rate": "80"})
    browser.post(of_client(office, "tasks"), {"default_task_rate": "0"})
    client = Client.objects.select_related("group", "company").get(pk=office.client.pk)
    assert client.preferences.default_task_rate == 0
    browser.post(of_client(office, "tasks"), {"default_task_rate": ""})
    client = Client.objects.select_related("group", "company").get(pk=office.client.pk)
    assert client.preferences.default_task_rate == 80


def test_a_group_changes_all_its_clients_that_have_no_value_of_their_own(office: Office) -> None:
    office.browser().post(of_group(office), {"payment_terms": "15"})
    client = Client.objects.select_related("group", "company").get(pk=office.client.pk)
    assert client.preferences.payment_terms == "15"
    assert Group.objects.get(pk=office.group.pk).settings == {"payment_terms": "15"}


def test_switches_of_the_company_cannot_be_reached_through_a_client(office: Office) -> None:
    before = office.company.switches
    office.browser().post(of_client(office, "company"), {"legal_form": "SAS", "smtp_password": "x"})
    assert office.company.switches == before
    assert "legal_form" not in stored(office)


def test_a_fault_is_shown_at_the_field_and_the_client_is_untouched(office: Office) -> None:
    answer = office.browser().post(of_client(office), {"payment_terms": "soon", "valid_until": "30"})
    assert answer.status_code == 422
    assert answer.context["form"].faults("payment_terms") == ["Choose one of the list."]
    assert answer.context["form"].value("valid_until") == "30"
    assert stored(office) == {}


def test_without_the_right_to_edit_clients_the_settings_of_one_are_closed(office: Office) -> None:
    browser = office.browser(office.carol)
    assert browser.get(of_client(office)).status_code == 403
    assert browser.post(of_client(office), {"payment_terms": "30"}).status_code == 403
    assert browser.get(of_group(office)).status_code == 403
    assert stored(office) == {}


def test_another_companys_client_and_group_are_nowhere(office: Office) -> None:
    browser = office.browser(office.dora)
    assert browser.get(of_client(office)).status_code == 404
    assert browser.post(of_client(office), {"payment_terms": "30"}).status_code == 404
    assert browser.get(of_group(office)).status_code == 404
    assert stored(office) == {}


def test_texts_of_mails_are_the_clients_own_too(office: Office) -> None:
    browser = office.browser()
    at = f"/settings/letters?level=client&id={ids.encode(office.client.pk)}&name=invoice"
    browser.post(at, {"email_subject_invoice": "For you: $number"})
    assert stored(office) == {"email_subject_invoice": "For you: $number"}
    browser.post(at, {"email_subject_invoice": "For you: $number", "reset": "1"})
    assert stored(office) == {}

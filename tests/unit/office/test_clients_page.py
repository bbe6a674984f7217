"""The page of a client: its tabs, figures, tiles, menu and ways into the portal."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.activity.systemlog import Category, Event, Type, record
from comptoir.clients.models import Client, Contact
from comptoir.clients.operations import create_client, delete_clients
from comptoir.files.operations import attach_files
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import labels, text, toasts

TABS = ("overview", "details", "documents", "ledger", "activity", "emails", "logs")


def at(client: Client, tab: str = "") -> str:
    here = f"/clients/{ids.encode(client.pk)}"
    return f"{here}/tab/{tab}" if tab else here


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_with_the_same_head(office: Office, tab: str) -> None:
    answer = office.browser().get(at(office.client, tab))
    assert answer.status_code == 200
    assert [one.label for one in answer.context["tabs"]] == [
        "Overview",
        "Details",
        "Documents",
        "Ledger",
        "Activity",
        "E-mails",
        "System logs",
    ]
    assert labels(answer.context["kebab"]) == [
        "Edit",
        "Assign a group",
        "Assign to…",
        "Add a comment",
        "View the statement",
        "Run a template",
        "Client portal",
        "Settings",
        "New invoice",
        "New payment",
        "New recurring invoice",
        "New quote",
        "New credit",
        "Merge into another client",
        "Duplicate",
        "Archive",
        "Delete",
        "Erase for good",
    ]


def test_an_unknown_client_or_tab_is_not_found(office: Office) -> None:
    assert office.browser().get("/clients/VolejRejNmX").status_code == 404
    assert office.browser().get(at(office.client, "secrets")).status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_a_client_of_another_company_is_not_found(office: Office, tab: str) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
    assert office.browser().get(at(diner, tab)).status_code == 404


def test_a_member_without_the_right_is_refused(office: Office) -> None:
    office.carol.permissions = "view_invoice"
    office.carol.save()
    answer = office.browser(office.carol).get(at(office.client))
    assert answer.status_code == 403
    assert "Bistro" not in text(answer)


def test_a_member_sees_a_client_that_is_assigned_to_them(office: Office) -> None:
    office.carol.permissions = ""
    office.carol.save()
    Client.objects.filter(pk=office.client.pk).update(assigned_user=office.carol.user)
    assert office.browser(office.carol).get(at(office.client)).status_code == 200


def test_who_may_only_look_finds_no_button_to_change(office: Office) -> None:
    context = office.browser(office.carol).get(at(office.client)).context
    assert context["edit_url"] == context["own_settings_url"] == ""
    assert labels(context["kebab"]) == ["View the statement", "Run a template", "New invoice"]
    assert {tile.label: bool(tile.add_url) for tile in context["tiles"]} == {
        "Groups": False,
        "Invoices": True,
    }


def test_figures_follow_what_is_sent_and_paid(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, papers.line("100"))
    papers.invoice(office.alice, office.client, papers.line("999"), sent=False)
    papers.payment(office.alice, office.client, "40", of=bill)
    stats = office.browser().get(at(office.client)).context["stats"]
    shown = {str(stat.label): text_of(stat.value) for stat in stats}
    assert shown == {"Paid to date": "€40.00", "Balance due": "€60.00", "Credit": "€0.00", "Pays in": "—"}


def text_of(value: object) -> str:
    from django.utils.html import strip_tags

    return strip_tags(str(value))


def test_tiles_count_and_lead_to_filtered_lists(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    gone = papers.invoice(office.alice, office.client)
    Invoice.objects.filter(pk=gone.pk).update(archived_at="2026-11-24T00:00Z")
    key = ids.encode(office.client.pk)
    tiles = {tile.label: tile for tile in office.browser().get(at(office.client)).context["tiles"]}
    assert tiles["Invoices"].count == "1 active • 1 archived"
    assert tiles["Invoices"].list_url == f"/invoices?client={key}"
    assert tiles["Invoices"].add_url == f"/invoices/new?client={key}"
    assert (tiles["Quotes"].count, tiles["Groups"].count) == ("None", "Large accounts")


def test_a_module_that_is_off_has_no_tile(office: Office) -> None:
    company = office.company
    company.enabled_modules &= ~4
    company.save()
    labels_ = [tile.label for tile in office.browser().get(at(office.client)).context["tiles"]]
    assert labels_ == ["Groups", "Invoices", "Payments", "Recurring invoices", "Credits"]


def test_private_notes_are_shown_as_text(office: Office) -> None:
    Client.objects.filter(pk=office.client.pk).update(
        private_notes="<b>pays late</b>", public_notes="Ring twice"
    )
    body = office.browser().get(at(office.client)).content.decode()
    assert "&lt;b&gt;pays late&lt;/b&gt;" in body
    assert "Ring twice" in body


def test_portal_links_open_as_each_contact_and_leave_no_trace(office: Office) -> None:
    people = [
        {"first_name": "Ann", "email": "ann@x.example"},
        {"first_name": "Ben", "email": "ben@x.example"},
    ]
    client = create_client({"name": "Two", "contacts": people}, by=office.alice.actor(), on=ON)
    shown = office.browser().get(at(client, "details")).context["people"]
    keys = [contact.contact_key for contact in Contact.objects.filter(client=client)]
    assert [one["portal_url"] for one in shown] == [
        f"/client/key_login/{key}?silent=true&client_hash={client.client_hash}" for key in keys
    ]
    assert [one["portal_link"] for one in shown] == [
        f"{settings.BASE_URL}/client/key_login/{key}" for key in keys
    ]


def test_a_client_without_a_name_is_an_empty_contact(office: Office) -> None:
    nameless = create_client({}, by=office.alice.actor(), on=ON)
    assert "Empty contact" in text(office.browser().get(at(nameless)))


def test_a_deleted_client_can_only_come_back_or_go_for_good(office: Office) -> None:
    delete_clients([office.client], by=office.alice.actor(), on=ON)
    answer = office.browser().get(at(office.client))
    assert labels(answer.context["kebab"]) == ["Restore", "Erase for good"]
    assert answer.context["edit_url"] == answer.context["portal_url"] == ""


def test_delete_asks_first_and_can_be_undone(office: Office) -> None:
    browser = office.browser()
    assert "Everything can be restored." in text(browser.get(f"{at(office.client)}/delete"))
    office.client.refresh_from_db()
    assert not office.client.is_deleted
    answer = browser.post(f"{at(office.client)}/delete", follow=True)
    assert toasts(answer) == ["The client is deleted."]
    assert f'formaction="{at(office.client)}/restore"' in answer.content.decode()
    browser.post(f"{at(office.client)}/restore")
    office.client.refresh_from_db()
    assert not office.client.is_deleted


def test_a_group_is_assigned_in_a_dialog(office: Office) -> None:
    bare = papers.client(office.alice, "Bare")
    browser = office.browser()
    assert "Large accounts" in text(browser.get(f"{at(bare)}/group"))
    browser.post(f"{at(bare)}/group", {"group_id": ids.encode(office.group.pk)})
    bare.refresh_from_db()
    assert bare.group == office.group


def test_a_comment_is_told_in_the_activity(office: Office) -> None:
    browser = office.browser()
    answer = browser.post(f"{at(office.client)}/comment", {"notes": "Called, will pay."}, follow=True)
    assert answer.redirect_chain == [(at(office.client, "activity"), 302)]
    assert "Alice X wrote: Called, will pay." in text(answer)


def test_an_empty_comment_is_refused(office: Office) -> None:
    assert office.browser().post(f"{at(office.client)}/comment", {"notes": " "}).status_code == 422
    assert "wrote" not in text(office.browser().get(at(office.client, "activity")))


def test_clients_are_merged_into_the_chosen_one(office: Office) -> None:
    other = papers.client(office.alice, "Brasserie")
    papers.invoice(office.alice, office.client, papers.line("50"))
    answer = office.browser().post(f"{at(office.client)}/merge", {"kept": ids.encode(other.pk)})
    assert answer.headers["Location"] == at(other)
    other.refresh_from_db()
    assert other.balance == 50
    assert "merged into another" in text(office.browser().get(at(office.client)))


def test_a_merge_needs_a_client_to_merge_into(office: Office) -> None:
    answer = office.browser().post(f"{at(office.client)}/merge", {"kept": "nobody"})
    assert answer.status_code == 422
    office.client.refresh_from_db()
    assert office.client.merged_into_id is None


def test_a_copy_is_made_and_opened(office: Office) -> None:
    answer = office.browser().post(f"{at(office.client)}/clone")
    copy = Client.objects.latest("pk")
    assert (copy.name, answer.headers["Location"]) == ("Bistro (copy)", f"{at(copy)}/edit")


def test_erasing_wants_the_right_password(office: Office) -> None:
    browser = office.browser()
    assert browser.post(f"{at(office.client)}/purge", {"password": "wrong"}).status_code == 422
    assert Client.objects.filter(pk=office.client.pk).exists()
    browser.post(f"{at(office.client)}/purge", {"password": "correct horse battery"})
    assert not Client.objects.filter(pk=office.client.pk).exists()


def test_only_an_administrator_erases(office: Office) -> None:
    office.carol.permissions = "view_all,edit_all,create_all"
    office.carol.save()
    answer = office.browser(office.carol).post(
        f"{at(office.client)}/purge", {"password": "correct horse battery"}
    )
    assert answer.status_code == 403
    assert Client.objects.filter(pk=office.client.pk).exists()


def test_what_the_law_keeps_is_not_erased(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    answer = office.browser().post(f"{at(office.client)}/purge", {"password": "correct horse battery"})
    assert answer.status_code == 422
    assert "The law keeps this client’s documents until" in text(answer)
    assert Client.objects.filter(pk=office.client.pk).exists()


def test_files_are_counted_on_their_tab(office: Office) -> None:
    attach_files(office.client, [ContentFile(b"%PDF-1.4", "terms.pdf")], by=office.alice.actor(), on=ON)
    answer = office.browser().get(at(office.client, "documents"))
    assert [tab.count for tab in answer.context["tabs"] if tab.label == "Documents"] == ["1"]
    assert [file["name"] for file in answer.context["files"]] == ["terms.pdf"]


def test_system_logs_tell_success_and_failure(office: Office) -> None:
    said = {"number": "F-1", "milliseconds": 31}
    record(Category.PDF, Event.PDF, Type.PDF_SUCCESS, client_id=office.client.pk, log=said)
    record(Category.PDF, Event.PDF, Type.PDF_FAILED, client_id=office.client.pk, log={"error": "no font"})
    record(
        Category.MAIL, Event.MAIL_SENT, Type.GENERIC, client_id=office.client.pk, log={"recipient": "a@b.c"}
    )
    browser = office.browser()
    shown = browser.get(at(office.client, "logs")).context["logs"]
    assert [(str(log["event"]), log["ok"], log["summary"]) for log in shown] == [
        ("Sent", True, "a@b.c"),
        ("PDF failed", False, "no font"),
        ("PDF made", True, "F-1 · 31 ms"),
    ]
    failures = browser.get(at(office.client, "logs") + "?outcome=failed").context["logs"]
    assert [str(log["event"]) for log in failures] == ["PDF failed"]


@pytest.mark.parametrize("tab", ["overview", "ledger", "activity", "documents"])
def test_a_page_asks_as_much_for_much_as_for_little(office: Office, tab: str) -> None:
    papers.client(office.alice, "Ready")  # what is asked once a process is asked now
    papers.payment(office.alice, office.client, "10", of=papers.invoice(office.alice, office.client))
    browser = office.browser()
    browser.get(at(office.client, tab))
    with CaptureQueriesContext(connection) as little:
        browser.get(at(office.client, tab))
    for _n in range(12):
        papers.payment(office.alice, office.client, "10", of=papers.invoice(office.alice, office.client))
    with CaptureQueriesContext(connection) as much:
        browser.get(at(office.client, tab))
    assert len(much) == len(little)


def test_every_address_of_a_client_refuses_strangers(office: Office) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
    key = ids.encode(diner.pk)
    for name in ("show", "edit", "group", "comment", "merge", "purge"):
        assert office.browser().get(reverse(f"office:{name}-client", args=[key])).status_code == 404, name
    for name in ("upload", "clone", "edit", "group", "comment", "merge", "purge"):
        assert office.browser().post(reverse(f"office:{name}-client", args=[key])).status_code == 404, name
    for verb in ("archive", "delete", "restore"):
        assert office.browser().post(f"/clients/{key}/{verb}").status_code == 404, verb
    diner = Client.everywhere.get(pk=diner.pk)
    assert diner.archived_at is None

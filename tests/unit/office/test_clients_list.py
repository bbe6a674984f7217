"""The list of clients: search, filters, order, columns, views, exports, rights, what it costs."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client
from comptoir.clients.operations import archive_clients, create_clients, delete_clients
from comptoir.office.lists import pages
from comptoir.people.models import Membership
from comptoir.people.operations import update_preferences
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import text, toasts


def names(office: Office, query: str = "", member: Membership | None = None) -> list[str]:
    answer = office.browser(member).get(f"/clients{query}")
    assert answer.status_code == 200
    return [row.label for row in answer.context["list"].table.rows]


@pytest.fixture
def several(office: Office) -> Office:
    for name, email in (("Zinc", "zoe@zinc.example"), ("Atelier", "ana@atelier.example")):
        papers.client(office.alice, name, email)
    return office


def test_clients_come_by_name(several: Office) -> None:
    assert names(several) == ["Atelier", "Bistro", "Zinc"]


def test_a_column_sorts_both_ways(several: Office) -> None:
    assert names(several, "?sort=number|desc") == ["Atelier", "Zinc", "Bistro"]
    assert names(several, "?sort=number|asc") == ["Bistro", "Zinc", "Atelier"]


@pytest.mark.parametrize(
    "asked", ["", "?sort=number|desc", "?q=a", "?q=atelier", "?shelf=archived", "?group=x", "?page=2&size=1"]
)
def test_very_many_are_shown_like_few_but_not_summed(
    several: Office, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """Beyond so many they are come upon in the order of the list, and only counted."""
    browser = several.browser()
    few = browser.get(f"/clients{asked}").context["list"]
    monkeypatch.setattr(pages, "FEW", 0)
    many = browser.get(f"/clients{asked}").context["list"]
    assert [row.label for row in many.table.rows] == [row.label for row in few.table.rows]
    assert many.paging == few.paging
    assert (list(many.table.totals), bool(few.table.totals)) == ([], bool(few.table.rows))


def test_an_unknown_column_sorts_nothing(several: Office) -> None:
    assert names(several, "?sort=password|desc&page=x&size=-3") == ["Atelier", "Bistro", "Zinc"]


def test_a_search_finds_the_email_of_a_contact(several: Office) -> None:
    assert names(several, "?q=zoe@") == ["Zinc"]


def test_a_group_narrows_the_list_and_is_a_chip(several: Office) -> None:
    from comptoir.kernel import ids

    key = ids.encode(several.group.pk)
    answer = several.browser().get(f"/clients?group={key}")
    assert [row.label for row in answer.context["list"].table.rows] == ["Bistro"]
    (chip,) = answer.context["list"].chips
    assert (chip.value, chip.remove_url) == ("Large accounts", "/clients")


def test_archived_and_deleted_clients_are_on_other_shelves(several: Office) -> None:
    atelier, zinc = (Client.objects.get(name=name) for name in ("Atelier", "Zinc"))
    archive_clients([atelier], by=several.alice.actor(), on=ON)
    delete_clients([zinc], by=several.alice.actor(), on=ON)
    assert names(several) == ["Bistro"]
    assert names(several, "?shelf=archived") == ["Atelier"]
    assert names(several, "?shelf=deleted") == ["Zinc"]


def test_an_empty_list_says_what_to_do(office: Office) -> None:
    delete_clients([office.client], by=office.alice.actor(), on=ON)
    assert "A client is whom you invoice: a person or a business." in text(office.browser().get("/clients"))


def test_pages_turn_and_say_where_one_is(several: Office) -> None:
    more = [{"name": f"N{n:03}"} for n in range(30)]
    create_clients(more, by=several.alice.actor(), on=ON)
    first = several.browser().get("/clients").context["list"].paging
    assert (first.summary, first.previous_url, first.next_url) == ("1–20 of 33", "", "/clients?page=2")
    second = several.browser().get("/clients?page=2&q=N0").context["list"].paging
    assert (second.summary, second.next_url) == ("21–30 of 30", "")


def test_the_foot_sums_what_is_filtered(several: Office) -> None:
    papers.invoice(several.alice, several.client, papers.line("120.50"))
    answer = several.browser().get("/clients?q=Bistro")
    assert "€120.50" in str(answer.context["list"].table.totals[-2])


def test_columns_are_chosen_and_remembered(several: Office) -> None:
    browser = several.browser()
    browser.post(
        "/columns/clients", {"columns": ["number", "email"]}, headers={"referer": "http://testserver/clients"}
    )
    heads = [column.key for column in browser.get("/clients").context["list"].table.columns]
    assert heads == ["name", "number", "email"]


@pytest.mark.parametrize(
    "odd", [{"columns": "odd", "views": 3}, {"views": {"clients": [["one"], "two"]}}, {}]
)
def test_settings_that_an_app_wrote_disturb_no_list(several: Office, odd: dict[str, object]) -> None:
    update_preferences(several.alice, {"settings": odd}, by=several.alice.actor(), on=ON)
    assert names(several) == ["Atelier", "Bistro", "Zinc"]


def test_a_view_is_kept_under_a_name_and_forgotten(several: Office) -> None:
    browser = several.browser()
    assert browser.post("/views/clients", {"name": "Zincs", "query": "q=Zinc"}).status_code == 302
    (view,) = browser.get("/clients?q=Zinc").context["list"].views
    assert (view.label, view.url, view.active) == ("Zincs", "/clients?q=Zinc", True)
    browser.post("/views/clients/forget", {"name": "Zincs"})
    assert browser.get("/clients").context["list"].views == []


def test_a_view_without_a_name_is_refused(several: Office) -> None:
    browser = several.browser()
    assert browser.post("/views/clients", {"name": " ", "query": "q=Zinc"}).status_code == 422
    assert browser.get("/clients").context["list"].views == []
    assert browser.post("/views/nothing", {"name": "x"}).status_code == 404


def test_an_export_holds_what_is_shown(several: Office) -> None:
    papers.invoice(several.alice, several.client, papers.line("120.50"))
    answer = several.browser().get("/clients?export=csv&q=bistro")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="clients-{ON}.csv"'
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Client,Number,E-mail,Paid to date,Balance due,Last sign-in,Currency"
    assert lines[1] == "Bistro,0001,,0,120.5,,EUR"
    assert len(lines) == 2


def test_a_french_export_opens_in_a_french_spreadsheet(several: Office) -> None:
    several.alice.user.language_id = "13"
    several.alice.user.save()
    papers.invoice(several.alice, several.client, papers.line("120.50"))
    lines = several.browser().get("/clients?export=csv&q=bistro").getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Client;Numéro;Courriel;Payé à ce jour;Montant dû;Dernière connexion;Devise",
        "Bistro;0001;;0;120,5;;EUR",
    ]


def test_a_name_like_a_formula_is_no_formula_in_a_spreadsheet(office: Office) -> None:
    papers.client(office.alice, '=HYPERLINK("http://evil.example")')
    cells = office.browser().get("/clients?export=csv&q=hyper").getvalue().decode("utf-8-sig").splitlines()[1]
    assert cells.startswith("\"'=HYPERLINK")


def test_a_spreadsheet_can_be_opened(several: Office) -> None:
    answer = several.browser().get("/clients?export=xlsx")
    sheet = ZipFile(BytesIO(answer.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert "Atelier" in sheet and "Zinc" in sheet


def test_ticked_clients_are_archived_together(several: Office) -> None:
    from comptoir.kernel import ids

    chosen = [ids.encode(one.pk) for one in Client.objects.filter(name__in=("Atelier", "Zinc"))]
    answer = several.browser().post("/clients/bulk", {"action": "archive", "ids": chosen}, follow=True)
    assert toasts(answer) == ["2 clients changed."]
    assert names(several) == ["Bistro"]


def test_an_unknown_verb_does_nothing(several: Office) -> None:
    assert several.browser().post("/clients/bulk", {"action": "explode"}).status_code == 404
    assert len(names(several)) == 3


def test_a_member_who_may_only_look_is_offered_nothing_to_change(several: Office) -> None:
    answer = several.browser(several.carol).get("/clients")
    assert {row.can for row in answer.context["list"].table.rows} == {"export invoice template"}
    assert not answer.context["may_create"]


def test_who_may_not_change_changes_nothing_in_bulk(several: Office) -> None:
    from comptoir.kernel import ids

    several.browser(several.carol).post(
        "/clients/bulk", {"action": "archive", "ids": [ids.encode(several.client.pk)]}
    )
    assert names(several) == ["Atelier", "Bistro", "Zinc"]


def test_another_company_has_its_own_list(several: Office) -> None:
    assert names(several, member=several.dora) == []
    with acting_for(several.dora.company):
        papers.client(several.dora, "Diner")
    assert names(several, member=several.dora) == ["Diner"]
    assert "Diner" not in names(several)


def test_a_picker_finds_clients_while_typing(several: Office) -> None:
    found = several.browser().get("/clients/suggest?q=zin").json()
    assert [(one["label"], one["hint"]) for one in found] == [("Zinc", "0002")]


def test_a_list_asks_as_much_for_a_thousand_clients_as_for_ten(office: Office) -> None:
    browser = office.browser()
    few = [{"name": f"Few {n}", "contacts": [{"email": f"few{n}@example.com"}]} for n in range(9)]
    create_clients(few, by=office.alice.actor(), on=ON)
    with CaptureQueriesContext(connection) as ten:
        assert len(browser.get("/clients?size=100").context["list"].table.rows) == 10
    many = [{"name": f"Many {n}", "contacts": [{"email": f"many{n}@example.com"}]} for n in range(990)]
    create_clients(many, by=office.alice.actor(), on=ON)
    with CaptureQueriesContext(connection) as thousand:
        assert len(browser.get("/clients?size=100").context["list"].table.rows) == 100
    assert len(thousand) == len(ten)

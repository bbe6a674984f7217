"""Tags in the office: the editor on a record, lists, many at once, the company's list of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.activity.models import Activity
from comptoir.catalogue.operations import create_product
from comptoir.clients.models import Client
from comptoir.clients.operations import delete_clients
from comptoir.kernel import ids
from comptoir.tagging.models import Tag, TagLink
from comptoir.tagging.operations import archive_tag, change_tags, create_tag
from comptoir.tagging.queries import tags_on
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, text, toasts

HTMX = {"HTTP_HX_REQUEST": "true"}


def made(office: Office, name: str, kind: str = "client", color: str = "") -> Tag:
    fields = {"kind": kind, "name": name, "color": color}
    return create_tag(fields, by=office.alice.actor(), on=ON)


def put(office: Office, tag: Tag, *records: Any) -> None:
    change_tags(list(records), add=[tag], by=office.alice.actor(), on=ON)


def worn(record: Any) -> list[str]:
    found = tags_on(record._meta.model_name, [record.pk])
    return [tag.name for tag in found.get(record.pk, ())]


def at(record: Any, more: str = "") -> str:
    return f"/tagged/{record._meta.model_name}/{ids.encode(record.pk)}{more}"


def test_a_tag_is_found_by_its_name_and_put_on(office: Office) -> None:
    made(office, "Grand compte", color="#5283e0")
    answer = office.browser().post(at(office.client), {"name": " grand  COMPTE "}, **HTMX)
    assert (answer.status_code, worn(office.client), Tag.objects.count()) == (200, ["Grand compte"], 1)
    shown = answer.content.decode()
    assert '<span class="tag hue-0"><a href="/clients?tag=' in shown
    assert "Remove the tag Grand compte" in shown
    assert re.search(r'<input class="tag-input"[^>]* autofocus>', shown)


def test_a_word_that_is_no_tag_becomes_one(office: Office) -> None:
    browser = office.browser()
    for name in ("VIP", "Late"):
        browser.post(at(office.client), {"name": name}, **HTMX)
    assert worn(office.client) == ["Late", "VIP"]
    first, second = Tag.objects.order_by("pk")
    assert (first.kind, first.name) == ("client", "VIP")
    assert first.color != second.color


def test_a_tag_is_taken_off_by_its_cross(office: Office) -> None:
    vip, late = made(office, "VIP"), made(office, "Late")
    for tag in (vip, late):
        put(office, tag, office.client)
    answer = office.browser().post(at(office.client), {"off": ids.encode(vip.pk), "name": ""}, **HTMX)
    assert (answer.status_code, worn(office.client)) == (200, ["Late"])
    assert re.search(r'aria-label="Remove the tag Late" autofocus>', answer.content.decode())


def test_without_scripts_the_page_comes_back(office: Office) -> None:
    answer = office.browser().post(at(office.client), {"name": "VIP"})
    assert (answer.status_code, answer["Location"]) == (302, f"/clients/{ids.encode(office.client.pk)}")
    assert worn(office.client) == ["VIP"]


@pytest.mark.parametrize("name", ["", "   "])
def test_nothing_typed_makes_no_tag(office: Office, name: str) -> None:
    answer = office.browser().post(at(office.client), {"name": name}, **HTMX)
    assert (answer.status_code, Tag.objects.count(), worn(office.client)) == (422, 0, [])
    assert "Give the tag a name." in text(answer)


def test_an_archived_tag_is_refused_with_what_was_typed(office: Office) -> None:
    archive_tag(made(office, "VIP"), by=office.alice.actor(), on=ON)
    answer = office.browser().post(at(office.client), {"name": "vip"}, **HTMX)
    assert (answer.status_code, worn(office.client)) == (422, [])
    assert "The tag “VIP” is archived: restore it first." in text(answer)
    assert 'value="vip"' in answer.content.decode()


def test_who_may_change_a_record_makes_a_tag_for_it(office: Office) -> None:
    vip = made(office, "VIP")
    office.carol.permissions = "edit_client"
    office.carol.save()
    carol = office.browser(office.carol)
    (offer,) = carol.get(at(office.client, "/suggest?q=new")).json()
    assert (offer["label"], offer["value"]) == ("Create “new”", "new")
    assert carol.post(at(office.client), {"name": "new"}, **HTMX).status_code == 200
    answer = bulk(office, office.client, member=office.carol, name="2027")
    assert (answer.status_code, worn(office.client)) == (204, ["2027", "new"])
    renamed = {"name": "Very important", "color": vip.color, "kind": "client"}
    assert carol.post(f"/tags/{ids.encode(vip.pk)}/edit", renamed).status_code == 403
    assert carol.post("/tags/new", renamed).status_code == 403


def test_who_may_only_look_sees_chips_and_no_editor(office: Office) -> None:
    put(office, made(office, "VIP"), office.client)
    carol = office.browser(office.carol)
    page = carol.get(f"/clients/{ids.encode(office.client.pk)}").content.decode()
    assert '<p class="tag-row"><a class="tag ' in page
    assert "tag-editor" not in page
    assert carol.post(at(office.client), {"name": "VIP"}).status_code == 403
    assert carol.get(at(office.client, "/suggest")).status_code == 403


def test_another_companys_record_is_not_there(office: Office) -> None:
    answer = office.browser(office.dora).post(at(office.client), {"name": "VIP"})
    assert (answer.status_code, TagLink.everywhere.count()) == (404, 0)
    assert office.browser().post("/tagged/boat/x", {"name": "VIP"}).status_code == 404


def test_a_deleted_client_shows_its_tags_as_they_are(office: Office) -> None:
    put(office, made(office, "VIP"), office.client)
    delete_clients([office.client], by=office.alice.actor(), on=ON)
    page = office.browser().get(f"/clients/{ids.encode(office.client.pk)}").content.decode()
    assert "tag-editor" not in page


def test_suggestions_leave_out_what_is_there(office: Office) -> None:
    for name, color in (("VIP", "#956ed2"), ("Été", ""), ("Grand compte", "")):
        made(office, name, color=color)
    put(office, Tag.objects.get(name="Grand compte"), office.client)
    browser = office.browser()

    def suggested(typed: str) -> list[str]:
        return [each["label"] for each in browser.get(at(office.client, f"/suggest?q={typed}")).json()]

    assert suggested("") == ["Été", "VIP"]
    assert suggested("ete") == ["Été"]
    assert suggested("vi") == ["VIP", "Create “vi”"]
    assert suggested("grand compte") == []
    (vip, create) = browser.get(at(office.client, "/suggest?q=vi")).json()
    assert (vip["mark"], create["value"]) == ("dot hue-3", "vi")


def test_every_kind_of_page_has_the_editor(office: Office) -> None:
    by = office.alice.actor()
    product = create_product({"product_key": "Advice"}, by=by, on=ON)
    invoice = papers.invoice(office.alice, office.client)
    for record, url in (
        (office.client, f"/clients/{ids.encode(office.client.pk)}"),
        (invoice, f"/invoices/{ids.encode(invoice.pk)}"),
        (product, f"/products/{ids.encode(product.pk)}/edit"),
    ):
        assert f'hx-post="{at(record)}"' in office.browser().get(url).content.decode()


def test_the_list_shows_tags_and_is_narrowed_by_one(office: Office) -> None:
    other = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    vip = made(office, "VIP", color="#956ed2")
    put(office, vip, other)
    browser = office.browser()
    page = browser.get("/clients")
    assert page.content.decode().count('<span class="tag hue-3">VIP</span>') == 1
    narrowed = browser.get(f"/clients?tag={ids.encode(vip.pk)}").context["list"]
    assert [row.label for row in narrowed.table.rows] == ["Zinc"]
    assert [(chip.label, chip.value) for chip in narrowed.chips] == [("Tag", "VIP")]
    unknown = browser.get("/clients?tag=nonsense").context["list"]
    assert (list(unknown.table.rows), unknown.chips[0].value) == ([], "Unknown tag")


def test_documents_have_a_column_of_tags_once_there_are_any(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    browser = office.browser()

    def columns() -> list[str]:
        return [column.key for column in browser.get("/invoices").context["list"].table.columns]

    assert "tags" not in columns()
    urgent = made(office, "Urgent", "invoice", "#d05a6e")
    put(office, urgent, invoice)
    assert "tags" in columns()
    page = browser.get(f"/invoices?tag={ids.encode(urgent.pk)}")
    assert '<span class="tag hue-6">Urgent</span>' in page.content.decode()


def test_an_export_names_the_tags(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    for name in ("Urgent", "Late"):
        put(office, made(office, name, "invoice"), invoice)
    answer = office.browser().get("/invoices?export=csv")
    assert "Late, Urgent" in answer.getvalue().decode("utf-8-sig")


def test_a_list_asks_for_tags_twice_however_many_rows_it_has(office: Office) -> None:
    vip = made(office, "VIP")
    browser = office.browser()
    counts = []
    for n in (1, 10):
        for each in range(n):
            put(office, vip, papers.client(office.alice, f"Client {n} {each}", f"c{n}-{each}@example.com"))
        browser.get("/clients")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/clients")
        counts.append(sum("tagging_" in one["sql"] for one in asked))
    assert counts == [2, 2]


def bulk(office: Office, *records: Any, member: Any = None, **more: Any) -> Any:
    asked = {"ids": [ids.encode(record.pk) for record in records], **more}
    return office.browser(member).post(f"/tagged/{records[0]._meta.model_name}", asked, **HTMX)


def test_many_records_are_tagged_at_once(office: Office) -> None:
    other = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    vip, late = made(office, "VIP"), made(office, "Late")
    put(office, late, other)
    answer = bulk(
        office, office.client, other, add=[ids.encode(vip.pk)], off=[ids.encode(late.pk)], name="2027"
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/clients")
    assert (worn(office.client), worn(other)) == (["2027", "VIP"], ["2027", "VIP"])


def test_the_dialog_offers_what_can_be_put_on_and_taken_off(office: Office) -> None:
    other = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    vip, late, _new = made(office, "VIP"), made(office, "Late"), made(office, "New")
    put(office, vip, office.client, other)
    put(office, late, other)
    keys = "&".join(f"ids={ids.encode(each.pk)}" for each in (office.client, other))
    dialog = office.browser().get(f"/tagged/client?{keys}").context
    assert [tag["name"] for tag in dialog["offered"]] == ["Late", "New"]
    assert [tag["name"] for tag in dialog["borne"]] == ["Late", "VIP"]
    assert dialog["count"] == "2 records"


def test_nothing_chosen_is_said(office: Office) -> None:
    before = Activity.objects.count()
    answer = bulk(office, office.client)
    assert (answer.status_code, Activity.objects.count()) == (422, before)
    assert faults(answer) == {"": ["Choose a tag first."]}


def test_of_the_ticked_rows_only_those_that_one_may_change(office: Office) -> None:
    vip = made(office, "VIP")
    answer = bulk(office, office.client, member=office.carol, add=[ids.encode(vip.pk)])
    assert (answer.status_code, worn(office.client)) == (204, [])
    answer = bulk(office, office.client, member=office.dora, add=[ids.encode(vip.pk)])
    assert (answer.status_code, worn(office.client)) == (422, [])
    answer = bulk(office, office.client, member=office.carol, name="New")
    assert (answer.status_code, faults(answer)) == (422, {"": ["Choose a tag first."]})
    assert [tag.name for tag in Tag.objects.all()] == ["VIP"]


def test_the_company_names_and_colours_its_tags(office: Office) -> None:
    browser = office.browser()
    answer = browser.post("/tags/new", {"kind": "invoice", "name": "Urgent", "color": "#d05a6e"}, **HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/tags")
    tag = Tag.objects.get()
    assert (tag.kind, tag.name, tag.css) == ("invoice", "Urgent", "hue-6")
    key = ids.encode(tag.pk)
    browser.post(f"/tags/{key}/edit", {"name": "Now", "color": "#00a166"}, **HTMX)
    tag.refresh_from_db()
    assert (tag.name, tag.css, tag.kind) == ("Now", "hue-2", "invoice")
    browser.post(f"/tags/{key}/archive")
    assert Tag.objects.archived().count() == 1
    browser.post(f"/tags/{key}/restore")
    answer = browser.post(f"/tags/{key}/delete", follow=True)
    assert (toasts(answer)[-1], Tag.objects.deleted().count()) == ("The tag is deleted.", 1)
    assert browser.post(f"/tags/{key}/burn").status_code == 404


def test_a_name_that_is_taken_is_said_at_the_field(office: Office) -> None:
    made(office, "VIP")
    answer = office.browser().post("/tags/new", {"kind": "client", "name": "vip", "color": ""}, **HTMX)
    assert (answer.status_code, Tag.objects.count()) == (422, 1)
    assert faults(answer) == {"name": ["There is a tag of this name already."]}


def test_a_colour_from_elsewhere_is_kept_until_another_is_chosen(office: Office) -> None:
    tag = made(office, "VIP", color="#ff0000")
    shown = office.browser().get(f"/tags/{ids.encode(tag.pk)}/edit").context["colours"]
    assert [(each["code"], str(each["name"])) for each in shown if each["chosen"]] == [("#ff0000", "Orange")]


def test_the_list_counts_the_records_and_leads_to_them(office: Office) -> None:
    vip = made(office, "VIP")
    made(office, "Urgent", "invoice")
    put(office, vip, office.client)
    table = office.browser().get("/tags").context["list"].table
    assert [row.label for row in table.rows] == ["Urgent", "VIP"]
    assert f'href="/clients?tag={ids.encode(vip.pk)}"' in str(table.rows[1].cells[2])
    assert table.rows[0].cells[2] == "0"
    narrowed = office.browser().get("/tags?kind=invoice&q=urg").context["list"].table
    assert [row.label for row in narrowed.rows] == ["Urgent"]


def test_a_view_of_the_list_is_kept(office: Office) -> None:
    answer = office.browser().post("/views/tags", {"name": "Factures", "query": "kind=invoice"})
    assert (answer.status_code, answer["Location"]) == (302, "/tags?kind=invoice")
    assert [view.label for view in office.browser().get("/tags").context["list"].views] == ["Factures"]


def test_only_an_administrator_keeps_the_list(office: Office) -> None:
    tag = made(office, "VIP")
    carol, dora = office.browser(office.carol), office.browser(office.dora)
    assert carol.get("/tags").status_code == 403
    for url in ("/tags/new", f"/tags/{ids.encode(tag.pk)}/edit", f"/tags/{ids.encode(tag.pk)}/delete"):
        assert carol.post(url, {"name": "Mine", "kind": "client"}).status_code == 403
    assert dora.post(f"/tags/{ids.encode(tag.pk)}/delete").status_code == 404
    assert [(each.name, each.is_deleted) for each in Tag.objects.all()] == [("VIP", False)]


def test_the_palette_finds_a_tag_and_leads_to_its_list(office: Office) -> None:
    tag = made(office, "Grand compte")
    made(office, "Grandes factures", "invoice")
    groups = {
        group.title: group.items for group in office.browser().get("/palette?q=grand").context["groups"]
    }
    assert [(each.label, each.hint) for each in groups["Tags"]] == [
        ("Grand compte", "Clients"),
        ("Grandes factures", "Invoices"),
    ]
    assert groups["Tags"][0].url == f"/clients?tag={ids.encode(tag.pk)}"
    assert Client.objects.count() == 1

"""Records are given to a member of the company: one from its page, several from their list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.assigning import doing
from comptoir.people.models import Membership
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import mark_sent
from comptoir.sales.recurring.operations import create_recurring
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, labels, text, toasts

HTMX = {"HTTP_HX_REQUEST": "true"}
GONE = "This person is no member of the company any more: choose another."


def recurring(office: Office) -> Any:
    fields = {"client": office.client, "frequency_id": "5", "line_items": [papers.line()]}
    return create_recurring(fields, by=office.alice.actor(), on=ON)


def credit(office: Office) -> Any:
    fields = {"client": office.client, "line_items": [papers.line("30")]}
    return create_credit(fields, by=office.alice.actor(), on=ON)


RECORDS: dict[str, Callable[[Office], Any]] = {
    "client": lambda office: office.client,
    "invoice": lambda office: papers.invoice(office.alice, office.client, sent=False),
    "quote": lambda office: papers.quote(office.alice, office.client),
    "credit": credit,
    "recurring_invoice": recurring,
    "payment": lambda office: papers.payment(office.alice, office.client, "50"),
}
PAGES = {kind: f"{kind}s" for kind in RECORDS} | {"recurring_invoice": "recurring"}
FACTS = {
    "client": "ClientUpdated",
    "invoice": "InvoiceUpdated",
    "quote": "QuoteUpdated",
    "credit": "CreditUpdated",
    "recurring_invoice": "RecurringUpdated",
    "payment": "PaymentUpdated",
}


def may(member: Membership, words: str) -> None:
    member.permissions = words
    member.save()


def drafts(office: Office, n: int = 2) -> list[Invoice]:
    return [papers.invoice(office.alice, office.client, sent=False) for _ in range(n)]


def key(member: Membership) -> str:
    return ids.encode(member.user_id)


def give(office: Office, records: list[Any], to: str, entity: str = "invoice", **more: Any) -> Any:
    browser = office.browser(more.pop("member", None))
    sent = {"ids": [ids.encode(record.pk) for record in records], "member": to}
    return browser.post(f"/assign/{entity}", sent, **HTMX, **more)


def owners(*records: Any) -> list[int | None]:
    for record in records:
        record.refresh_from_db()
    return [record.assigned_user_id for record in records]


def told() -> list[tuple[str, dict[str, Any]]]:
    """What the activity says of who has a record."""
    rows = Activity.objects.order_by("pk").values_list("fact", "changes")
    return [(fact, changes) for fact, changes in rows if "assigned_user" in changes]


@pytest.mark.parametrize("entity", RECORDS)
def test_one_record_of_any_kind_is_given_to_a_member(office: Office, entity: str) -> None:
    record, browser = RECORDS[entity](office), office.browser()
    page = f"/{PAGES[entity]}/{ids.encode(record.pk)}"
    url = f"/assign/{entity}/{ids.encode(record.pk)}"
    (entry,) = [each for each in browser.get(page).context["kebab"] if each.url == url]
    assert (str(entry.label), entry.method) == ("Assign to…", "dialog")
    asked = browser.get(url, **HTMX)
    assert asked.context["people"] == [
        (key(office.alice), "Alice X"),
        (key(office.carol), "Carol X"),
        ("nobody", "Nobody"),
    ]
    assert (asked.context["form"].value("member"), asked.context["undecided"]) == ("nobody", False)
    before = record.updated_at
    answer = browser.post(url, {"member": key(office.carol)}, **HTMX, HTTP_REFERER=f"http://testserver{page}")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"http://testserver{page}")
    assert owners(record) == [office.carol.user_id]
    assert told() == [(FACTS[entity], {"assigned_user": [None, "Carol X"]})]
    assert record.updated_at >= before
    shown = browser.get(f"{page}/tab/details" if entity == "client" else page)
    assert toasts(shown) == ["1 record is assigned to Carol X."]
    assert "Assigned to Carol X" in text(shown)


def test_several_are_given_at_once_or_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = drafts(office)
    answer = give(office, [first, second], key(office.carol))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/invoices")
    assert owners(first, second) == [office.carol.user_id] * 2
    assert [fact for fact, _changes in told()] == ["InvoiceUpdated"] * 2
    # the second has meanwhile become one that its operation refuses
    way = doing.WAYS["invoice"]
    calls: list[int] = []

    def refusing(record: Invoice, fields: dict[str, Any], **how: Any) -> Invoice:
        calls.append(record.pk)
        if len(calls) == 2:
            raise Refused("number", "This one not.")
        return way.update(record, fields, **how)  # type: ignore[no-any-return]

    monkeypatch.setitem(doing.WAYS, "invoice", doing.Way(refusing, way.editable))
    refused = give(office, [first, second], "nobody")
    assert (refused.status_code, faults(refused)) == (422, {"": ["This one not."]})
    assert calls == [first.pk, second.pk]
    assert owners(first, second) == [office.carol.user_id] * 2
    assert len(told()) == 2


def test_several_clients_are_taken_back_to_nobody(office: Office) -> None:
    other = papers.client(office.alice, "Tabac")
    clients = [office.client, other]
    give(office, clients, key(office.alice), "client")
    browser = office.browser()
    sent = {"ids": [ids.encode(each.pk) for each in clients], "member": "nobody"}
    assert browser.post("/assign/client", sent).status_code == 302
    assert owners(*clients) == [None, None]
    assert [changes["assigned_user"] for _fact, changes in told()] == [
        [None, "Alice X"], [None, "Alice X"], ["Alice X", None], ["Alice X", None],
    ]  # fmt: skip
    assert toasts(browser.get("/clients")) == ["2 records are assigned to nobody."]


def test_the_same_again_changes_nothing(office: Office) -> None:
    (invoice,) = drafts(office, 1)
    give(office, [invoice], key(office.carol))
    invoice.refresh_from_db()
    stamp, browser = invoice.updated_at, office.browser()
    sent = {"member": key(office.carol)}
    assert browser.post(f"/assign/invoice/{ids.encode(invoice.pk)}", sent).status_code == 302
    invoice.refresh_from_db()
    assert (invoice.updated_at, len(told())) == (stamp, 1)
    assert toasts(browser.get("/invoices")) == ["Nothing to change: this was so already."]


def leaves(office: Office) -> str:
    Membership.objects.filter(pk=office.carol.pk).update(archived_at=timezone.now())
    return key(office.carol)


def is_locked_out(office: Office) -> str:
    Membership.objects.filter(pk=office.carol.pk).update(is_locked=True)
    return key(office.carol)


@pytest.mark.parametrize(
    "whom", [leaves, is_locked_out, lambda office: key(office.dora), lambda office: "rubbish"]
)
def test_who_is_not_of_the_company_gets_nothing(office: Office, whom: Callable[[Office], str]) -> None:
    records = drafts(office)
    answer = give(office, records, whom(office))
    assert (answer.status_code, faults(answer)) == (422, {"member": [GONE]})
    assert GONE in text(answer)
    assert (owners(*records), told()) == ([None, None], [])


def test_a_choice_is_asked_for_where_they_differ_or_theirs_has_left(office: Office) -> None:
    first, second = drafts(office)
    give(office, [first], key(office.carol))
    which = "&".join(f"ids={ids.encode(each.pk)}" for each in (first, second))
    asked = office.browser().get(f"/assign/invoice?{which}", **HTMX)
    assert (asked.context["about"], asked.context["undecided"]) == ("2 records", True)
    answer = give(office, [first, second], "")
    assert (answer.status_code, faults(answer)) == (422, {"member": ["Choose a member, or nobody."]})
    assert owners(first, second) == [office.carol.user_id, None]
    leaves(office)
    alone = office.browser().get(f"/assign/invoice/{ids.encode(first.pk)}", **HTMX)
    assert alone.context["undecided"] is True
    assert alone.context["people"] == [(key(office.alice), "Alice X"), ("nobody", "Nobody")]


def test_who_may_not_change_a_record_gives_it_to_nobody(office: Office) -> None:
    first, second = drafts(office)
    may(office.carol, "view_invoice,create_invoice")
    carol = office.browser(office.carol)
    url = f"/assign/invoice/{ids.encode(first.pk)}"
    assert "Assign to…" not in labels(carol.get(f"/invoices/{ids.encode(first.pk)}").context["kebab"])
    assert carol.get(url).status_code == 403
    assert carol.post(url, {"member": key(office.carol)}).status_code == 403
    none = give(office, [first, second], key(office.carol), member=office.carol)
    assert "None of the selected ones allows this now." in text(none)
    assert (owners(first, second), told()) == ([None, None], [])


def test_only_what_one_may_change_moves_and_the_dialog_says_so(office: Office) -> None:
    (others,) = drafts(office, 1)
    own = papers.invoice(office.carol, office.client, sent=False)
    which = f"ids={ids.encode(others.pk)}&ids={ids.encode(own.pk)}"
    asked = office.browser(office.carol).get(f"/assign/invoice?{which}", **HTMX)
    assert asked.context["left"] == (
        "1 record stays as it is: it is locked or deleted, or you may not change it."
    )
    give(office, [others, own], key(office.alice), member=office.carol)
    assert owners(others, own) == [None, office.alice.user_id]
    # what one made stays one's own, whoever has it now
    assert office.browser(office.carol).get(f"/invoices/{ids.encode(own.pk)}").status_code == 200


def test_who_gives_away_what_was_only_lent_goes_back_to_the_list(office: Office) -> None:
    (lent,) = drafts(office, 1)
    give(office, [lent], key(office.carol))
    carol, at = office.browser(office.carol), ids.encode(lent.pk)
    page = f"http://testserver/invoices/{at}"
    answer = carol.post(f"/assign/invoice/{at}", {"member": key(office.alice)}, HTTP_REFERER=page)
    assert (answer.status_code, answer["Location"]) == (302, "/invoices")
    assert carol.get(f"/invoices/{at}").status_code == 403


def test_another_companys_record_is_not_there(office: Office) -> None:
    (invoice,) = drafts(office, 1)
    dora = office.browser(office.dora)
    assert dora.post(f"/assign/invoice/{ids.encode(invoice.pk)}", {"member": "nobody"}).status_code == 404
    assert "None of the selected ones" in text(give(office, [invoice], key(office.dora), member=office.dora))
    assert office.browser().get("/assign/boat").status_code == 404
    assert owners(invoice) == [None]


def test_a_locked_invoice_is_not_offered_and_refuses(office: Office) -> None:
    sent, (draft,) = papers.invoice(office.alice, office.client), drafts(office, 1)
    page = office.browser().get(f"/invoices/{ids.encode(sent.pk)}")
    assert "Assign to…" not in labels(page.context["kebab"])
    rows = office.browser().get("/invoices").context["list"].table.rows
    assert {row.id: "assign" in row.can.split() for row in rows} == {
        ids.encode(sent.pk): False,
        ids.encode(draft.pk): True,
    }
    give(office, [sent, draft], key(office.carol))
    assert owners(sent, draft) == [None, office.carol.user_id]


def test_what_is_locked_while_the_dialog_is_open_moves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = drafts(office)
    lock = doing.lock

    def late(*rows: Any) -> None:
        mark_sent(Invoice.objects.get(pk=second.pk), by=office.alice.actor(), on=ON)
        lock(*rows)

    monkeypatch.setattr(doing, "lock", late)
    answer = give(office, [first, second], key(office.carol))
    assert answer.status_code == 422
    assert faults(answer) == {"": ["Somebody has just changed this: look again, and try once more."]}
    assert (owners(first, second), told()) == ([None, None], [])


def test_an_issued_credit_stands_as_it_was_sent(office: Office) -> None:
    issued = papers.credit(office.alice, office.client)
    url = f"/assign/credit/{ids.encode(issued.pk)}"
    assert url not in [
        each.url for each in office.browser().get(f"/credits/{ids.encode(issued.pk)}").context["kebab"]
    ]
    none = office.browser().post(url, {"member": key(office.carol)}, **HTMX)
    assert "None of the selected ones allows this now." in text(none)
    assert (owners(issued), told()) == ([None], [])


def test_who_works_alone_is_offered_nothing(office: Office) -> None:
    leaves(office)
    browser = office.browser()
    page = browser.get(f"/clients/{ids.encode(office.client.pk)}")
    assert "Assign to…" not in labels(page.context["kebab"])
    assert "Assign to…" not in labels(browser.get("/clients").context["list"].table.bulk)
    Client.objects.filter(pk=office.client.pk).update(assigned_user=office.carol.user)
    page = browser.get(f"/clients/{ids.encode(office.client.pk)}")
    assert "Assign to…" in labels(page.context["kebab"])


@pytest.mark.parametrize("entity", ["client", "invoice"])
def test_a_list_is_narrowed_to_who_has_its_records(office: Office, entity: str) -> None:
    record = RECORDS[entity](office)
    give(office, [record], key(office.carol), entity)
    browser, at = office.browser(), f"/{PAGES[entity]}?assigned="

    def found(value: str) -> list[str]:
        return [row.id for row in browser.get(at + value).context["list"].table.rows]

    assert found(key(office.carol)) == [ids.encode(record.pk)]
    assert (found(key(office.alice)), found("nobody")) == ([], [])


def test_in_french(office: Office) -> None:
    (invoice,) = drafts(office, 1)
    type(office.alice.user).objects.filter(pk=office.alice.user_id).update(language_id="4")
    browser = office.browser()
    asked = text(browser.get(f"/assign/invoice/{ids.encode(invoice.pk)}", **HTMX))
    for word in ("Attribuer à…", "Membre", "Personne", "Attribuer"):
        assert word in asked
    sent = {"ids": [ids.encode(invoice.pk)], "member": key(office.dora)}
    refused = browser.post("/assign/invoice", sent, **HTMX)
    assert faults(refused) == {
        "member": ["Cette personne n’est plus membre de l’entreprise\u00a0: choisissez-en une autre."]
    }
    browser.post("/assign/invoice", sent | {"member": key(office.carol)})
    page = browser.get(f"/invoices/{ids.encode(invoice.pk)}")
    assert toasts(page) == ["1 fiche est attribuée à Carol X."]
    assert "Attribué à Carol X" in text(page)

"""Archived, deleted, restored, merged, purged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile

from comptoir.activity import wiring
from comptoir.activity.models import Activity, SystemLog
from comptoir.clients import facts, following, locations, operations
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client, Contact, Location
from comptoir.clients.purging import purge_client
from comptoir.clients.retention import kept_until, refuse_kept
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.kernel.refused import Refused, WrongState
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation
from comptoir.tenancy.keyed import fresh

from .conftest import ON, House, figures, last_activity, people

Subscribe = Callable[[type[facts.ClientFact], Callable[[Any], None]], None]


@pytest.fixture
def subscribe(monkeypatch: pytest.MonkeyPatch) -> Subscribe:
    """Listen to one fact, and nobody else does."""

    def listen(kind: type[facts.ClientFact], step: Callable[[Any], None]) -> None:
        monkeypatch.setattr(wiring, "during", lambda told: (step,) if told is kind else ())

    return listen


def test_archiving_changes_no_figure_and_comes_back(house: House) -> None:
    client = house.create(name="Verger")
    Client.objects.update(balance=Decimal(12))
    operations.archive_clients([client], by=house.alice, on=ON)
    client.refresh_from_db()
    assert (client.is_archived, client.is_deleted, client.balance) == (True, False, 12)
    assert (last_activity().fact, last_activity().code) == ("ClientArchived", 2)
    operations.restore_clients([client], by=house.alice, on=ON)
    client.refresh_from_db()
    assert (client.is_archived, client.balance) == (False, 12)
    assert (last_activity().fact, last_activity().code) == ("ClientRestored", 26)


def test_a_deleted_client_is_archived_too_and_keeps_the_earlier_moment(house: House) -> None:
    first, second = house.create(name="A"), house.create(name="B")
    operations.archive_clients([first], by=house.alice, on=ON)
    archived = Client.objects.get(pk=first.pk).archived_at
    operations.delete_clients([first, second], by=house.alice, on=ON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.archived_at == archived != first.deleted_at
    assert (second.is_archived, second.is_deleted) == (True, True)
    assert (last_activity().fact, last_activity().code) == ("ClientDeleted", 3)
    assert Client.objects.live().count() == 0


def test_what_is_done_already_is_not_done_or_told_again(house: House) -> None:
    client = house.create(name="A")
    operations.restore_clients([client], by=house.alice, on=ON)
    operations.archive_clients([client], by=house.alice, on=ON)
    before = figures()
    operations.archive_clients([client], by=house.alice, on=ON)
    operations.archive_clients([], by=house.alice, on=ON)
    assert figures() == before


def test_a_merge_brings_people_places_files_and_history_together(house: House, subscribe: Subscribe) -> None:
    told: list[facts.ClientMerged] = []
    subscribe(facts.ClientMerged, told.append)
    kept = house.create(name="Keep", contacts=[{"first_name": "K", "email": "k@example.com"}])
    absorbed = house.create(
        name="Gone",
        contacts=[
            {"first_name": "G", "email": "g@example.com"},
            {"first_name": "K2", "email": "K@Example.com"},
        ],
    )
    twin = absorbed.contacts.live()[1]
    locations.create_location({"client": absorbed, "name": "Dock"}, by=house.alice, on=ON)
    attach_files(absorbed, [ContentFile(b"x", name="a.txt")], by=house.alice, on=ON)
    history = Activity.objects.filter(client_id=absorbed.pk).count()
    merge_clients(kept, absorbed, by=house.alice, on=ON)
    assert people(kept) == [("K", "k@example.com", True, True), ("G", "g@example.com", False, True)]
    assert absorbed.contacts.count() == 0
    assert Location.objects.get().client == kept
    assert (File.objects.get().owner_id, File.objects.get().client_id) == (kept.pk, kept.pk)
    assert Activity.objects.filter(client_id=kept.pk).count() == 1 + history + 1
    absorbed.refresh_from_db()
    assert (absorbed.is_deleted, absorbed.merged_into, absorbed.number) == (True, kept, "0002")
    (fact,) = told
    assert (fact.subject, fact.absorbed, fact.on) == (kept, absorbed, ON)
    assert fact.contacts == {twin.pk: kept.contacts.live()[0]}
    last, before = Activity.objects.order_by("-pk")[:2]
    assert (before.fact, before.code, before.mentions["absorbed"]) == (
        "ClientMerged",
        61,
        [absorbed.pk, "Gone"],
    )
    assert (last.fact, last.code, last.client_id) == ("ClientAbsorbed", 3, absorbed.pk)


def test_a_blank_contact_does_not_come_along(house: House, subscribe: Subscribe) -> None:
    subscribe(facts.ClientMerged, lambda fact: None)
    kept, absorbed = house.create(contacts=[{"first_name": "K"}]), house.create(name="Gone")
    merge_clients(kept, absorbed, by=house.alice, on=ON)
    assert people(kept) == [("K", "", True, True)]


def test_a_merged_client_stays_as_it_is(house: House, subscribe: Subscribe) -> None:
    subscribe(facts.ClientMerged, lambda fact: None)
    kept, absorbed, third = (house.create(name=name) for name in ("Keep", "Gone", "Third"))
    merge_clients(kept, absorbed, by=house.alice, on=ON)
    before = figures()
    with pytest.raises(WrongState, match="merged"):
        house.update(absorbed, name="X")
    with pytest.raises(WrongState, match="merged"):
        operations.restore_clients([absorbed], by=house.alice, on=ON)
    with pytest.raises(WrongState, match="merged"):
        merge_clients(third, absorbed, by=house.alice, on=ON)
    assert figures() == before
    merge_clients(third, kept, by=house.alice, on=ON)
    absorbed.refresh_from_db()
    assert absorbed.merged_into == third


def test_a_client_is_not_merged_into_itself_or_a_deleted_one(house: House) -> None:
    client, gone = house.create(name="A"), house.create(name="B")
    operations.delete_clients([gone], by=house.alice, on=ON)
    before = figures()
    with pytest.raises(Refused) as refusal:
        merge_clients(client, Client.objects.get(pk=client.pk), by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["id"]
    with pytest.raises(WrongState, match="Restore it"):
        merge_clients(gone, client, by=house.alice, on=ON)
    assert figures() == before


@pytest.mark.parametrize("column", ["balance", "paid_to_date", "credit_balance", "payment_balance"])
def test_money_in_two_currencies_is_not_merged(house: House, column: str) -> None:
    dollars, euros = house.create(), house.create(settings={"currency_id": "3"})
    Client.objects.filter(pk=dollars.pk).update(balance=Decimal("0.01"))
    Client.objects.filter(pk=euros.pk).update(**{column: Decimal(-5)})
    before = figures()
    with pytest.raises(Refused) as refusal:
        merge_clients(dollars, euros, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["currency_id"]
    assert figures() == before


def test_when_only_one_has_money_currencies_do_not_matter(house: House, subscribe: Subscribe) -> None:
    subscribe(facts.ClientMerged, lambda fact: None)
    dollars, euros = house.create(), house.create(settings={"currency_id": "3"})
    Client.objects.filter(pk=dollars.pk).update(balance=Decimal(1))
    merge_clients(dollars, euros, by=house.alice, on=ON)
    assert Client.objects.live().get() == dollars


def test_a_purge_leaves_one_line_that_names_nobody(
    house: House, subscribe: Subscribe, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[facts.ClientPurged] = []
    subscribe(facts.ClientPurged, told.append)
    kept = house.create(name="Kept")
    client = house.create(name="Secret", id_number="S", contacts=[{"email": "secret@example.com"}])
    pk = client.pk
    locations.create_location({"client": client, "name": "Dock"}, by=house.alice, on=ON)
    attach_files(client, [ContentFile(b"x", name="a.txt")], by=house.alice, on=ON)
    SystemLog.objects.create(category_id=2, event_id=30, type_id=900, client_id=pk, log={"to": "secret"})
    with django_capture_on_commit_callbacks(execute=True):
        purge_client(client, by=house.alice, on=ON)
    assert list(Client.objects.all()) == [kept]
    assert (Contact.objects.count(), Location.objects.count(), File.objects.count()) == (1, 0, 0)
    assert SystemLog.objects.count() == 0
    (line,) = Activity.objects.filter(client_id=pk)
    assert (line.fact, line.code, line.mentions) == ("ClientPurged", None, {"client": [pk, "0002"]})
    assert told[0].on == ON
    assert house.create(id_number="S").number == "0003"


def test_a_subscriber_may_refuse_a_purge_and_nothing_is_lost(house: House, subscribe: Subscribe) -> None:
    house.company.settings["country_id"] = "250"
    subscribe(facts.ClientPurged, lambda fact: refuse_kept(date(2025, 5, 17), on=fact.on))
    client = house.create(name="Verger")
    before = figures()
    with pytest.raises(Refused) as refusal:
        purge_client(client, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["id"]
    assert "Dec. 31, 2035" in str(refusal.value.sentence)
    assert figures() == before


@pytest.mark.parametrize(
    ("country", "last_day"),
    [("250", date(2036, 12, 31)), ("276", date(2034, 12, 31)), ("840", None), ("", None)],
)
def test_the_law_of_the_companys_country_keeps_documents(
    house: House, country: str, last_day: date | None
) -> None:
    house.company.settings["country_id"] = country
    assert kept_until(date(2026, 1, 1)) == last_day


def test_after_the_last_day_nothing_is_kept(house: House) -> None:
    house.company.settings["country_id"] = "250"
    refuse_kept(date(2015, 6, 1), on=date(2026, 1, 1))
    refuse_kept(None, on=ON)
    with pytest.raises(Refused):
        refuse_kept(date(2015, 6, 1), on=date(2025, 12, 31))


def invoice_for(client: Client) -> Invoice:
    invoice = Invoice.objects.create(client=client, number="I-1", currency_id="1", date=ON)
    contact = client.contacts.live()[0]
    InvoiceInvitation.objects.create(invoice=invoice, contact=contact, **fresh("invitation"))
    return invoice


def test_rows_that_name_a_client_follow_it(house: House, subscribe: Subscribe) -> None:
    def follow(fact: facts.ClientMerged) -> None:
        following.move_rows(fact, Invoice)
        following.repoint_contacts(fact, InvoiceInvitation)

    subscribe(facts.ClientMerged, follow)
    kept = house.create(contacts=[{"email": "k@example.com"}])
    absorbed = house.create(contacts=[{"email": "k@example.com"}])
    invoice = invoice_for(absorbed)
    merge_clients(kept, absorbed, by=house.alice, on=ON)
    moved = Invoice.objects.get()
    assert (moved.client, moved.updated_at > invoice.updated_at) == (kept, True)
    assert moved.invitations.get().contact == kept.contacts.live().get()


def test_rows_that_name_a_client_are_erased_with_it(house: House, subscribe: Subscribe) -> None:
    subscribe(facts.ClientPurged, lambda fact: following.erase_rows(fact, Invoice))
    kept, client = house.create(), house.create()
    invoice_for(client)
    purge_client(client, by=house.alice, on=ON)
    assert (list(Client.objects.all()), Invoice.objects.count()) == ([kept], 0)
    assert InvoiceInvitation.objects.count() == 0

"""Tags on records: put on, taken off, moved by a merge, erased with the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.activity.models import Activity
from comptoir.clients.bulk import clone_clients
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.operations import delete_clients, update_client
from comptoir.clients.purging import purge_client
from comptoir.kernel.refused import WrongState
from comptoir.sales.invoices.operations import create_invoice
from comptoir.tagging import operations
from comptoir.tagging.models import TagLink
from comptoir.tagging.operations import tagged
from comptoir.tagging.queries import tags_on, with_any
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, House, figures, refused, worn


def test_a_record_bears_what_it_is_given(house: House) -> None:
    client, vip, late = house.client(), house.tag("VIP"), house.tag("Late")
    stamp = client.updated_at
    assert house.set(client, vip, late) == 1
    assert worn(client) == ["Late", "VIP"]
    client.refresh_from_db()
    assert client.updated_at > stamp
    told = Activity.objects.get(fact="ClientTagged")
    assert (told.code, told.client_id, told.changes) == (61, client.pk, {"tags": ["", "Late, VIP"]})
    assert house.set(client, vip) == 1
    assert worn(client) == ["VIP"]


def test_what_changes_nothing_is_not_told(house: House) -> None:
    client, vip = house.client(), house.tag("VIP")
    house.set(client, vip)
    before = figures()
    assert (house.set(client, vip), house.change(client, add=[vip]), house.change()) == (0, 0, 0)
    assert figures() == before


def test_many_records_get_and_lose_tags_at_once(house: House) -> None:
    one, two = house.client("One"), house.client("Two")
    vip, late = house.tag("VIP"), house.tag("Late")
    house.set(one, late)
    assert house.change(one, two, add=[vip], remove=[late]) == 2
    assert (worn(one), worn(two)) == (["VIP"], ["VIP"])
    assert Activity.objects.filter(fact="ClientTagged").count() == 3


def test_ten_records_cost_as_many_questions_as_two(house: House) -> None:
    """The activities are one INSERT, and so are the links."""
    vip, late = house.tag("VIP"), house.tag("Late")
    counts = []
    for n in (2, 10):
        clients = [house.client(f"Client {n}.{at}") for at in range(n)]
        house.change(*clients, add=[late])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            house.change(*clients, add=[vip], remove=[late])
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_tag_of_other_records_is_refused(house: House) -> None:
    client, wrong = house.client(), house.tag("Urgent", "invoice")
    faults = refused(lambda: house.set(client, wrong))
    assert faults == {"tags.0": ["The tag “Urgent” is for other records."]}


def test_an_archived_tag_is_not_put_on_more_records(house: House) -> None:
    one, two, vip = house.client("One"), house.client("Two"), house.tag("VIP")
    house.set(one, vip)
    operations.archive_tag(vip, by=house.alice, on=ON)
    faults = refused(lambda: house.set(two, vip))
    assert faults == {"tags.0": ["The tag “VIP” is archived: restore it first."]}
    late = house.tag("Late")
    house.set(one, vip, late)  # what it bears already, it may go on bearing
    assert worn(one) == ["Late", "VIP"]
    assert refused(lambda: house.change(one, two, add=[late, vip])) == {
        "tags.1": ["The tag “VIP” is archived: restore it first."]
    }


def test_a_refused_tag_is_named_by_its_place_among_all_that_were_sent(house: House) -> None:
    client, vip, wrong = house.client(), house.tag("VIP"), house.tag("Urgent", "invoice")
    house.set(client, vip)
    faults = refused(lambda: house.set(client, vip, wrong))
    assert faults == {"tags.1": ["The tag “Urgent” is for other records."]}


def test_a_record_bears_fifty_at_most(house: House) -> None:
    client, tags = house.client(), [house.tag(f"Tag {n}") for n in range(51)]
    assert refused(lambda: house.set(client, *tags)) == {"tags": ["A record may bear 50 tags."]}
    assert house.set(client, *tags[:50]) == 1


def test_a_deleted_record_is_restored_first(house: House) -> None:
    client, vip = house.client(), house.tag("VIP")
    delete_clients([client], by=house.alice, on=ON)
    before = figures()
    with pytest.raises(WrongState):
        house.set(client, vip)
    assert figures() == before


def test_records_of_two_kinds_with_one_key_are_apart(house: House) -> None:
    client, product = house.client(), house.product()
    TagLink.objects.create(tag=house.tag("VIP"), kind="client", record_id=product.pk)
    assert (worn(product), bool(worn(client))) == ([], client.pk == product.pk)


def test_the_neighbours_tags_are_not_there(house: House) -> None:
    client = house.client()
    house.set(client, house.tag("VIP"))
    with acting_for(factories.account_with_company("Dora Ltd")):
        assert tags_on("client", [client.pk]) == {}
        assert list(with_any(Client.objects.all(), "client", [1, 2, 3])) == []


def test_an_operation_takes_tags_and_leaves_them_when_none_are_said(house: House) -> None:
    client, vip = house.client(), house.tag("VIP")
    update = tagged(update_client)
    update(client, {"name": "Potager", "tags": [vip]}, by=house.alice, on=ON)
    assert (Client.objects.get().name, worn(client)) == ("Potager", ["VIP"])
    update(client, {"name": "Verger"}, by=house.alice, on=ON)
    assert worn(client) == ["VIP"]
    update(client, {"tags": []}, by=house.alice, on=ON)
    assert worn(client) == []


def test_a_refused_tag_takes_the_rest_of_the_change_with_it(house: House) -> None:
    client, wrong = house.client(), house.tag("Urgent", "invoice")
    fields = {"name": "Potager", "tags": [wrong]}
    refused(lambda: tagged(update_client)(client, fields, by=house.alice, on=ON))
    assert Client.objects.get().name == "Verger"


def test_a_merge_unites_tags(house: House) -> None:
    kept, absorbed = house.client("Kept"), house.client("Absorbed")
    vip, late, new = house.tag("VIP"), house.tag("Late"), house.tag("New")
    house.set(kept, vip, late)
    house.set(absorbed, vip, new)
    merge_clients(kept, absorbed, by=house.alice, on=ON)
    assert (worn(kept), worn(absorbed)) == (["Late", "New", "VIP"], [])
    assert TagLink.objects.count() == 3


def test_a_purge_takes_tags_off_the_client_and_its_documents(house: House) -> None:
    client, other = house.client(), house.client("Other")
    invoice = create_invoice({"client": client, "line_items": []}, by=house.alice, on=ON)
    vip, urgent = house.tag("VIP"), house.tag("Urgent", "invoice")
    for record, tag in ((client, vip), (other, vip), (invoice, urgent)):
        house.set(record, tag)
    purge_client(client, by=house.alice, on=ON)
    assert [(link.kind, link.record_id) for link in TagLink.objects.all()] == [("client", other.pk)]


def test_a_copy_of_a_client_bears_its_tags(house: House) -> None:
    client = house.client()
    house.set(client, house.tag("VIP"))
    plain = house.client("Plain")
    first, second = clone_clients([client, plain], by=house.alice, on=ON)
    assert (worn(first), worn(second), worn(client)) == (["VIP"], [], ["VIP"])


@pytest.mark.parametrize("many", [1, 3])
def test_the_tags_of_a_page_are_one_question(house: House, many: int, django_assert_num_queries: Any) -> None:
    vip = house.tag("VIP")
    clients = [house.client(f"Client {n}") for n in range(many)]
    house.change(*clients, add=[vip])
    with django_assert_num_queries(1):
        found = tags_on("client", [client.pk for client in clients])
    assert [tag.name for tags in found.values() for tag in tags] == ["VIP"] * many

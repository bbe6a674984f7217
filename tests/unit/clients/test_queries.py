from __future__ import annotations

from comptoir.clients import operations, queries
from comptoir.clients.models import Client
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, House


def test_people_are_found_by_email_in_any_case(house: House) -> None:
    client = house.create(contacts=[{"email": "Ada@Example.com"}])
    assert [one.client for one in queries.contacts_with_email(" ada@example.COM ")] == [client]
    assert list(queries.contacts_with_email("other@example.com", "")) == []


def test_removed_people_and_deleted_clients_leave_an_email_free(house: House) -> None:
    client = house.create(contacts=[{"email": "a@example.com"}, {"email": "b@example.com"}])
    first, second = client.contacts.live()
    house.update(client, contacts=[{"id": second.pk}])
    assert list(queries.contacts_with_email(first.email)) == []
    assert list(queries.contacts_with_email(second.email)) == [second]
    operations.delete_clients([client], by=house.alice, on=ON)
    assert list(queries.contacts_with_email(second.email)) == []
    assert queries.contact_by_key(second.contact_key) is None


def test_another_companys_people_are_not_seen(house: House) -> None:
    house.create(contacts=[{"email": "a@example.com"}])
    with acting_for(factories.account_with_company("Elsewhere")):
        assert list(queries.contacts_with_email("a@example.com")) == []
        assert queries.names_taken(["Verger"]) == set()


def test_the_office_learns_of_shared_emails(house: House) -> None:
    mine = house.create(name="A", contacts=[{"email": "a@example.com"}, {"email": ""}])
    other = house.create(name="B", contacts=[{"email": "A@example.com"}, {"email": ""}])
    assert [one.client for one in queries.shared_emails(mine)] == [other]


def test_names_that_live_clients_have(house: House) -> None:
    house.create(name="Verger")
    gone = house.create(name="Gone")
    operations.delete_clients([gone], by=house.alice, on=ON)
    assert queries.names_taken(["VERGER ", "Gone", "New"]) == {"verger"}


def test_free_text_looks_everywhere_in_a_client(house: House) -> None:
    client = house.create(
        name="Verger",
        number="K-7",
        id_number="SAP",
        vat_number="DE123",
        custom_value4="blue",
        contacts=[{"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "phone": "0612"}],
    )
    house.create(name="Other")
    for text in ("verg", "k-7", "sap", "de12", "BLUE", "ada", "byron", "ada@ex", "612"):
        assert list(Client.objects.matching(text)) == [client], text

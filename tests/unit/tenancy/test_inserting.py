from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comptoir.activity.models import Activity
from comptoir.clients.models import Client, Contact
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories


@pytest.fixture
def company(db: None) -> Any:
    with acting_for(factories.account_with_company()) as company:
        yield company


def stored(row: Any, *but: str) -> dict[str, Any]:
    values = type(row).objects.values().get(pk=row.pk)
    return {name: value for name, value in values.items() if name not in ("id", *but)}


def test_a_row_is_stored_as_django_itself_would(company: Company) -> None:
    fields: dict[str, Any] = {
        "name": "L’Été « 日本 » %s",
        "balance": Decimal("12.345678"),
        "settings": {"currency_id": "3", "list": [1, None, "é"]},
        "is_tax_exempt": True,
        "country_id": "250",
    }
    ours, djangos = (
        Client(company=company, number="1", **fields),
        Client(company=company, number="2", **fields),
    )
    insert([ours])
    djangos.save()
    clocks = ("number", "search_text", "created_at", "updated_at")
    assert stored(ours, *clocks) == stored(djangos, *clocks)
    assert (ours.created_at, ours.updated_at) == (stored(ours)["created_at"], stored(ours)["updated_at"])
    assert ours._state.adding is False
    ours.refresh_from_db()
    assert (ours.balance, ours.settings) == (fields["balance"], fields["settings"])


def test_an_inserted_row_can_be_saved_again(company: Company) -> None:
    client = Client(company=company, name="A")
    insert([client])
    client.name = "B"
    client.save()
    assert [one.name for one in Client.objects.all()] == ["B"]


def test_many_rows_get_their_own_keys(company: Company) -> None:
    rows = [Client(company=company, name=f"C{n}") for n in range(250)]
    insert(rows)
    assert dict(Client.objects.values_list("pk", "name")) == {row.pk: row.name for row in rows}
    people = [Contact(company=company, client=row, **fresh("contact")) for row in rows]
    insert(people)
    assert set(Contact.objects.values_list("client_id", flat=True)) == {row.pk for row in rows}


def test_a_broken_constraint_is_an_integrity_error(company: Company) -> None:
    insert([Client(company=company, number="1")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Client(company=company, number="2"), Client(company=company, number="1")])
    assert Client.objects.count() == 1


def test_nothing_to_insert_is_fine(company: Company) -> None:
    insert([])
    assert not Activity.objects.exists()

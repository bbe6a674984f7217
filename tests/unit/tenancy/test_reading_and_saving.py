from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client, Contact, Group
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.reading import read
from comptoir.tenancy.saving import save
from comptoir.tenancy.scope import acting_for
from tests import factories

KINDS = (
    *(models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.ForeignKey),
    *(models.AutoField, models.DateField, models.JSONField),
)
"""What ``reading`` gives back as Django does, with all that derive from them."""


@pytest.fixture
def company(db: None) -> Any:
    with acting_for(factories.account_with_company()) as company:
        yield company


def client(company: Company, **fields: Any) -> Client:
    made = Client(company=company, **fields)
    insert([made])
    return made


def columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_read_by_key_are_those_that_django_reads(company: Company) -> None:
    group = Group.objects.create(name="Tout", settings={"a": [1, None, 2.5, "é"]})
    balance = Decimal("-12.345678")
    one = client(company, name="L’Été « 日本 » %s", balance=balance, is_tax_exempt=True, group=group)
    two = client(company, name="B", settings={"currency_id": "3"}, archived_at=one.created_at)
    found = read(Client, [two.pk, one.pk, 0])
    assert list(found) == [one.pk, two.pk]
    for row in found.values():
        djangos = Client.objects.get(pk=row.pk)
        assert columns(row) == columns(djangos)
        assert {name: type(value) for name, value in columns(row).items()} == {
            name: type(value) for name, value in columns(djangos).items()
        }
        assert (row._state.adding, row._state.db, row == djangos) == (False, "default", True)
    assert found[one.pk].group == group
    assert read(Client, []) == {}


def test_every_column_of_the_house_is_of_a_kind_that_reading_knows() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("comptoir.")]
    fields = [field for model in ours for field in model._meta.concrete_fields]
    assert [str(field) for field in fields if not isinstance(field, KINDS)] == []


def test_a_saved_row_is_what_django_would_have_saved(company: Company) -> None:
    ours, djangos = client(company, name="A"), client(company, name="A")
    for row in (ours, djangos):
        row.name, row.balance, row.settings, row.archived_at = "B", Decimal("0.1"), {"x": "é"}, row.created_at
    save(ours)
    djangos.save()
    clocks = ("id", "created_at", "updated_at", "archived_at")
    stored = Client.objects.values().get(pk=ours.pk)
    assert stored["archived_at"] == ours.archived_at
    assert stored["updated_at"] == ours.updated_at > ours.created_at
    other = Client.objects.values().get(pk=djangos.pk)
    assert {k: v for k, v in stored.items() if k not in clocks} == {
        k: v for k, v in other.items() if k not in clocks
    }


def test_only_the_columns_named_are_written_and_the_stamp(company: Company) -> None:
    one = client(company, name="A", city="Lyon")
    one.name, one.city = "B", "Paris"
    save(one, "name")
    stored = Client.objects.get(pk=one.pk)
    assert (stored.name, stored.city, stored.updated_at) == ("B", "Lyon", one.updated_at)
    assert stored.updated_at > stored.created_at


def test_a_broken_constraint_is_an_integrity_error(company: Company) -> None:
    one, two = client(company, number="1"), client(company, number="2")
    two.number = one.number
    with pytest.raises(IntegrityError), transaction.atomic():
        save(two, "number")
    assert sorted(Client.objects.values_list("number", flat=True)) == ["1", "2"]


def test_a_row_that_is_gone_is_not_saved(company: Company) -> None:
    one = client(company, name="A")
    Client.objects.all().delete()
    with pytest.raises(DatabaseError, match="is gone"):
        save(one)
    assert Client.objects.count() == 0


def test_locking_forgets_a_relation_that_has_changed_since(company: Company) -> None:
    one, other = client(company, name="A"), client(company, name="B")
    contact = Contact(company=company, client=one, **fresh("contact"))
    insert([contact])
    Contact.objects.update(client=other, first_name="Ada")
    with transaction.atomic():
        lock(contact, None, one)
    assert (contact.client, contact.first_name) == (other, "Ada")


def test_a_foreign_key_is_followed_to_the_row_and_remembered(company: Company) -> None:
    one = client(company, name="A", group=Group.objects.create(name="Tout"))
    found = Client.objects.get(pk=one.pk)
    with CaptureQueriesContext(connection) as asked:
        assert (found.group.name, found.group.company is company, found.group is found.group) == (
            "Tout",
            True,
            True,
        )
    assert len(asked) == 1
    assert Client.objects.select_related("group").get(pk=one.pk).group == found.group


def test_a_foreign_key_to_nothing_says_so(company: Company) -> None:
    with pytest.raises(Group.DoesNotExist, match="does not exist"):
        str(Client(company=company, group_id=0).group)
    assert Client(company=company).group is None

"""Tags of clients in a file: names with commas between them, to the company and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client
from comptoir.insight.exports.sheets import SHEETS
from comptoir.insight.imports.entities.clients import Clients
from comptoir.tagging.models import Tag
from comptoir.tagging.operations import create_tag, set_tags
from comptoir.tagging.queries import tags_on

from .conftest import ON, Desk, report


def made(desk: Desk, *names: str) -> list[Tag]:
    return [create_tag({"kind": "client", "name": name}, by=desk.paul, on=ON) for name in names]


def worn() -> dict[str, list[str]]:
    clients = {client.pk: client.name for client in Client.objects.all()}
    found = tags_on("client", list(clients))
    return {name: [tag.name for tag in found.get(pk, ())] for pk, name in clients.items()}


def exported() -> list[tuple[str, str]]:
    keys = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    columns = SHEETS["clients"].chosen(["client.name", "client.tags"])
    name, tags = columns
    return [(name.cell(row), tags.cell(row)) for row in SHEETS["clients"].rows(keys, columns, {})]


def test_a_row_names_the_tags_of_its_client(desk: Desk) -> None:
    made(desk, "VIP", "Été, hiver", "Grand compte")
    run = desk.run('Nom;Étiquettes\nDurand;"vip, ""ete, hiver"""\nMartin;\nPetit; grand COMPTE ,\n')
    assert report(run) == [(2, "made", []), (3, "made", []), (4, "made", [])]
    assert worn() == {"Durand": ["Été, hiver", "VIP"], "Martin": [], "Petit": ["Grand compte"]}
    assert exported() == [("Durand", '"Été, hiver", VIP'), ("Martin", ""), ("Petit", "Grand compte")]


def test_a_tag_that_is_not_there_refuses_the_row_at_its_column(desk: Desk) -> None:
    made(desk, "VIP")
    run = desk.run("Nom;Tags\nDurand;VIP, Late\n")
    (row,) = report(run)
    assert (row[1], row[2][0][1]) == ("refused", "There is no tag called “Late”: create it first.")
    assert Client.objects.count() == 0


def test_a_known_client_is_brought_up_to_date_and_an_empty_cell_changes_nothing(desk: Desk) -> None:
    vip, late = made(desk, "VIP", "Late")
    for name in ("Durand", "Martin"):
        set_tags(desk.client(name=name), [vip], by=desk.paul, on=ON)
    desk.run("Nom;Tags\nDurand;Late\nMartin;\n", duplicates="update")
    assert worn() == {"Durand": ["Late"], "Martin": ["VIP"]}
    assert late.links.count() == 1


def test_a_rehearsal_tags_nobody(desk: Desk) -> None:
    made(desk, "VIP")
    desk.run("Nom;Tags\nDurand;VIP\n", rehearsal=True)
    assert (Client.objects.count(), worn()) == (0, {})


def test_there_is_no_column_where_there_are_no_tags(desk: Desk) -> None:
    assert "client.tags" not in [column.id for column in Clients().columns()]
    assert "client.tags" not in [column.id for column in SHEETS["clients"].columns()]


@pytest.mark.parametrize("many", [2, 12])
def test_an_export_asks_for_tags_once(desk: Desk, many: int) -> None:
    (vip,) = made(desk, "VIP")
    for n in range(many):
        set_tags(desk.client(name=f"Client {n}"), [vip], by=desk.paul, on=ON)
    with CaptureQueriesContext(connection) as asked:
        rows: list[Any] = exported()
    assert [tags for _name, tags in rows] == ["VIP"] * many
    assert sum("tagging_taglink" in one["sql"] for one in asked) == 1

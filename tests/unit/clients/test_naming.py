from __future__ import annotations

import pytest

from comptoir.clients.models import Client
from comptoir.clients.naming import digits, folded

from .conftest import House


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Été", "ete"),
        ("E\u0301te\u0301", "ete"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("日本", "日本"),
    ],
)
def test_names_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("number", "figure"),
    [("0007", 7), ("C2026-12", 202612), ("K", 0), ("", 0), ("9" * 30, int("9" * 18)), ("٣", 0)],
)
def test_a_number_counts_by_its_digits(number: str, figure: int) -> None:
    assert digits(number) == figure


def test_lists_sort_names_as_people_do_and_numbers_by_their_digits(house: House) -> None:
    for name, number in (("zebra", "K-10"), ("Écluse", "K-9"), ("eau", "K-2"), ("Zoo", "K-1")):
        house.create(name=name, number=number)
    assert list(Client.objects.order_by("sort_name").values_list("name", flat=True)) == [
        "eau",
        "Écluse",
        "zebra",
        "Zoo",
    ]
    assert list(Client.objects.order_by("sort_number").values_list("number", flat=True)) == [
        "K-1",
        "K-2",
        "K-9",
        "K-10",
    ]


def test_an_accent_is_found_however_it_is_typed(house: House) -> None:
    client = house.create(contacts=[{"last_name": "Lefèvre"}])
    for text in ("lefevre", "LEFÈVRE", "fèv", "LE", "le\u0300f"):
        assert list(Client.objects.matching(text)) == [client]
    house.update(client, name="Œuvre", number="B-3")
    client.refresh_from_db()
    assert (client.sort_name, client.sort_number) == ("oeuvre", 3)

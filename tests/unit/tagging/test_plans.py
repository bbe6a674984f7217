"""Both questions about tags come from an index, however many there are."""

from __future__ import annotations

import pytest
from django.db import connection

from comptoir.clients.models import Client
from comptoir.tagging import queries
from comptoir.tagging.models import Tag, TagLink
from comptoir.tagging.queries import with_any
from comptoir.tenancy.statements import run
from tests import filled
from tests.plans import analyzed

from .conftest import House


@pytest.fixture
def worn(house: House) -> list[int]:
    """Sixty tags, each on a hundred records: few enough to choose by, many enough not to be read whole."""
    tags = [house.tag(f"Tag {n}") for n in range(60)]
    TagLink.objects.bulk_create(
        TagLink(company=house.company, tag=tag, kind="client", record_id=1 + (n * 37 + m) % 3_000)
        for n, tag in enumerate(tags)
        for m in range(100)
    )
    analyzed(Tag, TagLink)
    return [tag.pk for tag in tags]


def test_the_tags_of_a_page_are_found_by_their_records(house: House, worn: list[int]) -> None:
    vendor = connection.vendor
    explain, given = {
        "sqlite": ("EXPLAIN QUERY PLAN", "[1,2]"),
        "postgresql": ("EXPLAIN", [1, 2]),
    }[vendor]
    text = f"{explain} {queries._text(vendor)}"
    plan = " / ".join(str(row[-1]) for row in run(text, (house.company.pk, "client", given)))
    if vendor == "sqlite":
        assert "USING INDEX tag_link_of_record (company_id=? AND kind=? AND record_id=?)" in plan
        assert "SEARCH t USING INTEGER PRIMARY KEY" in plan
        assert "SCAN l" not in plan
    else:
        assert "tag_link_of_record" in plan
        assert "Seq Scan on tagging_taglink" not in plan


def test_the_records_of_a_tag_are_found_by_the_tag(house: House, worn: list[int]) -> None:
    rows = with_any(Client.objects.all(), "client", worn[:2]).order_by("pk")
    plan = filled.plan(rows, "bitmapscan", "hashjoin", "mergejoin")
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX sqlite_autoindex_tagging_taglink_1 (tag_id=?)" in plan
        assert "SCAN" not in plan
    else:
        assert "tag_once_on_record" in plan
        assert "Seq Scan on tagging_taglink" not in plan

"""Both questions about tags come from an index, however many there are."""

from __future__ import annotations

import pytest
from django.db import connection

from comptoir.clients.models import Client
from comptoir.tagging import queries
from comptoir.tagging.queries import with_any
from comptoir.tenancy.statements import run

from .conftest import House

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="in empty tables PostgreSQL takes any index (tenancy/test_searching)",
)


def test_the_tags_of_a_page_are_found_by_their_records(house: House) -> None:
    text = f"EXPLAIN QUERY PLAN {queries._text('sqlite')}"
    plan = " / ".join(row[3] for row in run(text, (house.company.pk, "client", "[1,2]")))
    assert "USING INDEX tag_link_of_record (company_id=? AND kind=? AND record_id=?)" in plan
    assert "SEARCH t USING INTEGER PRIMARY KEY" in plan
    assert "SCAN l" not in plan


def test_the_records_of_a_tag_are_found_by_the_tag(house: House) -> None:
    plan = with_any(Client.objects.all(), "client", [1, 2]).order_by("pk").explain()
    assert "USING COVERING INDEX sqlite_autoindex_tagging_taglink_1 (tag_id=?)" in plan
    assert "SCAN" not in plan

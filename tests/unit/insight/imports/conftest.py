"""Paul imports files into a French company; short words for uploading, running and reading the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.insight.imports.running import run_import
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.noon import noon_of

ON = date(2026, 11, 24)

_noon = noon_of(ON)


@dataclass
class Desk:
    company: Company
    paul: Actor

    def client(self, **fields: Any) -> Client:
        return create_client(fields, by=self.paul, on=ON)

    def upload(self, content: str | bytes, name: str = "clients.csv") -> Import:
        data = content.encode() if isinstance(content, str) else content
        return upload_import("client", SimpleUploadedFile(name, data), by=self.paul, on=ON)

    def begin(self, content: str | bytes, *, rehearsal: bool = False, **choices: Any) -> Import:
        return start_import(self.upload(content), choices, by=self.paul, on=ON, rehearsal=rehearsal)

    def run(self, content: str | bytes, *, rehearsal: bool = False, **choices: Any) -> Import:
        return run_import(self.begin(content, rehearsal=rehearsal, **choices))


def report(run: Import) -> list[tuple[int, str, list[list[str]]]]:
    """Number, outcome and reasons of every row."""
    return [(row.number, row.outcome, row.reasons) for row in run.rows.order_by("number")]


def counts(run: Import) -> dict[str, int]:
    """The outcomes that there are."""
    return {name: n for name, n in run.counts().items() if n}


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Any) -> Iterator[Desk]:
    settings.MEDIA_ROOT = tmp_path
    company = factories.account_with_company(country_id="250", currency_id="3", language_id="1")
    paul = factories.actor(factories.user(company, "paul@example.com", is_owner=True))
    with acting_for(company):
        yield Desk(company, paul)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

ON = date(2026, 3, 2)


@dataclass
class House:
    """A company in scope, a client, somebody who acts, and the folder the bytes go to."""

    company: Company
    client: Client
    alice: Actor
    folder: Path

    def attach(self, *uploads: ContentFile[bytes], **more: Any) -> list[File]:
        return attach_files(self.client, uploads, by=self.alice, on=ON, **more)

    def stored(self) -> list[str]:
        """Every path in the storage, sorted."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.folder)) for path in found)


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> Iterator[House]:
    settings.MEDIA_ROOT = tmp_path / "public" / "storage"
    company = factories.account_with_company()
    alice = factories.actor(factories.user(company))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger")
        yield House(company, client, alice, settings.MEDIA_ROOT)


def text(name: str = "note.txt", content: str = "hello") -> ContentFile[bytes]:
    return ContentFile(content.encode(), name=name)


def raw(name: str, content: bytes) -> ContentFile[bytes]:
    return ContentFile(content, name=name)

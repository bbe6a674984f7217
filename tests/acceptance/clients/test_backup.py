"""Row S36: everything in one archive, and back into an empty installation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.files.models import File
from comptoir.files.shelves import storage
from comptoir.files.upkeep import missing, orphans
from comptoir.insight import backup
from comptoir.kernel import ids
from comptoir.office.settings import system
from comptoir.people.founding import found_account

from .conftest import FRENCH, ON, PERSON, House

FILL = """
import django; django.setup()
from datetime import date
from django.core.files.base import ContentFile
from comptoir.clients.operations import create_client
from comptoir.delivery.papers.keeping import keep
from comptoir.files.operations import attach_files
from comptoir.sales.invoices.models import Invoice
from comptoir.people.models import Membership
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.scope import acting_for
alice = Membership.everywhere.select_related('company').get(); on = date(2026, 11, 24)
with acting_for(alice.company):
    by = alice.actor()
    client = create_client({"name": "Éclair", "contacts": [{"first_name": "Zoé"}]}, by=by, on=on)
    line = {"product_key": "Day", "cost": 100, "quantity": 3}
    mark_sent(create_invoice({"client": client, "line_items": [line]}, by=by, on=on), by=by, on=on)
    attach_files(client, [ContentFile(b"%PDF-1.4 contract", "contract.pdf")], by=by, on=on)
    keep(Invoice.objects.get(), b"%PDF-1.4 as it was sent", "mailed")
"""


def run(data: Path, *words: str, database: str = "") -> str:
    environ = {"PATH": os.environ["PATH"], "COMPTOIR_DATA": str(data), "DATABASE_URL": database}
    environ |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "comptoir.config.settings"}
    done = subprocess.run([sys.executable, *words], check=False, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def comptoir(data: Path, *words: str, database: str = "") -> str:
    """What a command says, on SQLite unless the address of a database is given."""
    return run(data, "-m", "comptoir", *words, database=database)


def parts(path: Path) -> dict[str, bytes]:
    """What an archive holds, without the moment at which it was made."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(found.pop("manifest.json"))
    return found | {"manifest": repr({key: said[key] for key in said if key != "made_at"}).encode()}


def test_s36_what_is_backed_up_comes_back_into_an_empty_installation(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    owner = ("--email", "alice@example.com", "--password", "correct horse battery", "--company", "Bleu")
    comptoir(here, "setup", *owner)
    run(here, "-c", FILL)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert "2 files" in comptoir(here, "backup", str(first))
    assert first.stat().st_mode & 0o077 == 0
    comptoir(there, "restore", str(first))
    comptoir(there, "backup", str(second))
    assert parts(first) == parts(second)
    assert parts(first)["secrets.json"] == (there / "secrets.json").read_bytes()
    kept = list((there / "public" / "storage").rglob("*.pdf"))
    assert {path.read_bytes() for path in kept} == {b"%PDF-1.4 contract", b"%PDF-1.4 as it was sent"}
    assert "Every figure and every file holds." in comptoir(there, "audit")
    with pytest.raises(AssertionError, match="somebody works here already"):
        comptoir(there, "restore", str(first))


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"nothing", b""])
def test_s36_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(content)
    with pytest.raises(backup.Unusable, match="not a backup"):
        backup.restore(path, data=tmp_path)


@pytest.mark.django_db
def test_s36_an_archive_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.zip"
    said = {
        "format": 1,
        "version": "0.0.1",
        "made_at": "",
        "migrations": [],
        "rows": 0,
        "files": 0,
        "missing": 0,
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(said))
    with pytest.raises(backup.Unusable, match=r"version 0\.0\.1"):
        backup.restore(path, data=tmp_path)


def test_s36_a_check_finds_what_is_missing_and_what_nobody_owns(house: House, settings: Any) -> None:
    client = house.client(name="Bistro")
    for name in ("a.pdf", "b.pdf"):
        sent = {"documents": [SimpleUploadedFile(name, b"%PDF-1.4")]}
        house.office.post(f"/clients/{ids.encode(client.pk)}/upload", sent)
    assert (list(missing()), list(orphans())) == ([], [])
    storage().delete(File.objects.get(name="a.pdf").path)
    (Path(settings.MEDIA_ROOT) / "stray.pdf").write_bytes(b"x")
    assert [file.name for file in missing()] == ["a.pdf"]
    assert list(orphans()) == ["stray.pdf"]


def test_s36_the_owner_downloads_it_after_the_password(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds is tested above."""
    monkeypatch.setattr(system, "make", lambda path, *, data: path.write_bytes(b"PK archive"))
    at = "/settings/system/backup"
    assert "Back up now" in house.office.get("/settings/system").content.decode()
    assert house.office.post(at, {"password": "wrong"}).status_code == 422
    answer: Any = house.office.post(at, {"password": PERSON["password"]})
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content) == b"PK archive"
    found_account({**PERSON, "email": "dora@example.com"}, {"name": "Dora", **FRENCH}, on=ON)
    assert house.office.post(at, {"password": PERSON["password"]}).status_code == 403
    assert "Back up now" not in house.office.get("/settings/system").content.decode()

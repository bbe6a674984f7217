from __future__ import annotations

import hashlib
import re

import pytest
from django.utils import timezone

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.files import operations
from comptoir.files.models import File
from comptoir.files.queries import found_by_key, owner_of
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, House, text


def test_a_file_is_kept_under_hashed_names_and_says_its_own_in_the_table(house: House) -> None:
    (file,) = house.attach(text("Contrat signé.txt"))
    assert (file.name, file.type, file.size, file.is_public) == ("Contrat signé.txt", "txt", 5, True)
    assert (file.owner_kind, file.owner_id, file.client_id) == ("client", house.client.pk, house.client.pk)
    assert (file.user_id, file.width, file.is_picture) == (house.alice.id, 0, False)
    assert file.checksum == hashlib.sha256(b"hello").hexdigest()
    assert house.stored() == [file.path]
    assert re.fullmatch(r"[0-9a-f]{32}/[0-9a-f]{32}/[0-9a-f]{40}\.txt", file.path)
    assert (house.folder / file.path).read_bytes() == b"hello"


def test_the_same_name_twice_makes_two_files(house: House) -> None:
    first, second = house.attach(text(content="one"), text(content="two"))
    assert (first.name, second.name) == ("note.txt", "note.txt")
    assert [(house.folder / file.path).read_text() for file in (first, second)] == ["one", "two"]
    assert first.path.rpartition("/")[0] == second.path.rpartition("/")[0]


def test_records_and_companies_do_not_share_a_folder(house: House) -> None:
    (mine,) = house.attach(text())
    other = Client.objects.create(name="Other")
    (others,) = operations.attach_files(other, [text()], by=house.alice, on=ON)
    elsewhere = factories.account_with_company("Elsewhere")
    with acting_for(elsewhere):
        client = Client.objects.create(name="Third")
        (foreign,) = operations.attach_files(client, [text()], by=house.alice, on=ON)
    folders = {file.path.split("/")[1] for file in (mine, others, foreign)}
    assert len(folders) == 3
    assert mine.path.split("/")[0] == others.path.split("/")[0] != foreign.path.split("/")[0]


def test_an_upload_is_one_activity_of_the_client(house: House) -> None:
    before = house.client.updated_at
    house.attach(text("a.txt"), text("b.txt"))
    activity = Activity.objects.get()
    assert (activity.fact, activity.code, activity.notes) == ("ClientFilesAttached", 61, "a.txt, b.txt")
    assert (activity.client_id, activity.actor_name) == (house.client.pk, "Alice")
    assert Client.objects.get().updated_at > before


def test_a_file_of_another_record_has_no_code_of_a_client(house: House) -> None:
    (file,) = operations.attach_files(house.company, [text()], by=house.alice, on=ON)
    assert (file.owner_kind, file.owner_id, file.client_id) == ("company", house.company.pk, None)
    assert (Activity.objects.get().fact, Activity.objects.get().code) == ("FilesAttached", None)


def test_no_upload_is_no_change(house: House) -> None:
    assert house.attach() == []
    assert not Activity.objects.exists()


def test_when_one_upload_is_refused_none_is_kept(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        house.attach(text(), text("bad.exe"), text("empty.txt", ""))
    assert list(refusal.value.errors) == ["documents.1", "documents.2"]
    assert (house.stored(), File.objects.count(), Activity.objects.count()) == ([], 0, 0)


def test_when_saving_fails_the_bytes_go_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*facts: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(operations, "tell", fail)
    with pytest.raises(RuntimeError):
        house.attach(text())
    assert (house.stored(), File.objects.count()) == ([], 0)


def test_a_file_is_found_by_its_public_key_and_by_nothing_else(house: House) -> None:
    (file,) = house.attach(text())
    assert len(file.key) == 32
    assert file.key_digest == keys.digest(file.key)
    assert found_by_key(file.key) == file
    assert found_by_key(file.key_digest) is None
    assert found_by_key("x" * 32) is None
    assert owner_of(file) == house.client


def test_the_files_of_a_client_are_those_of_its_records_too(house: House) -> None:
    (own,) = house.attach(text())
    house.attach(text("hidden.txt"), is_public=False)
    assert [file.name for file in File.objects.about(house.client.pk)] == ["note.txt", "hidden.txt"]
    assert list(File.objects.about(house.client.pk).public()) == [own]
    assert File.objects.of(house.company).count() == 0
    assert own.created_at <= timezone.now()

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.files import operations
from comptoir.files.models import File
from comptoir.kernel.refused import Refused

from .conftest import ON, House, text


def test_a_file_is_renamed_and_hidden(house: House) -> None:
    (file,) = house.attach(text())
    operations.update_file(file, {"name": "renamed.txt", "is_public": False}, by=house.alice, on=ON)
    file.refresh_from_db()
    assert (file.name, file.is_public, file.type) == ("renamed.txt", False, "txt")
    changed = Activity.objects.get(fact="ClientFilesChanged")
    assert changed.changes == {"name": ["note.txt", "renamed.txt"], "is_public": [True, False]}
    assert (changed.code, changed.notes) == (61, "renamed.txt")


def test_a_new_name_keeps_the_extension(house: House) -> None:
    (file,) = house.attach(text())
    operations.update_file(file, {"name": "../../etc/passwd"}, by=house.alice, on=ON)
    assert file.name == "passwd.txt"
    assert house.stored() == [file.path]


def test_a_file_is_never_without_a_name(house: House) -> None:
    (file,) = house.attach(text())
    with pytest.raises(Refused) as refusal:
        operations.update_file(file, {"name": " / "}, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["name"]
    file.refresh_from_db()
    assert file.name == "note.txt"


def test_archived_files_come_back(house: House) -> None:
    first, second = house.attach(text("a.txt"), text("b.txt"))
    operations.archive_files([first, second], by=house.alice, on=ON)
    assert File.objects.active().count() == 0
    operations.archive_files([first], by=house.alice, on=ON)
    told = Activity.objects.get(fact="ClientFilesChanged")
    assert (told.notes, told.changes) == ("a.txt, b.txt", {"is_archived": [False, True]})
    operations.restore_files([first, second], by=house.alice, on=ON)
    assert File.objects.active().count() == 2


def test_deleted_bytes_go_once_it_is_certain(house: House, django_capture_on_commit_callbacks: Any) -> None:
    first, second = house.attach(text("a.txt"), text("b.txt"))
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        operations.delete_files([first], by=house.alice, on=ON)
    assert list(File.objects.all()) == [second]
    assert len(house.stored()) == 2
    waiting[0]()
    assert house.stored() == [second.path]
    deleted = Activity.objects.get(fact="ClientFilesDeleted")
    assert (deleted.notes, deleted.client_id) == ("a.txt", house.client.pk)


def test_a_copy_has_bytes_of_its_own(house: House, django_capture_on_commit_callbacks: Any) -> None:
    (file,) = house.attach(text("Devis.txt"), is_public=False)
    other = Client.objects.create(name="Other")
    (copy,) = operations.copy_files(house.client, other, by=house.alice, on=ON)
    assert (copy.name, copy.is_public, copy.client_id) == ("Devis.txt", False, other.pk)
    with django_capture_on_commit_callbacks(execute=True):
        operations.delete_files([file], by=house.alice, on=ON)
    assert (house.folder / copy.path).read_text() == "hello"


def test_all_files_of_a_record_move_to_another(house: House) -> None:
    (file,) = house.attach(text())
    other = Client.objects.create(name="Other")
    assert operations.move_files(house.client, other) == 1
    file.refresh_from_db()
    assert (file.owner_id, file.client_id) == (other.pk, other.pk)


def test_forgetting_a_client_takes_the_files_of_its_records_along(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    house.attach(text())
    File.objects.update(owner_kind="invoice", owner_id=7)
    house.attach(text("own.txt"))
    operations.attach_files(house.company, [text("kept.txt")], by=house.alice, on=ON)
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.forget_files(house.client) == 2
    assert [file.name for file in File.objects.all()] == ["kept.txt"]
    assert len(house.stored()) == 1

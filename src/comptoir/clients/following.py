"""What a table that names clients does when two of them become one, or one is erased.

Every package with such a table subscribes to ClientMerged and ClientPurged; what is more than the
following (money, numbers, the law) it does itself.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from comptoir.tagging.kinds import KINDS
from comptoir.tagging.operations import forget_tags

from .facts import ClientMerged, ClientPurged


def move_rows(fact: ClientMerged, *tables: type[models.Model]) -> None:
    """Hand the rows of the absorbed client to the one that stays."""
    for table in tables:
        rows = table._base_manager.filter(client_id=fact.absorbed.pk)
        rows.update(client_id=fact.subject.pk, **_stamp(table))


def repoint_contacts(fact: ClientMerged, *tables: type[models.Model]) -> None:
    """Let rows name whoever stands now for a contact that was there twice."""
    for gone, contact in fact.contacts.items():
        for table in tables:
            table._base_manager.filter(contact_id=gone).update(contact_id=contact.pk, **_stamp(table))


def erase_rows(fact: ClientPurged, *tables: type[models.Model]) -> None:
    """Erase the rows of the client, those in front first, and the tags on them."""
    for table in tables:
        rows = table._base_manager.filter(client_id=fact.subject.pk)
        if table._meta.model_name in KINDS:
            forget_tags(table, rows.values("pk"))
        rows.delete()


def _stamp(table: type[models.Model]) -> dict[str, object]:
    """Those who ask for changed rows see them."""
    stamped = any(field.name == "updated_at" for field in table._meta.concrete_fields)
    return {"updated_at": timezone.now()} if stamped else {}

"""Two clients become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity, SystemLog
from comptoir.activity.operations import operation, tell
from comptoir.files.operations import move_files
from comptoir.tagging.operations import move_tags
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Client, Contact, Location
from .naming import entitle


@operation
def merge_clients(kept: Client, absorbed: Client, *, by: Actor, on: date) -> Client:
    """Everything of ``absorbed`` moves to ``kept``; people with an e-mail that is there already do not.

    Documents, money and time follow through the subscribers of ClientMerged. ``absorbed`` stays as a
    deleted row that says where it went (C15). Raises Refused at ``currency_id`` when both have money
    in different currencies (C16), WrongState when one of them is gone.
    """
    lock(kept, absorbed)
    rules.refuse_merging(kept, absorbed)
    standing_in = _move_contacts(kept, absorbed)
    Location.objects.filter(client=absorbed).update(client=kept)
    Client.objects.filter(merged_into=absorbed).update(merged_into=kept)
    move_files(absorbed, kept)
    move_tags(absorbed, kept)
    if not kept.logo_path:
        kept.logo_path, absorbed.logo_path = absorbed.logo_path, ""
    for stream in (Activity, SystemLog):
        stream.objects.filter(client_id=absorbed.pk).update(client_id=kept.pk)
    _close(absorbed, kept)
    entitle(kept, list(kept.contacts.live()))
    kept.save(update_fields=["display_name", "sort_name", "logo_path", "updated_at"])
    tell(
        facts.ClientMerged(
            kept, actor=by, refs={"absorbed": absorbed}, absorbed=absorbed, contacts=standing_in, on=on
        ),
        facts.ClientAbsorbed(absorbed, actor=by, refs={"kept": kept}),
    )
    return kept


def _move_contacts(kept: Client, absorbed: Client) -> Mapping[int, Contact]:
    """Move people over, none of them primary; who stays behind is answered with who stands for them."""
    present = list(kept.contacts.live())
    by_email = {contact.email.lower(): contact for contact in present if contact.email}
    position = len(present)
    standing_in = {}
    for contact in absorbed.contacts.all():
        twin = by_email.get(contact.email.lower()) if contact.deleted_at is None else None
        if twin or _says_nothing(contact):
            standing_in[contact.pk] = twin or present[0]
            contact.deleted_at = contact.archived_at = timezone.now()
        contact.client, contact.is_primary, contact.position = kept, False, position
        contact.save()
        position += 1
    return standing_in


def _says_nothing(contact: Contact) -> bool:
    """The blank contact that every client without people has."""
    return contact.deleted_at is None and not (contact.full_name or contact.email or contact.phone)


def _close(absorbed: Client, kept: Client) -> None:
    now = timezone.now()
    absorbed.merged_into = kept
    absorbed.archived_at, absorbed.deleted_at = absorbed.archived_at or now, now
    absorbed.save(update_fields=["merged_into", "archived_at", "deleted_at", "logo_path", "updated_at"])

"""Whom mails to a client go to: who gets their own, who a copy, and who has said no (S67)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.locking import lock

from . import facts
from .models import Contact

MOST_COPIES: Final = 4
"""Copies of one mail; whoever is left over gets their own."""


class Mail(StrEnum):
    """What a contact may leave: the words in ``Contact.declined``."""

    DOCUMENTS = "documents"
    REMINDERS = "reminders"
    STATEMENTS = "statements"
    RECEIPTS = "receipts"


LABELS: Final[dict[Mail, Any]] = {
    Mail.DOCUMENTS: gettext_lazy("Invoices, quotes and credit notes"),
    Mail.REMINDERS: gettext_lazy("Reminders of what is due"),
    Mail.STATEMENTS: gettext_lazy("Statements of account"),
    Mail.RECEIPTS: gettext_lazy("Receipts of payments"),
}


@dataclass
class Receivers:
    """``people`` get a mail each; the first one's goes to the addresses in ``copies`` as well."""

    people: list[Contact] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)


def receivers(contacts: Iterable[Contact], mail: Mail, dead: Collection[str] = ()) -> Receivers:
    """Sort the contacts that a mail is meant for. Raises Refused at ``contacts`` when nobody is left.

    ``dead`` are addresses in lower case that are left out. Who is “copy only” gets a copy of somebody
    else's mail, or their own when there is nobody else.
    """
    reachable = [one for one in contacts if one.email.strip() and one.deleted_at is None]
    if not reachable:
        raise Refused("contacts", _("None of the contacts has an e-mail address."))
    willing = [one for one in reachable if mail not in one.declined]
    if not willing:
        raise Refused("contacts", _("All contacts with an e-mail address have unsubscribed from this."))
    alive = [one for one in willing if one.email.strip().lower() not in dead]
    if not alive:
        raise Refused("contacts", _("The e-mails to all contacts came back. Check their addresses."))
    direct = [one for one in alive if not one.cc_only]
    if not direct:
        return Receivers(alive)
    copied = [one for one in alive if one.cc_only]
    return Receivers([*direct, *copied[MOST_COPIES:]], [one.email.strip() for one in copied[:MOST_COPIES]])


def unsubscribe_url(contact: Contact) -> str:
    """Where this person chooses their mails without signing in; the page is the portal's."""
    return f"{settings.BASE_URL}/client/mails/{unsubscribe_key(contact.pk)}"


def unsubscribe_key(pk: int) -> str:
    """Says who it is and proves it. It opens nothing else, and old mails keep theirs for ever."""
    return f"{ids.encode(pk)}-{keys.derive('mails', pk)}"


def contact_of(key: str) -> Contact | None:
    """The person behind an unsubscribing key, whatever the company; None for a wrong one."""
    pk = ids.decode(key.partition("-")[0])
    if pk is None or not secrets.compare_digest(key.encode(), unsubscribe_key(pk).encode()):
        return None
    people = Contact.everywhere.select_related("client__group", "company")
    found: Contact | None = people.filter(pk=pk, deleted_at=None, client__deleted_at=None).first()
    return found


@operation
def choose_mails(contact: Contact, wants: Mapping[Mail, bool], *, by: Actor, on: date) -> Contact:
    """Keep which mails a contact wants; kinds that are not named stay as they are."""
    lock(contact)
    declined = [one for one in Mail if not wants.get(one, one not in contact.declined)]
    if declined == contact.declined:
        return contact
    changes = {f"contacts.{contact.pk}.declined": (list(contact.declined), declined)}
    contact.declined, contact.updated_at = declined, timezone.now()
    contact.save(update_fields=["declined", "updated_at"])
    tell(
        facts.ContactChoseMails(
            contact.client, actor=by, refs={"contact": contact}, changes=changes, notes=str(contact)
        )
    )
    return contact

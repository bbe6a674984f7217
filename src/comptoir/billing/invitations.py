"""Who a document is for: one invitation for each contact that should see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comptoir.clients.models import Client
from comptoir.clients.queries import people_of
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.keyed import fresh

from .documents import BillingDocument, Invitation

Wanted = Sequence[Mapping[str, Any]]


def invite(document: BillingDocument, client: Client, wanted: Wanted | None = None) -> None:
    """Bring the document's invitations in line with ``wanted``.

    ``wanted`` holds mappings with ``contact`` (a Contact or None) and maybe ``id`` or ``key`` of an
    invitation that exists. Contacts of another client are ignored; without any left, everybody who
    receives documents is invited (contract rules 11 step 2). ``None`` leaves a document with
    invitations alone.
    """
    present = {invitation.contact_id: invitation for invitation in document.invitations.live()}  # type: ignore[attr-defined]
    if wanted is None and present:
        return
    chosen = _chosen(client, present, wanted or ())
    gone = [invitation.pk for contact, invitation in present.items() if contact not in chosen]
    if gone:
        document.invitations.filter(pk__in=gone).delete()  # type: ignore[attr-defined]
    _add(document, [contact for contact in chosen if contact not in present])


def invite_first(document: BillingDocument, client: Client, wanted: Wanted | None = None) -> None:
    """The same for a document that was inserted a moment ago."""
    _add(document, _chosen(client, {}, wanted or ()))


def _chosen(client: Client, present: Mapping[int, Invitation], wanted: Wanted) -> list[int]:
    people = people_of(client)
    keys = {str(invitation.pk): contact for contact, invitation in present.items()}
    chosen: list[int] = []
    for one in wanted:
        contact = one.get("contact")
        pk = contact.pk if contact is not None else keys.get(str(one.get("id")))
        if pk in people and pk not in chosen:
            chosen.append(pk)
    return chosen or [pk for pk, receives in people.items() if receives]


def _add(document: BillingDocument, contacts: Sequence[int]) -> None:
    if not contacts:
        return
    related: Any = type(document)._meta.get_field("invitations")  # type: ignore[misc]
    model, owner = related.related_model, related.field.name
    insert([model(**{owner: document, "contact_id": contact, **fresh("invitation")}) for contact in contacts])

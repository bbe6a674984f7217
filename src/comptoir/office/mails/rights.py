"""Who may see a mail, read it, and let it leave once more."""

from __future__ import annotations

from typing import Any

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.office.desk import Desk
from comptoir.office.mails.kinds import KINDS
from comptoir.people.permissions import Verb

State = MailDelivery.State


def may(place: Desk, verb: Verb, mail: Any, client: Client | None) -> bool:
    """The right to its record (see ``kinds.join_records``), or to the client where it is about none."""
    kind = KINDS.get(mail.kind)
    if kind is None or client is None:
        return False
    return place.may(verb, kind.entity, mail.record if kind.table else client)


def may_read(place: Desk, mail: Any, client: Client | None) -> bool:
    """Its text holds the recipient's own link, which is for those who may act for the client."""
    return not mail.secret and may(place, "edit", mail, client)


def may_send_again(place: Desk, mail: Any, client: Client | None) -> bool:
    """Whether this very message, which did not arrive or may not have, can leave once more."""
    stuck = mail.state in (State.FAILED, State.UNKNOWN) and not mail.secret
    return stuck and place.may_send_email and may(place, "edit", mail, client)

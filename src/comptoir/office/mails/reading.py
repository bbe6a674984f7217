"""Mails, each with the moment its recipient first looked at the document in the portal."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DateTimeField, OuterRef, Q, QuerySet, Subquery, When

from comptoir.clients.models import Client
from comptoir.delivery.documents.kinds import KINDS as SENDABLE
from comptoir.delivery.mail.models import MailDelivery
from comptoir.office.desk import Desk
from comptoir.office.mails.kinds import seen_kinds

State, Arrival = MailDelivery.State, MailDelivery.Arrival
WAITING = (State.QUEUED, State.WAITING, State.SENDING)
Rows = QuerySet[Any]


def mails_of(place: Desk, client: Client) -> Rows:
    """Those to a client's people that the member may see, the newest first."""
    return _dressed(MailDelivery.objects.filter(client=client, kind__in=seen_kinds(place)))


def mails_about(kind: str, pk: int) -> Rows:
    """Those about one record, the newest first: few, so that their own index beats the order's."""
    found = _dressed(MailDelivery.objects.filter(kind=kind, object_id=pk))
    return found.order_by("-created_at", "-pk")


def mail_named(pk: int) -> MailDelivery | None:
    """One mail to a client's person."""
    return _dressed(MailDelivery.objects.exclude(client=None).filter(pk=pk)).first()


def _dressed(rows: Rows) -> Rows:
    """With ``viewed_at``, None where nobody has looked since it was written; texts stay in the database."""
    seen = Case(*(_first_look(kind) for kind in SENDABLE), default=None, output_field=DateTimeField())
    return rows.annotate(viewed_at=seen).defer("html", "text", "headers").order_by("-pk")


def _first_look(kind: str) -> When:
    """No script and no hidden picture tells on the reader: it is the document that was opened."""
    sendable = SENDABLE[kind]
    looked: Any = sendable.invitation._default_manager
    found = looked.filter(
        **{f"{sendable.owner}_id": OuterRef("object_id")},
        contact__email__iexact=OuterRef("recipient"),
        viewed_at__gte=OuterRef("created_at"),
    )
    return When(kind=kind, then=Subquery(found.order_by("viewed_at").values("viewed_at")[:1]))


def narrowed(rows: Rows, state: str) -> Rows:
    """Those that have come so far: waiting, sent, opened, failed, unknown."""
    match state:
        case "waiting":
            return rows.filter(state__in=WAITING)
        case "sent":
            return rows.filter(state=State.SENT, viewed_at=None).exclude(arrival=Arrival.SPAM)
        case "opened":
            return rows.filter(viewed_at__isnull=False)
        case "failed":
            return rows.filter(Q(state=State.FAILED) | Q(arrival=Arrival.SPAM))
        case "unknown":
            return rows.filter(state=State.UNKNOWN)
        case _:
            return rows

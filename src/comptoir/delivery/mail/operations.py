"""Queueing mails: written now, sent by the worker once the change is committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity import systemlog
from comptoir.activity.actors import Actor
from comptoir.activity.outbox import queue
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.kernel.refused import WrongState
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company

from . import dead
from .addresses import address
from .attachments import AttachmentRef
from .envelope import envelope
from .look import Settings, look_of
from .models import MailDelivery
from .writing import write

State = MailDelivery.State


def queue_mail(
    *,
    kind: str,
    object_id: int,
    client_id: int | None,
    recipient: str,
    locale: str,
    subject: str,
    body: str,
    values: Mapping[str, str],
    attachments: Sequence[AttachmentRef],
    occurrence: str,
    company: Company,
    settings: Settings | None = None,
    recipient_name: str = "",
    cc: Sequence[str] = (),
    template: str = "",
    unsubscribe: str = "",
    logo: AttachmentRef | None = None,
    run_at: datetime | None = None,
    secret: bool = False,
    about: str = "",
    automatic: bool = False,
) -> MailDelivery:
    """Write one mail for one recipient and leave it to the worker; part of the caller's transaction.

    The same kind, object, recipient and occurrence is queued once: the second call answers the first
    one's row. ``settings`` are those in force for the recipient (the company's by default); ``body``
    is Markdown or HTML with placeholders, ``values`` what fills them. ``secret`` is for mails with a
    key in them: no hidden copies, and the text is forgotten once the mail is over. ``about`` is the kind
    of record that words buttons and summary, where it is not ``kind``; ``automatic`` is for the
    company's own people: no hidden copies, and no answering machine answers. Raises Refused at
    ``recipient``, ``cc_email`` and the sender's settings.
    """
    settings = settings or Preferences((company.settings,))
    mail = address(recipient)
    once = {"kind": kind, "object_id": object_id, "recipient": mail, "occurrence": occurrence}
    known: MailDelivery | None = MailDelivery.objects.filter(**once).first()
    if known:
        return known
    look = look_of(company, settings, logo=logo is not None)
    written = write(subject, body, values, look, kind=about or kind, locale=locale, unsubscribe=unsubscribe)
    return _put(
        MailDelivery(
            **once,
            **envelope(company, settings, cc, bcc=not (secret or automatic)),
            client_id=client_id,
            recipient_name=recipient_name,
            locale=locale,
            template=template,
            headers=_headers(unsubscribe, automatic=secret or automatic),
            subject=written.subject,
            html=written.html,
            text=written.text,
            attachments=[ref.stored() for ref in (*([logo] if logo else []), *attachments)],
            secret=secret,
        ),
        once,
        run_at,
    )


def _put(row: MailDelivery, once: Mapping[str, Any], run_at: datetime | None) -> MailDelivery:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return MailDelivery.objects.get(**once)  # somebody else was faster
    queue("delivery.send_mail", {"delivery": row.pk}, run_at=run_at)
    return row


def _headers(unsubscribe: str, *, automatic: bool) -> dict[str, str]:
    """RFC 2369 and 8058 for leaving, RFC 3834 for answering machines."""
    leave = {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return {**(leave if unsubscribe else {}), **({"Auto-Submitted": "auto-generated"} if automatic else {})}


def write_again(address: str, *, client_id: int, by: Actor) -> None:
    """Let reminders go again where mails came back from. Raises WrongState when they do anyway."""
    with transaction.atomic():
        if not dead.revive(address):
            raise WrongState(_("Nothing holds e-mails to this address back."))
        systemlog.record(
            Category.MAIL,
            Event.USER_ACTION,
            Type.GENERIC,
            client_id=client_id,
            user_id=by.user_id,
            log={"recipient": address, "what": "reactivated"},
        )


def send_again(delivery: MailDelivery) -> MailDelivery:
    """Queue a failed or unknown mail once more, because a person asks for it.

    It keeps its Message-ID, by which a receiver that has the first one can drop the copy; its address is
    written to by reminders again. Raises
    WrongState for a mail that waits, is on its way or was sent, and for one whose text is gone.
    """
    with transaction.atomic():
        lock(delivery)
        if delivery.state not in (State.FAILED, State.UNKNOWN) or not delivery.text:
            raise WrongState(_("This mail cannot be sent again."))
        delivery.state, delivery.attempts, delivery.error, delivery.arrival = State.QUEUED, 0, "", ""
        delivery.save(update_fields=["state", "attempts", "error", "arrival", "updated_at"])
        dead.revive(delivery.recipient)
        queue("delivery.send_mail", {"delivery": delivery.pk})
    return delivery

"""What a provider tells of a mail after it has left, in whatever order and however often.

The worst that is known holds (``MailDelivery.Arrival``, in its order), so that the order of news is no
matter. News of an earlier handing over of the same mail, which a person has sent again since, are on
record and move nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.jobs import job
from comptoir.activity.outbox import queue
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company_id

from . import dead, marks, outcomes
from .models import MailDelivery
from .providers import Heard, What

State = MailDelivery.State
Arrival = MailDelivery.Arrival
_JOB: Final = "delivery.mail_heard"
_RANKS: Final[dict[str, int]] = {"": 0, **{each.value: place for place, each in enumerate(Arrival, 1)}}
_EVENTS: Final = {
    What.DELAYED: Event.MAIL_RETRY,
    What.RETURNED: Event.MAIL_BOUNCED,
    What.DELIVERED: Event.MAIL_DELIVERED,
    What.BOUNCED: Event.MAIL_BOUNCED,
    What.SPAM: Event.MAIL_SPAM,
}
_FATAL: Final = (Arrival.RETURNED, Arrival.BOUNCED)


def leave(provider: str, heard: Heard) -> None:
    """Leave it to the worker, once for each event however often it is told."""
    name = f"{current_company_id()}:{provider}:{heard.key}"
    told = {
        "provider": provider,
        "what": heard.what,
        "recipient": heard.recipient.strip()[:254],
        "mark": heard.mark[:200],
        "number": heard.number.strip("<>")[:190],
        "said": " ".join(heard.said.split())[:500],
    }
    queue(_JOB, told, key=f"mail-heard:{sha256(name.encode()).hexdigest()}")


@job(_JOB)
def follow(*, provider: str, what: str, recipient: str, mark: str, number: str, said: str) -> None:
    """Write down what was told: on the mail, on its address, in the system log. Not ours: nothing."""
    mail, is_last = _found(mark, number)
    if mail is None:
        return
    news = What(what)
    with transaction.atomic():
        lock(mail)
        _log(mail, news, provider=provider, recipient=recipient, said=said)
        _tell_address(mail, news, recipient, said)
        theirs = recipient.lower() == mail.recipient.lower()
        if theirs and is_last and news is not What.DELAYED and _moved(mail, news.value, said):
            outcomes.tell_followers(mail)


def _found(mark: str, number: str) -> tuple[MailDelivery | None, bool]:
    """The mail, and whether the news are of the last time that it was handed over."""
    if known := marks.read(mark):
        mail = MailDelivery.objects.filter(pk=known.pk).first()
        return mail, mail is not None and mail.handed == known.handed
    return (MailDelivery.objects.filter(number=number).first() if number else None), True


def _moved(mail: MailDelivery, news: str, said: str) -> bool:
    """Change what is known of a mail; whether others want to hear of it."""
    if _RANKS[news] <= _RANKS[mail.arrival]:
        return False
    waits = mail.state in (State.QUEUED, State.WAITING)
    if waits and news in _FATAL:
        return False  # a person wants it to leave once more
    mail.arrival = news
    mail.error = said or mail.error if news in _FATAL else ""
    if mail.state != State.SENDING:  # else the worker has its hands on it, and looks at ``arrival`` itself
        mail.state = State.FAILED if news in _FATAL else State.SENT
        mail.sent_at = mail.sent_at or timezone.now()
    mail.save(update_fields=["arrival", "state", "error", "sent_at", "updated_at"])
    return mail.state != State.SENDING


def _tell_address(mail: MailDelivery, news: What, recipient: str, said: str) -> None:
    """News of an old mail count for its address too: it is the same one."""
    match news:
        case What.BOUNCED | What.SPAM:
            dead.bury(mail, recipient, said, is_complaint=news is What.SPAM)
        case What.DELIVERED:
            dead.lives(mail, recipient)


def _log(mail: MailDelivery, news: What, **told: Any) -> None:
    said = told.pop("said")
    log = {
        **told,
        "said" if news is What.DELIVERED else "error": said,
        "subject": mail.subject,
        "kind": mail.kind,
        "what": news,
        "message_id": mail.message_id,
    }
    known = {key: value for key, value in log.items() if value}
    systemlog.record(Category.MAIL, _EVENTS[news], Type.GENERIC, client_id=mail.client_id, log=known)

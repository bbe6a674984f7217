"""What a provider tells of a mail after it has left, in whatever order and however often.

The worst that is known holds (``MailDelivery.Arrival``, in its order), so that the order of news is no
matter. News of an earlier handing over of the same mail, which a person has sent again since, are on
record and move nothing.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.jobs import Retry, job
from comptoir.activity.outbox import queue
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company_id

from . import dead, marks, outcomes
from .addresses import one_line
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
_A_MOMENT: Final = timedelta(minutes=1)


def leave(provider: str, heard: Heard) -> None:
    """Leave it to the worker, once for each event however often it is told."""
    name = f"{current_company_id()}:{provider}:{_kept(heard.key)}"
    told = {
        "provider": provider,
        "what": heard.what,
        "recipient": _kept(heard.recipient)[:254],
        "mark": _kept(heard.mark)[:200],
        "number": _kept(heard.number).strip("<>")[:190],
        "said": _kept(heard.said)[:500],
    }
    queue(_JOB, told, key=f"mail-heard:{sha256(name.encode()).hexdigest()}")


def _kept(text: str) -> str:
    """In one line, of characters that every database keeps."""
    return one_line(text.encode(errors="replace").decode())


@job(_JOB)
def follow(*, provider: str, what: str, recipient: str, mark: str, number: str, said: str) -> None:
    """Write down what was told: on the mail, on its address, in the system log. Not ours: nothing.

    Raises Retry while it may be about a mail whose number is not known yet.
    """
    known = marks.read(mark)
    mail = _mail(known, number)
    if mail is None:
        return
    news = What(what)
    with transaction.atomic():
        lock(mail)
        is_last = mail.handed == known.handed if known else mail.number == number
        _log(mail, news, provider=provider, recipient=recipient, said=said)
        _tell_address(mail, news, recipient, said)
        theirs = recipient.lower() == mail.recipient.lower()
        if theirs and is_last and news is not What.DELAYED and _moved(mail, news.value, said):
            outcomes.tell_followers(mail)


def _mail(known: marks.Mark | None, number: str) -> MailDelivery | None:
    """The mail that it is about. Raises Retry while its number may still be on its way to us."""
    if known or not number:
        return MailDelivery.objects.filter(pk=known.pk).first() if known else None
    mail = MailDelivery.objects.filter(number=number).first()
    if mail is None and MailDelivery.objects.filter(state=State.SENDING).exists():
        raise Retry(_A_MOMENT, "The answer of the provider is not here yet.")
    return mail


def _moved(mail: MailDelivery, news: str, said: str) -> bool:
    """Change what is known of a mail; whether others want to hear of it."""
    if _RANKS[news] <= _RANKS[mail.arrival]:
        return False
    asked_for = mail.state in (State.QUEUED, State.WAITING) and not mail.attempts
    if asked_for and news in _FATAL:
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

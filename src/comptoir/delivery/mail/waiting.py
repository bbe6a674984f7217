"""Mails that cannot leave yet: calmly they wait for a server, not for ever, or for their turn (``quota``)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from comptoir.activity.outbox import queue
from comptoir.activity.schedule import every
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.portions import in_portions
from comptoir.tenancy.scope import acting_for

from . import quota
from .faults import Fault, Verdict
from .models import MailDelivery
from .sending import settle
from .transport import has_server

State = MailDelivery.State
PATIENCE: Final = timedelta(days=7)
"""Older news is no news: what waited so long is shown as not sent, and a person sends it again."""

_TOO_LATE: Final = Fault(Verdict.NEVER, "No mail server was set within seven days.")


def lacks_server(company: Company) -> bool:
    """Whether the company's mails wait because nobody has set a server."""
    return not has_server(company, str(Preferences((company.settings,)).email_sending_method))


def count_waiting() -> int:
    """How many mails of the company in scope wait for a server, or for their turn."""
    return MailDelivery.objects.filter(state=State.WAITING).count()


@every(name="delivery.wake_mails", minutes=1)
def wake_all(*, turn: str = "") -> int:
    """Let the mails go that have a server and their turn now, and give up the oldest; how many went."""
    now = timezone.now()
    count = 0
    waiting = MailDelivery.everywhere.filter(company=OuterRef("pk"), state=State.WAITING)
    for company in Company.objects.filter(Exists(waiting), deleted_at=None).order_by("pk"):
        with acting_for(company):
            count += _looked_through(company, now)
    return count


def _looked_through(company: Company, now: datetime) -> int:
    room, count = quota.room(company), 0
    for row in _waiting():
        if room is not None and count >= room:
            break
        count += _looked_at(row, company, now)
    return count


def _waiting() -> Iterator[MailDelivery]:
    return in_portions(MailDelivery.objects.filter(state=State.WAITING).defer("html", "text").order_by("pk"))


def _looked_at(row: MailDelivery, company: Company, now: datetime) -> bool:
    if has_server(company, row.method):
        return _woken(row)
    if row.created_at < now - PATIENCE:
        settle(row, _TOO_LATE, began=time.monotonic())
    return False


@transaction.atomic
def _woken(row: MailDelivery) -> bool:
    waiting = MailDelivery.objects.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(state=State.QUEUED, updated_at=timezone.now()):
        return False  # another worker was faster
    queue("delivery.send_mail", {"delivery": row.pk})
    return True

"""The worker's mail jobs: two register themselves, and lost mails are looked for."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from comptoir.activity.models import Job
from comptoir.activity.schedule import every
from comptoir.tenancy.portions import in_portions
from comptoir.tenancy.scope import acting_for

from . import heard
from .faults import Fault, Verdict
from .models import MailDelivery
from .providers import sns
from .sending import INTERRUPTED, send_mail, settle
from .waiting import wake_all

_LONGEST_SENDING: Final = timedelta(hours=1)
_ABANDONED: Final = Fault(Verdict.NEVER, "Its job was given up.")
State = MailDelivery.State

__all__ = ["heard", "send_mail", "settle_lost_mails", "sns", "wake_all"]


@every(name="delivery.settle_lost_mails", hours=1)
def settle_lost_mails(*, turn: str = "") -> None:
    """Show mails that nobody works on any more, instead of leaving them waiting for ever."""
    given_up = Job.objects.filter(name="delivery.send_mail", state=Job.State.FAILED)
    theirs = given_up.values(mail=Cast("args__delivery", BigIntegerField()))
    waiting = Q(state=State.QUEUED, pk__in=theirs)
    stuck = Q(state=State.SENDING, updated_at__lt=timezone.now() - _LONGEST_SENDING)
    lost = MailDelivery.everywhere.filter(waiting | stuck).select_related("company")
    for row in in_portions(lost.order_by("pk")):
        with acting_for(row.company):
            fault = INTERRUPTED if row.state == State.SENDING else _ABANDONED
            settle(row, fault, began=time.monotonic())

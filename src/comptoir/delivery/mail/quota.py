"""How many mails of a company leave in an hour and in a day: more wait (switches ``mails_per_…``)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.tenancy.models import Company

from .models import MailDelivery

State = MailDelivery.State
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LIMITS: Final = (("mails_per_hour", _HOUR), ("mails_per_day", _DAY))


class Full(Exception):
    """As many have left as the company wants."""


def has_limit(company: Company) -> bool:
    """Whether the company wants its mails counted."""
    return any(company.switch(name) for name, _span in _LIMITS)


def room(company: Company) -> int | None:
    """How many mails may leave now, those on their way counted; None without a limit. Spans roll."""
    limits = [(int(company.switch(name)), span) for name, span in _LIMITS if company.switch(name)]
    if not limits:
        return None
    now = timezone.now()
    leaving = MailDelivery.objects.filter(state=State.SENDING).count()
    left = [most - MailDelivery.objects.filter(sent_at__gt=now - span).count() for most, span in limits]
    return max(min(left) - leaving, 0)


def check(company: Company) -> None:
    """Raises Full."""
    if room(company) == 0:
        raise Full


def tell(company: Company) -> None:
    """One line in the system log, not one for each mail that waits."""
    if cache.add(f"mail-quota:{company.pk}", 1, timeout=int(_DAY.total_seconds())):
        limits = {name: company.switch(name) for name, _span in _LIMITS if company.switch(name)}
        systemlog.record(Category.MAIL, Event.MAIL_RETRY, Type.QUOTA, log=limits)

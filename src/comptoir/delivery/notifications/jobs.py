"""From a fact to the mails of those who wait for it: each person once, however often it runs."""

from __future__ import annotations

from comptoir.activity.facts import Fact, fact_named
from comptoir.activity.jobs import job
from comptoir.activity.models import Activity
from comptoir.delivery.mail.operations import queue_mail
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.scope import current_company

from .choosing import is_chosen, told_of
from .events import words_of
from .letters import letter, locale_of
from .subjects import Subject, subject_of

KIND = "notification"


def wanted(kind: type[Fact]) -> bool:
    """Whether somebody of the company in scope may wait for such a fact."""
    return any(is_chosen(event) for event in words_of(kind))


@job("delivery.notify")
def notify(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Queue the mails; what is gone meanwhile is no news."""
    told = Activity.objects.get(pk=activity)
    found = fact_named(fact)
    for event in words_of(found) if found else ():
        subject = subject_of(event, kind, id, told.notes)
        if subject is not None:
            _tell_all(event, subject, told)


def _tell_all(event: str, subject: Subject, told: Activity) -> None:
    company = current_company()
    preferences = Preferences((company.settings,))
    doer = told.actor_id if told.actor_kind == "user" else None
    for member in told_of(event, (subject.record, *subject.owners), but=doer):
        locale = locale_of(member.user, preferences)
        said = letter(event, subject, told, member.user, preferences, locale=locale)
        queue_mail(
            kind=KIND,
            object_id=told.pk,
            client_id=None,
            recipient=member.user.email,
            recipient_name=member.user.name,
            locale=locale,
            subject=said.subject,
            body=said.body,
            values=said.values,
            attachments=[],
            occurrence=event,
            company=company,
            about=subject.kind,
            automatic=True,
        )

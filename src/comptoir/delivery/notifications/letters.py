"""The mail that tells a member of staff what has happened, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, to_language

from comptoir.activity.models import Activity
from comptoir.activity.sentences import actor_name
from comptoir.delivery.mail.letters import Letter
from comptoir.delivery.placeholders.reader import Reader
from comptoir.delivery.placeholders.readers import reader_for
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by

from .events import EVENTS
from .subjects import Subject


def locale_of(user: User, preferences: Preferences) -> str:
    """The person's own language, else the company's."""
    return spoken_by(user.language_id, preferences).locale


def letter(
    event: str, subject: Subject, told: Activity, user: User, preferences: Preferences, *, locale: str
) -> Letter:
    """The event's sentence as subject and first words, the record's figures, and the way to its page."""
    reader = reader_for(locale, subject.currency_id or str(preferences.currency_id), preferences)
    with translation.override(to_language(locale)):
        sentence = _placed(str(EVENTS[event].phrase))
        parts = ["$greeting", f"{sentence}.", *_more(subject), "$summary", "$view_button", _footnote()]
        return Letter(
            subject=sentence,
            body="\n\n".join(parts),
            values=_values(subject, told, user, preferences, reader),
        )


def _placed(phrase: str) -> str:
    """``{who} …`` with names that the mail fills in and escapes: ``$event.who …``."""
    return "".join(
        words + (f"$event.{name}" if name else "")
        for words, name, _spec, _conversion in Formatter().parse(phrase)
    )


def _more(subject: Subject) -> list[str]:
    """What the summary does not show."""
    rest = _("$event.rest remain due.") if "rest" in subject.sums else ""
    reason = _("Reason given: $event.reason") if subject.said.get("reason") else ""
    return [part for part in (rest, reason) if part]


def _footnote() -> str:
    return _("Which of these messages you receive is yours to choose in [your account]($event.account).")


def _values(
    subject: Subject, told: Activity, user: User, preferences: Preferences, reader: Reader
) -> dict[str, str]:
    money = {name: reader.money(sum_) for name, sum_ in subject.sums.items()}
    days = {name: reader.day(day) for name, day in subject.days.items()}
    amount = reader.money(subject.amount) if subject.amount is not None else subject.said.get("pieces", "")
    event: Mapping[str, Any] = {
        "who": actor_name(told),
        "number": subject.number or pgettext("a record without a number yet", "draft"),
        "client": subject.client,
        "amount": amount,
        "rest": money.get("rest", ""),
        "reason": subject.said.get("reason", ""),
        "account": settings.BASE_URL + reverse("office:account"),
    }
    return {
        **subject.said,
        **money,
        **days,
        **{f"event.{name}": value for name, value in event.items()},
        "contact.first_name": user.first_name,
        "company.name": str(preferences.name),
        "view_link": subject.url,
    }

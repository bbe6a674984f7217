"""Somebody joined the company: a mail asks them to choose a password (decision C21)."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from comptoir.activity.jobs import job
from comptoir.activity.models import Activity
from comptoir.delivery.mail.letters import invitation
from comptoir.delivery.mail.operations import queue_mail
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.tenancy.scope import current_company


@job("delivery.welcome_user")
def welcome_user(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Mail the link; who has a password already needs none."""
    told = Activity.objects.get(pk=activity)
    user = User.objects.filter(pk=id).first()
    if user is None or user.has_usable_password():
        return
    company = current_company()
    preferences = Preferences((company.settings,))
    locale = spoken_by(user.language_id, preferences).locale
    letter = invitation(
        url=_link(user), name=user.first_name, company_name=company.name, by=told.actor_name, locale=locale
    )
    queue_mail(
        kind="user",
        object_id=user.pk,
        client_id=None,
        recipient=user.email,
        recipient_name=user.name,
        locale=locale,
        subject=letter.subject,
        body=letter.body,
        values=letter.values,
        attachments=[],
        occurrence=f"welcome-{activity}",
        company=company,
        secret=True,
    )


def _link(user: User) -> str:
    args = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=args)

"""What the worker does for the portal: mails links, logs failed sign-ins, announces new clients."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.activity import systemlog
from comptoir.activity.jobs import job
from comptoir.activity.schedule import every
from comptoir.clients.models import Client, Contact
from comptoir.delivery.mail.operations import queue_mail
from comptoir.kernel import ids
from comptoir.people.models import Membership
from comptoir.portal.doors.credentials import LOG_FAILURE, with_email
from comptoir.portal.doors.sign_in import MAIL_LINKS
from comptoir.portal.letters import Purpose, mail_key
from comptoir.portal.models import ContactSession, OneTimeKey
from comptoir.portal.registration.operations import ANNOUNCE
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for, current_company

_MOST: Final = 5
"""Mails for one address: one for each company that knows it, within reason."""


@job(MAIL_LINKS)
def mail_links(*, email: str, company: int | None, purpose: str) -> None:
    """To every company's contact with this address; for a new password, the one who has one already."""
    asked = Company.objects.get(pk=company) if company else None
    people = with_email(email, asked)
    people.sort(key=lambda one: (not one.password, one.pk))
    first: dict[int | None, Contact] = {}
    for one in people:
        first.setdefault(one.company_id, one)
    for one in list(first.values())[:_MOST]:
        mail_key(one, Purpose(purpose))


@job(LOG_FAILURE)
def log_failed_sign_in(*, email: str, ip: str) -> None:
    """On record where the address is one of ours."""
    for one in with_email(email, None):
        with acting_for(one.company):
            systemlog.record(
                systemlog.Category.SECURITY,
                systemlog.Event.AUTH_FAILURE,
                systemlog.Type.LOGIN_FAILURE,
                client_id=one.client_id,
                log={"email": email, "ip": ip, "portal": True},
            )


@job(ANNOUNCE)
def announce_registration(*, client: int) -> None:
    """Tell owner and administrators, each in their language (S99)."""
    row = Client.objects.filter(pk=client).first()
    if row is None:
        return
    for member in Membership.objects.active().select_related("user"):
        if member.is_boss and member.is_open:
            _announce(row, member)


def _announce(client: Client, member: Membership) -> None:
    company = current_company()
    spoken = spoken_by(member.user.language_id, Preferences((company.settings,)))
    with translation.override(translation.to_language(spoken.locale)):
        subject = _("New client: %(name)s") % {"name": client.display_name}
        text = _("%(name)s has registered in your client portal.") % {"name": client.display_name}
        label = _("Open the client")
    queue_mail(
        kind="registration",
        object_id=client.pk,
        client_id=client.pk,
        recipient=member.user.email,
        recipient_name=member.user.name,
        locale=spoken.locale,
        subject=subject.replace("$", ""),
        body="\n\n".join(("$greeting", "$news", "$link_button")),
        values={
            "news": text,
            "link": f"{settings.BASE_URL}/clients/{ids.encode(client.pk)}",
            "link_label": label,
            "contact.first_name": member.user.first_name,
            "company.name": company.name,
        },
        attachments=[],
        occurrence="registered",
        company=company,
    )


@every(name="portal.forget_sessions", days=1, at="03:40")
def forget_sessions(*, turn: str = "") -> None:
    """Sessions and links that are over leave nothing behind."""
    now = timezone.now()
    ContactSession.everywhere.filter(expires_at__lt=now).delete()
    OneTimeKey.everywhere.filter(expires_at__lt=now).delete()

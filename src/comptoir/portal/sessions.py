"""Sessions of contacts: begun by a door, found by the cookie's token, ended by what opened them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from comptoir.clients.models import Contact
from comptoir.delivery.documents.kinds import KINDS
from comptoir.portal.models import ContactSession
from comptoir.tenancy import keys

WHOLE: Final = timedelta(days=30)
PART: Final = timedelta(days=14)
SILENT: Final = timedelta(hours=2)
AWAITING: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=90)
"""However often it is used, a session ends after this time."""

_MOST_OPEN: Final = 50
_SEEN_EVERY: Final = timedelta(minutes=5)


def begin(contact: Contact, *, ip: str, **what: Any) -> tuple[ContactSession, str]:
    """A new session of a contact and the token for its cookie; ``what`` are columns of ContactSession."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    session = ContactSession(
        contact=contact,
        company_id=contact.company_id,
        digest=keys.digest(token),
        seen_at=now,
        ip=ip,
        password_mark=password_mark(contact),
        **what,
    )
    session.expires_at = now + _lasts(session)
    session.save(force_insert=True)
    return session, token


def behind(token: str) -> ContactSession | None:
    """The living session of a cookie, its contact, client and company at hand."""
    if not token:
        return None
    rows = ContactSession.everywhere.select_related("company", "contact__client__group")
    session: ContactSession | None = rows.filter(digest=keys.digest(token)).first()
    if session is None:
        return None
    session.contact.company = session.contact.client.company = session.company
    if not _lives(session):
        session.delete()
        return None
    _see(session)
    return session


def end(session: ContactSession) -> None:
    """Sign out: the token opens nothing any more."""
    session.delete()


def end_all(contact: Contact) -> None:
    """Sign a contact out everywhere."""
    ContactSession.everywhere.filter(contact=contact).delete()


def allow(session: ContactSession, kind: str, pk: int, digest: str = "") -> None:
    """Let a session open one more document: by a key, or because this person made it."""
    if not session.is_whole and [kind, pk, digest] not in session.opens:
        session.opens = [*session.opens, [kind, pk, digest]][-_MOST_OPEN:]
        session.save(update_fields=["opens"])


def allows(session: ContactSession, kind: str, pk: int) -> bool:
    """Whether a session opens a document, by a key that has not been revoked meanwhile (decision T30)."""
    if session.is_whole:
        return True
    digests = [digest for name, one, digest in session.opens if (name, one) == (kind, pk)]
    if "" in digests:
        return True
    rows = KINDS[kind].invitation.everywhere
    return bool(digests) and rows.filter(key_digest__in=digests, deleted_at=None).exists()


def password_mark(contact: Contact) -> str:
    """What a session remembers of the password: a new one gives another mark."""
    return keys.digest(contact.password)


def open_contacts(contacts: Sequence[Contact]) -> list[Contact]:
    """Those who may sign in: neither archived, deleted nor locked, nor their client or company (S76)."""
    return [
        one
        for one in contacts
        if not (one.is_locked or one.is_archived or one.is_deleted)
        and not (one.client.is_archived or one.client.is_deleted)
        and is_open(one)
    ]


def is_open(contact: Contact) -> bool:
    """Whether the company has a portal for this contact's client."""
    company = contact.company
    shut = bool(company.is_disabled) or company.deleted_at is not None
    return not shut and bool(contact.client.preferences.enable_client_portal)


def _lasts(session: ContactSession) -> timedelta:
    if session.is_silent:
        return SILENT
    if session.awaits_password:
        return AWAITING
    return WHOLE if session.is_whole else PART


def _lives(session: ContactSession) -> bool:
    contact = session.contact
    return (
        session.expires_at > timezone.now()
        and contact.deleted_at is None
        and contact.client.deleted_at is None
        and not contact.is_locked
        and session.password_mark == password_mark(contact)
        and session.key_digest in ("", contact.key_digest)
    )


def _see(session: ContactSession) -> None:
    """Move the end on, at most every few minutes: most requests write nothing."""
    now = timezone.now()
    if now - session.seen_at < _SEEN_EVERY:
        return
    session.seen_at = now
    session.expires_at = min(now + _lasts(session), session.created_at + LONGEST)
    session.save(update_fields=["seen_at", "expires_at"])

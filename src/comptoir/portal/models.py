from __future__ import annotations

from django.db import models

from comptoir.tenancy.rows import CompanyOwned


class ContactSession(CompanyOwned):
    """One browser or app in which a contact visits. Its token is random; only the sha256 is kept.

    ``is_whole`` opens everything of the client; else ``opens`` lists the documents that it opens, each
    as ``["invoice", 12, digest]`` with the digest of the key that was shown for it, which opens no more
    once it is revoked. ``is_silent`` is a member of staff who looks as the contact: nothing is marked as
    seen, nothing can be changed. ``awaits_password`` opens nothing until the contact has typed or chosen
    a password. ``key_digest`` is that of the contact's key if one opened it, ``password_mark`` stands
    for the password: a new key or password ends the session. ``companions`` are other contacts that
    have proved to be this person.
    """

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ip = models.CharField(max_length=45, blank=True)
    is_whole = models.BooleanField(default=True)
    is_silent = models.BooleanField(default=False)
    awaits_password = models.BooleanField(default=False)
    opens = models.JSONField(default=list)
    key_digest = models.CharField(max_length=64, blank=True)
    password_mark = models.CharField(max_length=64, blank=True)
    companions = models.JSONField(default=list)

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["contact", "id"], name="session_of_contact"),
            models.Index(fields=["expires_at"], name="session_by_end"),
        ]

    def __str__(self) -> str:
        return str(self.contact)


class OneTimeKey(CompanyOwned):
    """A link that was mailed to prove who reads a mailbox. It works once, for a while.

    ``email`` is the address it was sent to: the contact's, or the new one that it confirms.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        PASSWORD = "password"  # noqa: S105 - a word, not one
        EMAIL = "email"

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=190)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["contact", "purpose"], name="key_of_contact"),
            models.Index(fields=["expires_at"], name="key_by_end"),
        ]

    def __str__(self) -> str:
        return self.purpose

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from comptoir.activity.actors import Actor
from comptoir.tenancy import keys
from comptoir.tenancy.rows import Archivable, CompanyOwned, Rows, Stamped

TOKEN_LENGTH = 64


class Users(BaseUserManager.from_queryset(Rows)):  # type: ignore[misc]
    """Every user of the installation; one person may work for several companies."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Stamped, Archivable):
    """A member of staff. Signs in by e-mail, which is kept in lower case."""

    account = models.ForeignKey("tenancy.Account", on_delete=models.CASCADE, related_name="users")
    email = models.EmailField(max_length=190, unique=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    signature = models.TextField(blank=True)
    language_id = models.CharField(max_length=8, blank=True)
    custom_value1 = models.TextField(blank=True)
    custom_value2 = models.TextField(blank=True)
    custom_value3 = models.TextField(blank=True)
    custom_value4 = models.TextField(blank=True)
    oauth_provider_id = models.CharField(max_length=40, blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    last_confirmed_email_address = models.EmailField(max_length=190, blank=True)
    user_logged_in_notification = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Users()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """May sign in at all; a lock in one company is on the membership."""
        return self.deleted_at is None and self.archived_at is None

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name or self.name


class Membership(CompanyOwned, Stamped, Archivable):
    """What one user may do and sees in one company (the wire's company_user).

    ``permissions`` is the wire's comma list of words (``permissions.py`` reads it);
    ``react_settings`` belongs to an app and is given back exactly as it came.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    is_owner = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    permissions = models.TextField(blank=True)
    permissions_updated_at = models.DateTimeField(null=True, blank=True)
    notifications = models.JSONField(default=dict, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    react_settings = models.JSONField(default=dict, blank=True)
    slack_webhook_url = models.CharField(max_length=500, blank=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(is_owner=True), name="membership_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_boss(self) -> bool:
        """Owner or administrator: every permission word is theirs."""
        return self.is_owner or self.is_admin

    @property
    def is_open(self) -> bool:
        """May use this company at all."""
        return not (self.is_locked or self.archived_at or self.deleted_at) and self.user.is_active

    def actor(self, token: Token | None = None, ip: str = "") -> Actor:
        """Who the activity names when this member does something."""
        return Actor(
            "user",
            self.user_id,
            self.user.name,
            token_id=token.pk if token else None,
            token_name=token.name if token else "",
            ip=ip,
        )


class Token(CompanyOwned, Stamped, Archivable):
    """An API key with one member's rights.

    Its 64 characters are derived from the installation's secret and the row's random seed; the table
    keeps only their sha256 to find it by (decision T29). A new seed revokes what was handed out.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=190, blank=True)
    is_system = models.BooleanField(default=False)
    key_seed = models.BigIntegerField()
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["company", "id"], name="token_of_company")]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> str:
        """The key itself: 64 letters and digits."""
        return keys.derive("api-token", self.key_seed, length=TOKEN_LENGTH)

    @property
    def masked(self) -> str:
        """What lists show of it (contract schemas, token)."""
        return self.value[:10] + "xxxxxxxxxxx"

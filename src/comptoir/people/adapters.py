"""How allauth's sign-in pages behave here: nobody signs up, tries are counted as at the API."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comptoir.tenancy.scope import acting_for

from . import sign_in
from .addresses import client_ip
from .limits import TooManyTries
from .models import Membership, User
from .operations import change_password
from .sealing import seal, unseal
from .second_factor import ISSUER


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff sign in by e-mail; an account is made by invitation or at set-up only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request.META, settings.TRUSTED_PROXIES)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """As at the API: after too many bad tries the page answers 429 without looking."""
        email, ip = str(credentials.get("email") or "").strip().lower(), self.get_client_ip(request)
        try:
            sign_in.refuse_blocked(email, ip)
        except TooManyTries as wait:
            raise ImmediateHttpResponse(too_many(request, wait)) from None
        user = authenticate(request, **{**credentials, "email": email})
        if not isinstance(user, User) or not sign_in.open_memberships(user):
            sign_in.failed(email, ip)
            return None
        return user

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        assert isinstance(user, User)
        return self.authenticate(self.request, email=user.email, password=password) == user

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        assert isinstance(user, User)
        sign_in.succeeded(user, self.get_client_ip(request))
        return super().post_login(request, user, **more)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """By the reset or change page: told and followed up like any other change."""
        assert isinstance(user, User)
        membership = Membership.everywhere.live().filter(user=user).select_related("company", "user").first()
        if membership is None:
            user.set_password(password)
            user.save(update_fields=["password", "updated_at"])
            return
        with acting_for(membership.company):
            by = membership.actor(ip=self.get_client_ip(self.request))
            change_password(user, password, by=by, on=timezone.localdate(timezone=membership.company.zone))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: Any = None, email: str | None = None
    ) -> None:
        assert isinstance(user, User)
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator seeds are kept sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return ISSUER


def too_many(request: HttpRequest, wait: TooManyTries) -> HttpResponse:
    """The 429 page, with when to come back."""
    response: HttpResponse = respond_429(request)
    response.headers["Retry-After"] = str(wait.retry_after)
    return response

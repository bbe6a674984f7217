"""A provider's notification: who it is for, whether it is theirs, and then to the worker.

The address holds the company's key as its user and a password of ours; signatures come on top where a
provider signs.
"""

from __future__ import annotations

import secrets
from base64 import b64decode
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import transaction

from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from . import heard
from .providers import PROVIDERS, NotSigned

LARGEST: Final = 1024 * 1024
"""Bytes of a notification that we read."""


class Stranger(Exception):
    """Neither a company nor its password."""


def address(company: Company, provider: str) -> str:
    """What is typed in at the provider."""
    base = urlsplit(settings.BASE_URL)
    user = f"{quote(company.company_key)}:{_password(company)}"
    return base._replace(netloc=f"{user}@{base.netloc}", path=f"/api/v1/{provider}_webhook").geturl()


def hear(provider: str, authorization: str, body: bytes) -> None:
    """Take a notification. Raises Stranger, NotSigned."""
    company = _company(authorization)
    with acting_for(company):
        try:
            told = PROVIDERS[provider].heard(company, body)  # may ask Amazon: no transaction waits
        except Refused as refused:
            raise NotSigned(str(refused.sentence)) from refused  # without its key nothing can be checked
        with transaction.atomic():
            for each in told:
                heard.leave(provider, each)


def _company(authorization: str) -> Company:
    scheme, _, sent = authorization.partition(" ")
    try:
        user, _, password = b64decode(sent, validate=True).decode().partition(":")
    except ValueError:
        raise Stranger from None
    if scheme.lower() != "basic" or "\0" in user:
        raise Stranger
    company = Company.objects.filter(company_key=user, deleted_at=None).first()
    if company is None or not secrets.compare_digest(password.encode(), _password(company).encode()):
        raise Stranger
    return company


def _password(company: Company) -> str:
    return keys.derive("mail-webhook", company.pk)

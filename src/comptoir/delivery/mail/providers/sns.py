"""Messages of Amazon SNS: signed with a certificate that is fetched from Amazon, and from nowhere else."""

from __future__ import annotations

import re
from base64 import b64decode
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from comptoir.activity.jobs import job

from .interface import NotSigned, text

CONFIRM: Final = "delivery.confirm_topic"
REGION: Final = r"[a-z]{2}(-[a-z]+)+-\d"
ORIGIN = re.compile(rf"https://sns\.{REGION}\.amazonaws\.com(\.cn)?/")
"""Where certificates are and subscriptions are confirmed; nothing else is ever asked. A looser pattern lets
in ``sns.s3.amazonaws.com``, which is somebody's bucket."""

_SECONDS: Final = 10
_LARGEST: Final = 64 * 1024
_SIGNED: Final = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
    "UnsubscribeConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
"""The keys that a signature covers, in their order (Amazon SNS, “Verifying the signatures of messages”)."""

_HASHES: Final[dict[str, Any]] = {"1": SHA1, "2": SHA256}


def verify(message: dict[str, Any]) -> None:
    """Check the signature. Raises NotSigned."""
    kind = text(message, "Type")
    made = _HASHES.get(text(message, "SignatureVersion"))
    if kind not in _SIGNED or made is None:
        raise NotSigned("type")
    said = "".join(f"{key}\n{message[key]}\n" for key in _SIGNED[kind] if message.get(key) is not None)
    try:
        signature = b64decode(text(message, "Signature"), validate=True)
        key = _key(text(message, "SigningCertURL"))
        key.verify(signature, said.encode(), padding.PKCS1v15(), made())
    except (InvalidSignature, ValueError):
        raise NotSigned("signature") from None


@lru_cache(maxsize=16)
def _key(url: str) -> RSAPublicKey:
    """The public key of a certificate. Raises NotSigned, ValueError."""
    from cryptography.x509 import load_pem_x509_certificate  # 4 MiB, for who has a topic only

    key = load_pem_x509_certificate(_fetched(url)).public_key()
    if not isinstance(key, RSAPublicKey):
        raise NotSigned("certificate")
    return key


def _fetched(url: str) -> bytes:
    """What stands at an address of Amazon's, and nowhere else. Raises NotSigned."""
    import requests

    if not ORIGIN.match(url):
        raise NotSigned("address")
    try:
        answer = requests.get(url, timeout=_SECONDS, allow_redirects=False)
        answer.raise_for_status()
    except requests.RequestException as error:
        raise NotSigned(type(error).__name__) from error
    return answer.content[:_LARGEST]


@job(CONFIRM)
def confirm(*, url: str) -> None:
    """Answer Amazon's question whether the topic may write to us: its signature was checked before."""
    _fetched(url)

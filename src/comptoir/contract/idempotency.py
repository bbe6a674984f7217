"""The same write sent twice happens once (decisions T4).

The store of earlier answers is not here: the door injects one that follows ``Idempotency``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from django.db import transaction
from django.http import HttpResponse

from comptoir.contract.fields.objects import EXACT
from comptoir.contract.reading import sentence
from comptoir.contract.requesters import Requester
from comptoir.kernel.refused import Refused

if TYPE_CHECKING:
    from comptoir.contract.calls import Call

_LONGEST: Final = 64


class Idempotency(Protocol):
    """A store of answers by caller and key.

    All three raise Refused at ``idempotency_key`` for a key used with another digest, and Stale
    (409) for one whose first request has not finished.
    """

    def earlier(self, who: Requester, key: str, digest: str) -> HttpResponse | None:
        """The answer that this key got before, if any."""

    def claim(self, who: Requester, key: str, digest: str) -> HttpResponse | None:
        """Take the key, inside the write's transaction; the earlier answer when another was first."""

    def keep(self, who: Requester, key: str, response: HttpResponse) -> None:
        """Store the answer beside the claim, to be given again."""


def once(call: Call, prepare: Callable[[], Callable[[], HttpResponse]]) -> HttpResponse:
    """Answer a write: ``prepare`` reads and refuses, what it gives does the work in one transaction.

    The key's row, the change and the rendered answer are committed together or not at all.
    """
    store = call.registry.idempotency
    key = key_of(call) if store and call.request.method == "POST" else ""
    digest = digest_of(call) if key else ""
    if store and key and (earlier := store.earlier(call.who, key, digest)):
        return earlier
    work = prepare()
    with transaction.atomic():
        if store and key and (earlier := store.claim(call.who, key, digest)):
            return earlier
        response = work()
        if store and key:
            store.keep(call.who, key, response)
    return response


def key_of(call: Call) -> str:
    """The key in the header or the body. Raises Refused for one that is too long or no text."""
    key = call.request.headers.get("Idempotency-Key") or call.body.get("idempotency_key") or ""
    if not isinstance(key, str):
        raise Refused("idempotency_key", sentence("text", "idempotency_key"))
    if len(key) > _LONGEST:
        raise Refused("idempotency_key", sentence("longest", "idempotency_key", most=_LONGEST))
    return key.strip()


def digest_of(call: Call) -> str:
    """What was asked, in one word: verb, path, query, body and the names and sizes of files."""
    files = [(part, sent.name, sent.size) for part, some in call.files.items() for sent in some]
    asked = [call.request.method, call.request.path, dict(call.query), call.body, files]
    return hashlib.sha256(EXACT.encode(asked)).hexdigest()

"""Answers kept under the keys of their senders: the same write sent twice happens once (decision T4)."""

from __future__ import annotations

import hashlib

from django.db import connection
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.authentication import Caller
from comptoir.api.models import IdempotentAnswer
from comptoir.contract.requesters import Requester
from comptoir.kernel.refused import Refused, Stale
from comptoir.people.sealing import seal, unseal


class Answers:
    """The store behind ``contract.idempotency``; a key belongs to the token that sent it."""

    def earlier(self, who: Requester, key: str, digest: str) -> HttpResponse | None:
        """The answer already committed under this key. Raises Refused for another request's key."""
        row = IdempotentAnswer.objects.filter(token_id=_token(who), key=key).first()
        if row is None:
            return None
        if row.digest != digest:
            raise Refused("idempotency_key", _("This key was used for another request."))
        return HttpResponse(unseal(row.content), content_type="application/json", status=row.status)

    def claim(self, who: Requester, key: str, digest: str) -> HttpResponse | None:
        """Take the key for this transaction. Raises Stale while another request holds it."""
        _refuse_running(_token(who), key)
        found = self.earlier(who, key, digest)
        if found is None:
            IdempotentAnswer.objects.create(token_id=_token(who), key=key, digest=digest)
        return found

    def keep(self, who: Requester, key: str, response: HttpResponse) -> None:
        rows = IdempotentAnswer.objects.filter(token_id=_token(who), key=key)
        rows.update(status=response.status_code, content=seal(response.content.decode()))


def _token(who: Requester) -> int:
    assert isinstance(who, Caller), "only a token's holder writes"
    return who.token.pk


def _refuse_running(token: int, key: str) -> None:
    """On SQLite there is one writer at a time: whoever comes here finds the other's answer committed."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{token}:{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Stale(_("The same request is still being answered."))

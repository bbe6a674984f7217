"""From an app to a browser: a word that signs its holder in, once, within five minutes."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.contrib.auth import login
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.api.throttling import guesses_counted
from comptoir.people import sign_in
from comptoir.people.models import User

SECONDS: Final = 300
_BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


def new_word(user: User, page: str = "") -> str:
    """A word for this user; ``page`` is where on this server the browser goes (else its start)."""
    word = secrets.token_urlsafe(32)
    cache.set(_slot(word), {"user": user.pk, "page": page}, timeout=SECONDS)
    return word


@require_GET
@never_cache
@guesses_counted
def open_browser(request: HttpRequest) -> HttpResponse:
    """Sign the browser in and send it on. A word that is unknown or used: nothing is here."""
    slot = _slot(request.GET.get("hash", ""))
    found = cache.get(slot)
    if not found or not cache.delete(slot):
        raise Http404
    user = User.objects.filter(pk=found["user"]).first()
    if user is None or not sign_in.open_memberships(user):
        raise Http404
    login(request, user, backend=_BACKEND)
    page = found["page"]
    response = redirect(page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _slot(word: str) -> str:
    return f"handover:{hashlib.sha256(word.encode()).hexdigest()}"

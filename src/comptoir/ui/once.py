"""A form that is sent twice, by a second click or by a browser that tries again, does its work once.

``{% once %}`` in a form gives it a word of its own; ``answered`` gives a second request with that word
the answer of the first. ``{% once_each %}`` is for the bar of a list, which may be sent again with other
rows: there the word counts together with what is sent.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import toasts

KEPT: Final = 24 * 3600
"""Seconds that a word is remembered."""

PATIENCE: Final = 15.0
"""Seconds that a second request waits for the first."""

_A_LOOK: Final = 0.05
_EACH: Final = "each."
_WHERE: Final = ("Location", "HX-Redirect")


def once(context: dict[str, Any], url: str = "") -> SafeString:
    """The template tag: a hidden input that ties one filled-in form to the page it is sent to."""
    return word_for(urlsplit(url).path or context["request"].path)


def once_each(url: str) -> SafeString:
    """The template tag of a form that is good for several things to do, each of them once."""
    return word_for(urlsplit(url).path, _EACH)


def word_for(path: str, prefix: str = "") -> SafeString:
    """The same for a form that is sent to another page than it stands on."""
    word = f"{prefix}{secrets.token_urlsafe(16)}@{path}"
    return format_html('<input type="hidden" name="once" value="{}">', word)


def answered(request: HttpRequest, whose: object, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What the view says; asked again by the same person with the same word, where the first time led.

    A view that leads nowhere has saved nothing: the form may be sent again.
    """
    word = request.POST.get("once", "") if request.method == "POST" else ""
    if not word.endswith(f"@{request.path}"):
        return view()
    said = sorted(request.POST.lists()) if word.startswith(_EACH) else ""
    key = f"once:{hashlib.sha256(f'{whose}:{word}:{said}'.encode()).hexdigest()}"
    while not cache.add(key, "", KEPT):  # of several who waited for nothing, one alone goes on
        if led := _led(request, key):
            return led
    where = None
    try:
        response = view()
        where = next((response.headers[name] for name in _WHERE if name in response.headers), None)
    finally:
        if where is None:
            cache.delete(key)
        else:
            cache.set(key, where, KEPT)
    return response


def _led(request: HttpRequest, key: str) -> HttpResponseBase | None:
    """Where the first request went, once it is done; None when it came to nothing."""
    end = time.monotonic() + PATIENCE
    while (where := cache.get(key)) == "" and time.monotonic() < end:
        time.sleep(_A_LOOK)
    if where is None:
        return None
    if where == "":
        toasts.add(
            request, _("This is still being saved. Look whether it is there before you try again."), "warning"
        )
    url = where or request.path
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)

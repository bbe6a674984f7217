"""Say what has been done: at the next page, or at once in an answer to htmx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.http import trigger_client_event

from comptoir.ui.parts import Tone

_LEVELS = {"info": messages.INFO, "warning": messages.WARNING, "error": messages.ERROR}


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    tone: str = "success"
    undo: str = ""


def add(request: HttpRequest, text: object, tone: Tone = "success", undo: str = "") -> None:
    """Show a toast on the next full page; `undo` is a URL that takes a POST."""
    messages.add_message(request, _LEVELS.get(tone, messages.SUCCESS), str(text), extra_tags=undo)


def show(
    response: HttpResponseBase, text: object, tone: Tone = "success", undo: str = ""
) -> HttpResponseBase:
    """Show a toast as soon as htmx has this answer."""
    return trigger_client_event(response, "toast", {"text": str(text), "tone": tone, "undo": undo})


def toast(message: Message) -> dict[str, Any]:
    """The inclusion tag behind `ui/toasts.html`."""
    return {"toast": Toast(str(message.message), message.level_tag, message.extra_tags or "")}

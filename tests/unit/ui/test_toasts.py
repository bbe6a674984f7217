import json

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from comptoir.ui import toasts
from tests.unit.ui.drawing import draw


def test_a_toast_waits_for_the_next_page_with_its_undo() -> None:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    toasts.add(request, "Archived <Ada>", undo="/clients/1/restore")
    html = draw('{% include "ui/toasts.html" %}', messages=request._messages)  # type: ignore[attr-defined]
    assert "Archived &lt;Ada&gt;" in html
    assert '<div class="toast success">' in html
    assert '<button form="post" formaction="/clients/1/restore">Undo</button>' in html


def test_a_toast_travels_with_an_answer_to_htmx() -> None:
    response = toasts.show(HttpResponse(), "Enregistré", undo="/undo")
    assert json.loads(response["HX-Trigger"]) == {
        "toast": {"text": "Enregistré", "tone": "success", "undo": "/undo"}
    }

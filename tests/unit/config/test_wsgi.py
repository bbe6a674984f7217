"""Pages and API each go through the layers they need, and no request goes through none."""

import io
import sys
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, JsonResponse
from django.urls import path

from comptoir.config import wsgi


def layers(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"session": hasattr(request, "session"), "user": hasattr(request, "user")})


@pytest.fixture(autouse=True)
def routes(settings: Any) -> None:
    module = ModuleType("routes_under_test")
    module.urlpatterns = [path("api/v1/ping", layers), path("ping", layers)]  # type: ignore[attr-defined]
    sys.modules["routes_under_test"] = module
    settings.ROOT_URLCONF = "routes_under_test"


def ask(path_info: str, method: str = "GET") -> tuple[str, dict[str, str], bytes]:
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answer.update(status=status, headers={name.lower(): value for name, value in headers})

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path_info,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "CONTENT_LENGTH": "0",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    response = wsgi.application(environ, start_response)
    body = b"".join(response)
    response.close()  # type: ignore[attr-defined]
    return answer["status"], answer["headers"], body


@pytest.mark.django_db
def test_pages_have_a_session_and_the_api_has_none() -> None:
    assert ask("/ping")[2] == b'{"session": true, "user": true}'
    assert ask("/api/v1/ping")[2] == b'{"session": false, "user": false}'


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ping", "/api/v1/ping"])
def test_both_carry_the_security_headers(address: str) -> None:
    headers = ask(address)[1]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_on_pages_only() -> None:
    assert ask("/ping", "POST")[0].startswith("403")
    assert ask("/api/v1/ping", "POST")[0].startswith("200")

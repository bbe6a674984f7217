"""Pages and API each go through the layers they need, and no request goes through none."""

import io
import sys
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.urls import path

from comptoir.config import api_wsgi, wsgi

pytestmark = pytest.mark.django_db


def layers(request: HttpRequest, path: str = "") -> JsonResponse:
    return JsonResponse({"session": hasattr(request, "session"), "user": hasattr(request, "user")})


@pytest.fixture(autouse=True)
def routes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The API has one view, which is asked without Django's resolver."""
    module = ModuleType("routes_under_test")
    module.urlpatterns = [path("ping", layers)]  # type: ignore[attr-defined]
    sys.modules["routes_under_test"] = module
    settings.ROOT_URLCONF = "routes_under_test"
    monkeypatch.setattr(api_wsgi, "api", layers)


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
    getattr(response, "close", lambda: None)()
    return answer["status"], answer["headers"], body


def test_pages_have_a_session_and_the_api_has_none() -> None:
    assert ask("/ping")[2] == b'{"session": true, "user": true}'
    assert ask("/api/v1/ping")[2] == b'{"session": false, "user": false}'


@pytest.mark.parametrize("address", ["/ping", "/api/v1/ping"])
def test_both_carry_the_security_headers(address: str) -> None:
    headers = ask(address)[1]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_a_form_without_its_token_is_refused_on_pages_only() -> None:
    assert ask("/ping", "POST")[0].startswith("403")
    assert ask("/api/v1/ping", "POST")[0].startswith("200")


def test_the_api_says_what_its_middleware_would(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = wsgi._handler(settings.API_MIDDLEWARE)
    monkeypatch.setattr(wsgi, "_api", usual)
    sys.modules["routes_under_test"].urlpatterns = [path("api/v1/ping", layers)]  # type: ignore[attr-defined]
    by_middleware = ask("/api/v1/ping")
    monkeypatch.setattr(wsgi, "_api", api_wsgi.ApiHandler(usual))
    assert ask("/api/v1/ping") == by_middleware


def test_what_a_view_says_itself_is_not_said_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    response = JsonResponse({}, headers={"X-Frame-Options": "SAMEORIGIN"})
    response.set_cookie("one", "1")
    monkeypatch.setattr(api_wsgi, "api", lambda request: response)
    headers = ask("/api/v1/ping")[1]
    assert (headers["x-frame-options"], headers["set-cookie"]) == ("SAMEORIGIN", "one=1; Path=/")


def test_plain_http_is_led_to_https_where_that_is_asked_for(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    handler = api_wsgi.ApiHandler(wsgi._handler(settings.API_MIDDLEWARE))
    said = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/ping", "SERVER_NAME": "127.0.0.1"}
    environ |= {"SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http"}
    handler(dict(environ), lambda status, headers: said.append((status, dict(headers))))
    handler(environ | {"HTTP_X_FORWARDED_PROTO": "https"}, lambda *answer: said.append(answer))
    assert said[0][0].startswith("301")
    assert said[0][1]["Location"] == "https://127.0.0.1/api/v1/ping"
    assert said[1][0] == "200 OK"
    assert ("Strict-Transport-Security", "max-age=60") in said[1][1]


def test_a_file_goes_out_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = StreamingHttpResponse([b"a", b"b"])
    monkeypatch.setattr(api_wsgi, "api", lambda request: pieces)
    assert ask("/api/v1/ping")[2] == b"ab"

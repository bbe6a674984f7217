"""The security headers of every answer."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.decorators.clickjacking import xframe_options_sameorigin

from comptoir.config.headers import policy, security_headers


def headers_of(response: HttpResponse) -> HttpResponse:
    return security_headers(lambda request: response)(RequestFactory().get("/"))


def test_no_answer_allows_inline_or_foreign_code() -> None:
    found = headers_of(HttpResponse())["Content-Security-Policy"]
    assert "default-src 'none'" in found
    assert "script-src 'self';" in found
    assert "style-src 'self';" in found
    assert "frame-ancestors 'none'" in found
    assert "unsafe" not in found


def test_nobody_frames_our_pages() -> None:
    assert headers_of(HttpResponse())["X-Frame-Options"] == "DENY"


def test_a_preview_may_be_framed_by_our_own_pages() -> None:
    @xframe_options_sameorigin
    def preview(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    response = headers_of(preview(RequestFactory().get("/")))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_a_view_may_set_a_policy_of_its_own() -> None:
    own = policy(script_src="'self' 'nonce-abc'")
    response = headers_of(HttpResponse(headers={"Content-Security-Policy": own}))
    assert response["Content-Security-Policy"] == own
    assert "script-src 'self' 'nonce-abc'; style-src 'self'" in own

"""The security headers of every answer."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.clickjacking import xframe_options_sameorigin

from comptoir.config.headers import content_security_policy, policy


def headers_of(response: HttpResponse) -> HttpResponse:
    return content_security_policy(lambda request: response)(RequestFactory().get("/"))


def test_no_answer_allows_inline_or_foreign_code() -> None:
    found = headers_of(HttpResponse())["Content-Security-Policy"]
    assert "default-src 'none'" in found
    assert "script-src 'self';" in found
    assert "style-src 'self';" in found
    assert "frame-ancestors 'none'" in found
    assert "unsafe" not in found


@pytest.mark.django_db
def test_every_answer_is_guarded_even_a_missing_page(client: Client) -> None:
    response = client.get("/there-is-no-such-page")
    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"


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

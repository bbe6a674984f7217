"""Security headers of every answer. A view that needs another policy sets the header itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(**changes: str) -> str:
    """The Content-Security-Policy with directives replaced: `policy(frame_ancestors="'self'")`."""
    directives = POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


_STRICT = policy()
_FRAMED_BY_US = policy(frame_ancestors="'self'")


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; the policy that a view has set stays. What may be framed says so in X-Frame-Options."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        framed = response.get("X-Frame-Options") == "SAMEORIGIN"
        response.headers.setdefault("Content-Security-Policy", _FRAMED_BY_US if framed else _STRICT)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return answer

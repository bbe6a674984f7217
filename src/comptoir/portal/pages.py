"""Pages in the company's brand: those behind a door, those before it, and plain refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comptoir.people.limits import TooManyTries
from comptoir.portal import brand, cookies, menu
from comptoir.portal.companies import the_only_company
from comptoir.portal.said import said
from comptoir.tenancy import keys
from comptoir.tenancy.models import Company

if TYPE_CHECKING:
    from comptoir.portal.visits import Visit

Response = TypeVar("Response", bound=HttpResponseBase)

REFUSALS: Final[dict[str, tuple[int, Any, Any]]] = {
    "unknown": (
        404,
        _("There is nothing at this address"),
        _("Check the address, or start from your home page."),
    ),
    "gone": (
        404,
        _("This document is no longer available"),
        _("If you expected it, ask the company that sent it."),
    ),
    "link": (
        404,
        _("This link does not work"),
        _("It may be mistyped, withdrawn or too old. Ask for a new one."),
    ),
    "closed": (404, _("This portal is closed"), _("Ask the company for your documents.")),
    "unregistered": (403, _("Registration is closed"), _("Ask the company to open an access for you.")),
    "forbidden": (403, _("This is not allowed here"), _("Ask the company if you need it changed.")),
    "silent": (403, _("You are only looking"), _("A preview changes nothing. Your client does this alone.")),
    "limited": (429, _("Too many tries"), _("Wait a quarter of an hour, then try again.")),
}


def page(visit: Visit, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page behind the door; ``template`` below templates/portal/."""
    whole = {**shell(visit), **context, "visit": visit, "said": said(visit.request)}
    return TemplateResponse(visit.request, f"portal/{template}", whole, status=status)


def alone(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    company: Company | None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page before the door: a card in the company's brand, or in ours where none is known."""
    whole = {**brand.of(company), **context, "said": said(request)}
    response = TemplateResponse(request, f"portal/{template}", whole, status=status)
    return finished(response)


def refusal(
    request: HttpRequest, why: str, visit: Visit | None = None, company: Company | None = None
) -> HttpResponse:
    """Say in plain words that it cannot be had. ``why`` is a key of REFUSALS."""
    status, sentence, advice = REFUSALS[why]
    home = reverse("portal:home") if visit is not None and why != "closed" else ""
    context = {"sentence": sentence, "advice": advice, "home_url": home}
    known = visit.company if visit is not None else company or the_only_company()
    return alone(request, "refusal.html", context, known, status=status)


def limited(request: HttpRequest, wait: TooManyTries) -> HttpResponse:
    """Too many tries, and when to come back."""
    response = refusal(request, "limited")
    response.headers["Retry-After"] = str(wait.retry_after)
    return response


def to(name: str, *args: str, done: str = "") -> HttpResponseRedirect:
    """Go on to a page; ``done`` is what has just been done (said.py)."""
    query = f"?done={done}" if done else ""
    response = HttpResponseRedirect(reverse(name, args=args) + query)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Nobody is behind this request: ask who it is."""
    response = to("portal:login")
    if cookies.read(request, cookies.PORTAL):
        cookies.forget(response, cookies.PORTAL)
    return response


def finished(response: Response) -> Response:
    """Render inside the scope and the language; no page of the portal is kept or indexed."""
    render = getattr(response, "render", None)
    if callable(render) and not getattr(response, "is_rendered", True):
        render()
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def shell(visit: Visit) -> dict[str, Any]:
    """What stands around every page."""
    return {
        **brand.of(visit.company, visit.client),
        "portal_menu": menu.entries(visit) if visit.is_whole else [],
        "contact": {
            "name": visit.name,
            "url": reverse("portal:profile") if visit.is_whole else "",
            "logo": _logo_url(visit),
        },
        "companions": menu.companions(visit),
        "home_url": reverse("portal:home") if visit.is_whole else "",
        "more_url": "" if visit.is_whole else reverse("portal:more"),
        "sign_out_url": reverse("portal:logout"),
        "is_silent": visit.session.is_silent,
    }


def _logo_url(visit: Visit) -> str:
    """The client's logo, its address another with each picture; "" without one."""
    path = visit.client.logo_path if visit.is_whole else ""
    return f"{reverse('portal:client-logo')}?{keys.digest(path)[:8]}" if path else ""

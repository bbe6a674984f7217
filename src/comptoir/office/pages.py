"""A page of the office: the shell around it, or only its part when htmx asked for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.modules import menu


def page(
    desk: Desk, template: str, context: Mapping[str, Any], *, module: str = "", status: int = 200
) -> HttpResponse:
    """Render ``template`` (below templates/office/) with the shell's context; ``module`` lights the menu."""
    whole = {**shell(desk, module), **context, "desk": desk}
    return TemplateResponse(desk.request, f"office/{template}", whole, status=status)


def part(desk: Desk, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a fragment: the unit of an htmx swap, which the whole page includes too."""
    return TemplateResponse(desk.request, f"office/{template}", {**context, "desk": desk}, status=status)


def go_to(desk: Desk, url: str) -> HttpResponse:
    """The next page: for a form as for a dialog, whose answer would be put into the dialog."""
    if not desk.request.headers.get("HX-Request"):
        return redirect(url)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = url
    return response


def came_from(desk: Desk, otherwise: str) -> str:
    """The page that the request was made on, if it is ours."""
    asked = desk.request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(asked, {desk.request.get_host()}, require_https=False)
    return asked if asked and ours else otherwise


def shell(desk: Desk, module: str) -> dict[str, Any]:
    """What the sidebar and the top bar show."""
    user = desk.membership.user
    return {
        "menu": menu(desk, module),
        "person": {"name": user.name, "email": user.email, "url": _url("office:account")},
        "company": {"name": desk.company.name, "logo": _logo(desk)},
        "companies": [
            {
                "name": each.company.name,
                "url": reverse("office:switch-company", args=[ids.encode(each.company_id)]),
                "active": each.company_id == desk.company.pk,
            }
            for each in desk.memberships
        ],
        "home_url": _url("office:home"),
        "settings_url": _url("office:settings"),
        "settings_active": module == "settings",
        "palette_url": _url("office:palette"),
        "sign_out_url": _url("account_logout"),
        "help_url": _url("office:help"),
    }


def _logo(desk: Desk) -> str:
    return _url("office:company-logo") if desk.company.switch("logo_path") else ""


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

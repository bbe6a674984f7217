"""A page of the office: the frame around it, or only its part when htmx asked for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from comptoir.office.desk import Desk
from comptoir.office.shell import frame

_DIALOG: Final = re.compile(r"\s*<dialog [^>]*>.*?<h2 [^>]*>(.*?)</h2>", re.DOTALL)
"""A fragment that is a dialog, and its heading (``ui/dialog.html``, ``ui/confirm.html``)."""


def page(
    desk: Desk, template: str, context: Mapping[str, Any], *, module: str = "", status: int = 200
) -> HttpResponse:
    """Render ``template`` (below templates/office/) inside the frame; ``module`` lights the menu."""
    whole = {"frame": frame(desk, module), **context, "desk": desk}
    return TemplateResponse(desk.request, f"office/{template}", whole, status=status)


def part(desk: Desk, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a fragment: the unit of an htmx swap, which the whole page includes too.

    A dialog that was opened in a tab of its own, or without scripts, stands on a page.
    """
    fragment = {**context, "desk": desk}
    if desk.request.headers.get("HX-Request"):
        return TemplateResponse(desk.request, f"office/{template}", fragment, status=status)
    asked = render_to_string(f"office/{template}", fragment, desk.request)
    title = _DIALOG.match(asked)
    if not title:
        return HttpResponse(asked, status=status)
    return page(desk, "asked.html", {"title": unescape(title[1]), "asked": asked}, status=status)


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

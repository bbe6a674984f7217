"""What stands around every page: sidebar, top bar, palette. Drawn once for all pages that share it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from comptoir.office.desk import Desk
from comptoir.office.links import address
from comptoir.office.modules import menu

KEPT = 256
"""Frames in memory: one for each member, language and module that is looked at."""


class Frame(NamedTuple):
    """Three pieces of HTML."""

    sidebar: str
    topbar: str
    palette: str


def frame(desk: Desk, module: str) -> Frame:
    """The pieces around a page; ``module`` lights the menu."""
    shown = shell(desk, module)
    return _drawn(get_language() or "", _Shown(_frozen(shown), shown))


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
                "url": address("switch-company", each.company.pk),
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
        "new_company_url": _url("office:new-company") if desk.membership.is_owner else "",
    }


class _Shown:
    """The values to draw; two that show the same are the same to the cache."""

    def __init__(self, key: Any, values: Mapping[str, Any]) -> None:
        self._key = key
        self.values = values

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shown) and self._key == other._key


@lru_cache(maxsize=KEPT)
def _drawn(language: str, shown: _Shown) -> Frame:  # the language is a part of the key
    values = dict(shown.values)
    return Frame(*(render_to_string(f"office/shell/{name}.html", values) for name in Frame._fields))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((key, _frozen(one)) for key, one in value.items())
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _logo(desk: Desk) -> str:
    return _url("office:company-logo") if desk.company.switch("logo_path") else ""


@lru_cache(maxsize=32)
def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

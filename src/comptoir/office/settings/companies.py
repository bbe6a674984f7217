"""The companies of the account: a new one, the one that opens first, and closing one for good."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import COMPANY_KEY, Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.people.closing import choose_company, close_company
from comptoir.people.founding import found_company
from comptoir.people.passwords import is_confirmed
from comptoir.reference import country, currency, sorted_by_name
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import locale


@require_GET
@desk("edit", "company")
def show(place: Desk) -> HttpResponse:
    """The companies that one works for."""
    first = place.company.account.default_company_id
    context = {
        **frame(place, level_of(place), "companies"),
        "rows": [
            {
                "name": each.company.name,
                "here": each.company_id == place.company.pk,
                "first": each.company_id == first,
            }
            for each in place.memberships
        ],
        "is_first": first == place.company.pk,
        "may_close": place.membership.is_owner and len(place.memberships) > 1,
        "is_owner": place.membership.is_owner,
    }
    return page(place, "settings/companies.html", context, module="settings")


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def new(place: Desk) -> HttpResponse:
    """Found one more company of the account and go to work in it."""
    if not place.membership.is_owner:
        raise PermissionDenied
    if place.request.method == "GET":
        start = {"country_id": str(place.preferences.country_id), "currency_id": ""}
        return _dialog(place, Form(start))
    sent = place.request.POST
    try:
        membership = found_company(
            place.company.account, _read(place), owner=place.membership.user, by=place.actor, on=place.on
        )
    except Refused as refused:
        named = {key.removeprefix("settings."): texts for key, texts in refused.errors.items()}
        return _dialog(place, Form(dict(sent.items()), named), status=422)
    place.request.session[COMPANY_KEY] = membership.company_id
    place.request.session.cycle_key()
    toasts.add(place.request, _("%(name)s is open. You work in it now.") % {"name": membership.company.name})
    response = HttpResponse(status=204) if place.request.headers.get("HX-Request") else redirect("/")
    if response.status_code == 204:
        response.headers["HX-Redirect"] = "/"
    return response


def _read(place: Desk) -> dict[str, str]:
    sent = place.request.POST
    home = country(sent.get("country_id", ""))
    if not sent.get("name", "").strip():
        raise Refused("name", _("Give the company a name."))
    if home is None:
        raise Refused("country_id", _("Choose a country."))
    money = currency.by_code(home.currency_code)
    fields = {
        "name": sent["name"].strip(),
        "country_id": home.id,
        "language_id": str(place.preferences.language_id),
    }
    return {**fields, "currency_id": sent.get("currency_id") or (money.id if money else "1")}


def _dialog(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "countries": [(row.id, name) for name, row in sorted_by_name(country, locale())],
        "currencies": [(row.id, f"{row.code} – {name}") for name, row in sorted_by_name(currency, locale())],
    }
    return part(place, "settings/new_company.html", context, status=status)


@require_POST
@desk("edit", "company")
def open_first(place: Desk) -> HttpResponse:
    """Let this company open first at sign-in."""
    if attempt(place, lambda: choose_company(place.company, by=place.actor, on=place.on)):
        toasts.add(place.request, _("This company opens first from now on."))
    return redirect("office:companies")


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def close(place: Desk) -> HttpResponse:
    """Close this company to everybody: its owner alone, with the password."""
    if not place.membership.is_owner:
        raise PermissionDenied
    if place.request.method == "GET":
        return part(place, "settings/close_company.html", {"name": place.company.name})
    typed = place.request.POST.get("password")
    if not typed or not is_confirmed(place.membership.user, place.company, typed):
        toasts.add(place.request, _("That was not your password. Nothing has been closed."), "error")
    elif attempt(place, lambda: close_company(place.company, by=place.actor, on=place.on)):
        place.request.session.pop(COMPANY_KEY, None)
        toasts.add(place.request, _("The company is closed. Its records are kept."))
        return redirect("/")
    return redirect("office:companies")


urlpatterns = [
    path("settings/companies", show, name="companies"),
    path("settings/companies/new", new, name="new-company"),
    path("settings/companies/first", open_first, name="open-first"),
    path("settings/companies/close", close, name="close-company"),
]

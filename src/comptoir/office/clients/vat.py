"""Asking VIES about a VAT number, on the client's page and while the form is being filled (S64)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.clients.vat import checking, jobs, numbers
from comptoir.clients.vat.checking import ASKED, INVALID, UNAVAILABLE, VALID, Check
from comptoir.office.clients import client_url
from comptoir.office.clients.finding import find
from comptoir.office.desk import Desk
from comptoir.office.pages import part
from comptoir.reference import country_by_code
from comptoir.reference.names import name_in
from comptoir.ui.tags.figures import locale


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a number. ``url`` asks again by POST and looks again by GET; "" without a button."""

    state: str = ""
    url: str = ""
    number: str = ""
    sentence: str = ""
    name: str = ""
    address: str = ""
    consultation: str = ""
    at: datetime | None = None
    next_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        return self.state == ASKED

    @property
    def word(self) -> str:
        return {VALID: _("Valid number"), INVALID: _("Unknown number"), UNAVAILABLE: _("No answer")}.get(
            self.state, ""
        )

    @property
    def tone(self) -> str:
        return {VALID: "success", INVALID: "warning"}.get(self.state, "")

    @property
    def label(self) -> str:
        return _("Check again") if self.state else _("Check at VIES")


def of_client(desk: Desk, client: Client) -> Shown | None:
    """For the client's page; None for a number that VIES does not know, or when nobody wants to know."""
    number = checking.number_of(client, on=desk.on)
    check = checking.check_of(client, on=desk.on)
    may_ask = checking.wish(desk.company) != "never" and desk.may("edit", "client", client)
    if number is None or not (check or may_ask):
        return None
    url = client_url(client, "vat") if may_ask and not client.is_deleted else ""
    return _shown(check, url, number) if check else Shown(url=url, number=str(number))


def of_form(desk: Desk, text: str, country_id: str, client: Client | None) -> Shown | None:
    """For the form, as its fields stand; None where there is nothing to ask."""
    if checking.wish(desk.company) == "never":
        return None
    url = reverse("office:client-vat")
    number = numbers.read(text, country_id, on=desk.on)
    check = checking.check_of(client, on=desk.on) if client else None
    if check and number and check.number == str(number) and check.state != ASKED:
        return _shown(check, url, number)
    return Shown(url=url, number=str(number or ""))


def check(desk: Desk, key: str) -> HttpResponse:
    """POST asks about the client's number, GET shows how far it is."""
    client = find(desk, key, "edit")
    if desk.request.method == "POST":
        checking.begin(client, on=desk.on)
    return part(desk, "clients/vat.html", {"vat": of_client(desk, client)})


def look_up(desk: Desk) -> HttpResponse:
    """The same for a number that is being typed. It is never in the way of saving."""
    asked = desk.request.POST if desk.request.method == "POST" else desk.request.GET
    url = reverse("office:client-vat")
    number = numbers.read(asked.get("vat_number", ""), asked.get("country_id", ""), on=desk.on)
    if checking.wish(desk.company) == "never":
        return part(desk, "clients/vat.html", {"vat": None})
    if number is None:
        said = _("VIES knows numbers of the European Union, such as FR40303265045.")
        return part(desk, "clients/vat.html", {"vat": Shown(url=url, sentence=said)})
    if desk.request.method == "POST":
        jobs.look_again(number)
    found = jobs.look_up(number)
    if found is None:
        again = url + "?" + urlencode({"vat_number": str(number), "country_id": asked.get("country_id", "")})
        waiting = Shown(
            ASKED, again, str(number), _("VIES is being asked about %(number)s…") % {"number": number}
        )
        return part(desk, "clients/vat.html", {"vat": waiting})
    return part(desk, "clients/vat.html", {"vat": _found(found, url, number)})


def _found(found: jobs.Found, url: str, number: numbers.VatNumber) -> Shown:
    answer = found.answer
    if answer is None:
        return Shown(UNAVAILABLE, url, str(number), _silent(found.reason, number))
    state = VALID if answer.is_valid else INVALID
    return Shown(
        state, url, str(number), _said(state, number), answer.name, answer.address, answer.consultation
    )


def _shown(check: Check, url: str, number: numbers.VatNumber) -> Shown:
    said = _silent(check.reason, number) if check.state == UNAVAILABLE else _said(check.state, number)
    return Shown(
        check.state,
        url,
        check.number,
        said,
        check.name,
        check.address,
        check.consultation,
        check.at if check.state != ASKED else None,
        check.next_at,
    )


def _said(state: str, number: numbers.VatNumber) -> str:
    sentences = {
        ASKED: _("VIES is being asked about %(number)s…"),
        VALID: _("%(number)s is registered at VIES."),
        INVALID: _("VIES does not know %(number)s: have the client look at it again."),
    }
    return sentences[state] % {"number": number}


def _silent(reason: str, number: numbers.VatNumber) -> str:
    """Whose silence it is: a member state's register, or the service itself."""
    home = country_by_code(number.country)
    if reason.startswith("MS_") and home:
        return _("The register of this country does not answer at the moment: %(country)s.") % {
            "country": name_in(home, locale())
        }
    return _("VIES does not answer at the moment. This says nothing about the number.")

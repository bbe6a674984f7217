"""Companies (contract schemas.json company): the one the caller's token opens, and no other."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import msgspec
from django.conf import settings
from django.core.files.base import File
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.api.resources.switches import Switches
from comptoir.api.resources.wire import documents_of
from comptoir.contract import problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Code, Constant, Flag, Json, Key, Masked, Moment, Settings, Text, Whole
from comptoir.contract.idempotency import once
from comptoir.contract.reading import Reading
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.files import logos
from comptoir.files.operations import attach_files
from comptoir.insight.erasing import empty_company
from comptoir.kernel import ids
from comptoir.numbering import counters
from comptoir.people.closing import choose_company, close_company
from comptoir.people.founding import found_company
from comptoir.people.models import User
from comptoir.preferences import writing
from comptoir.preferences.catalogue import CATALOGUE, Kind
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for, current_company, current_company_id

_SECRETS: Final = tuple(key for key, setting in CATALOGUE.items() if setting.kind is Kind.SECRET)


def logo_link(company: Company) -> str:
    """Where the logo is shown; mails and documents carry it, so that it needs no token."""
    return f"{settings.BASE_URL}/api/v1/companies/{ids.encode(company.pk)}/logo/{company.logo_key}"


def keep_logo(company: Company, sent: Sequence[File[bytes]], *, public: bool, by: Actor, on: date) -> None:
    logos.set_logo(company, sent[0], logo_link(company), by=by, on=on)


def attach(company: Company, sent: Sequence[File[bytes]], *, public: bool, by: Actor, on: date) -> None:
    attach_files(company, sent, by=by, on=on, is_public=public)


def found(fields: Mapping[str, Any], *, by: Actor, on: date) -> Company:
    """One more company of the account, owned by who asks for it."""
    owner = User.objects.get(pk=by.user_id)
    wanted = {**(fields.get("settings") or {}), **({"name": fields["name"]} if fields.get("name") else {})}
    return found_company(current_company().account, wanted, owner=owner, by=by, on=on).company


def change(company: Company, fields: dict[str, Any], *, by: Actor, on: date) -> Company:
    fields.pop("name", None)  # the name of a company that stands is one of its settings
    return update_company(company, fields, by=by, on=on)


class Name(Text):
    """The name of a company to be founded; once it stands, one of its settings says it."""

    hidden = True

    def bind(self, model: type[Any]) -> None:
        self.attribute = self.name


class MailPassword(Masked):
    """Of the company's own mail server; asterisks leave it, "" empties it."""

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        return "" if value == "" else super().take(value, where, reading)


class Companies(Switches, Resource):  # type: ignore[misc]
    path, entity, model = "companies", "company", Company

    id = Key("pk", writable=False)
    name = Name()
    company_key = Text(writable=False)
    custom_fields = Json()
    size_id = Code()
    industry_id = Code()
    subdomain = Text()
    portal_mode = Text(choices=("subdomain", "domain", "iframe"))
    portal_domain = Text()
    settings = Settings()
    enabled_modules = Whole()
    smtp_password = MailPassword(most=512)
    is_large = Flag(writable=False)
    is_disabled = Flag(writable=False)
    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()
    has_e_invoice_certificate = Constant(False)
    has_e_invoice_certificate_passphrase = Constant(False)
    has_quickbooks_token = Constant(False)
    is_quickbooks_token_active = Constant(False)
    legal_entity_id = Constant(0)

    includes = {"documents": documents_of("company")}
    default_includes = ("documents",)
    also_known = ("users", "account", "company_user", "country", "timezone", "language", "ledger")
    create, update = found, change
    uploads = {"documents": attach, "company_logo": keep_logo}

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Company.objects.filter(pk=current_company_id())

    @classmethod
    def finish(cls, row: Row, view: View) -> None:
        """Settings whole, counters among them; a key to somebody else's service is for administrators."""
        with acting_for(Company(pk=ids.decode(row["id"]))):
            shown = writing.full(msgspec.json.decode(row["settings"]), counters.shown())
        if view.who is None or not view.who.may("edit", cls.entity):
            shown |= dict.fromkeys(_SECRETS, "")
        row["settings"] = shown

    @classmethod
    def blank(cls, row: Row, view: View) -> None:
        row["settings"] = writing.full({})

    @route("POST", "current")
    def current(call: Call) -> HttpResponse:
        """The company of the token."""
        return call.one(call.who.company.pk)

    @route("GET", "{id}/logo", verb="view")
    def logo(call: Call) -> HttpResponseBase:
        """The logo's bytes."""
        return _picture(call.row("view"))

    @route("GET", "{id}/logo/{key}", auth="public")
    def public_logo(call: Call) -> HttpResponseBase:
        """The logo's bytes, for whoever has its link."""
        company = Company.objects.filter(pk=call.key()).first()
        if company is None or not secrets.compare_digest(
            call.params["key"].encode(), company.logo_key.encode()
        ):
            raise problems.no_route()
        return _picture(company)

    @route("POST", "{id}/default", verb="edit")
    def make_default(call: Call) -> HttpResponse:
        """Open this company first when its users sign in."""
        return _tell(call, choose_company, _("This company opens first from now on."))

    @route("DELETE", "{id}", verb="edit", password=True)
    def close(call: Call) -> HttpResponse:
        """Close the company to everybody, which its owner alone may do; its records stay."""
        if not call.who.membership.is_owner:  # type: ignore[attr-defined]
            raise problems.Forbidden
        return _tell(call, close_company, _("The company is closed. Its records are kept."))

    @route("POST", "purge/{id}", verb="edit", password=True)
    def purge(call: Call) -> HttpResponse:
        """Erase every record and every setting, which the owner alone may do."""
        return _emptied(call, keeps_settings=False)

    @route("POST", "purge_save_settings/{id}", verb="edit", password=True)
    def purge_records(call: Call) -> HttpResponse:
        """Erase every record; what was set up stays."""
        return _emptied(call, keeps_settings=True)

    @route("POST", "/migration/purge/{id}", verb="edit", password=True)
    def purge_as_before(call: Call) -> HttpResponse:
        """The same as companies/purge (older apps)."""
        return _emptied(call, keeps_settings=False)

    @route("POST", "/migration/purge_save_settings/{id}", verb="edit", password=True)
    def purge_records_as_before(call: Call) -> HttpResponse:
        """The same as companies/purge_save_settings (older apps)."""
        return _emptied(call, keeps_settings=True)


def _emptied(call: Call, *, keeps_settings: bool) -> HttpResponse:
    """Raises Forbidden for anybody but the owner."""
    call.need("edit")
    if not call.who.membership.is_owner:  # type: ignore[attr-defined]
        raise problems.Forbidden
    sentence = _("The records are erased.") if keeps_settings else _("The records and settings are erased.")
    return _tell(call, partial(empty_company, keeps_settings=keeps_settings), sentence)


def _tell(call: Call, change: Callable[..., Company], sentence: str) -> HttpResponse:
    """Run a change of the whole company that answers with a message."""
    company = call.row("edit")

    def work() -> HttpResponse:
        change(company, by=call.who.actor, on=call.who.today)
        return call.message(sentence)

    return once(call, lambda: work)


def _picture(company: Company) -> HttpResponseBase:
    found = logos.logo(company)
    if found is None:
        raise problems.no_route()
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Cache-Control"] = "private, max-age=86400"
    return found

"""A company emptied for good: its records, and its settings unless they stay (routes.json companies)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.models import Job
from comptoir.activity.operations import operation, tell
from comptoir.catalogue.models import PaymentTerm
from comptoir.clients.models import Client
from comptoir.clients.purging import purge_client
from comptoir.clients.retention import kept_until
from comptoir.files import shelves
from comptoir.kernel.refused import Refused
from comptoir.people.facts import CompanyEmptied
from comptoir.reference import DEFAULT_PAYMENT_TERMS
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.rows import CompanyOwned

_ALWAYS: Final = {
    *("people.Membership", "people.Token", "api.IdempotentAnswer"),
    *("sealing.Seal", "sealing.Chain"),  # the chain keeps its links (decision C18)
}
"""What is left of a company that was emptied: who works there, and that something was erased."""

_SETTINGS: Final = {
    *("catalogue.TaxRate", "catalogue.PaymentTerm", "clients.Group", "designs.Design", "numbering.Counter"),
    *("gateways.CompanyGateway", "webhooks.Webhook", "tagging.Tag", "imports.SavedMapping"),
}
"""What somebody has set up, beside the settings themselves."""

_IDENTITY: Final = ("name", "country_id", "currency_id", "language_id", "timezone_id")


@operation
def empty_company(company: Company, *, keeps_settings: bool, by: Actor, on: date) -> Company:
    """Erase every record of the company in scope; with ``keeps_settings`` what was set up stays.

    All or nothing. Raises Refused at ``id`` while the law wants documents kept (decision C18).
    """
    lock(company)
    _refuse_kept(on)
    for client in Client.objects.order_by("pk"):
        purge_client(client, by=by, on=on)
    staying = _ALWAYS | (_SETTINGS if keeps_settings else set())
    tables = [table for table in _tables() if table._meta.label not in staying]
    shelves.remove_once_committed(list(_paths(tables)))
    _erase(tables)
    Job.objects.filter(company=company, state=Job.State.QUEUED).delete()
    if not keeps_settings:
        _forget_settings(company)
    tell(CompanyEmptied(company, actor=by))
    return company


def _refuse_kept(on: date) -> None:
    issued = [
        table.objects.exclude(status_id=1).order_by("-date").values_list("date", flat=True).first()
        for table in (Invoice, Credit)
    ]
    last_days = [kept_until(each) for each in issued if each is not None]
    last_day = max((each for each in last_days if each is not None), default=None)
    if last_day and on <= last_day:
        raise Refused(
            "id",
            _("The law keeps this company’s documents until %(day)s: close the company instead.")
            % {"day": date_format(last_day, "DATE_FORMAT")},
        )


def _tables() -> list[type[Any]]:
    """Every table of companies."""
    return [table for table in apps.get_models() if issubclass(table, CompanyOwned)]


def _paths(tables: Iterable[type[Any]]) -> Iterator[str]:
    """Where bytes lie that no record will name any more."""
    for table in tables:
        if any(field.name == "path" for field in table._meta.concrete_fields):
            yield from table.objects.exclude(path="").values_list("path", flat=True)


def _erase(tables: list[type[models.Model]]) -> None:
    """Those first that nothing holds on to."""
    while tables:
        held = [table for table in tables if not _erased(table)]
        if len(held) == len(tables):
            raise RuntimeError(f"These hold on to each other: {held}")
        tables = held


def _erased(table: type[Any]) -> bool:
    try:
        with transaction.atomic():
            table.objects.all().delete()
    except ProtectedError:
        return False
    return True


def _forget_settings(company: Company) -> None:
    """Only what a new company is asked for stays; the usual payment terms are there again."""
    company.settings = {key: company.settings[key] for key in _IDENTITY if key in company.settings}
    company.switches, company.custom_fields, company.smtp_password = {}, {}, ""
    company.save()
    PaymentTerm.objects.bulk_create([PaymentTerm(num_days=days) for days in DEFAULT_PAYMENT_TERMS])

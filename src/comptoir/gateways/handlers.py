"""What follows when a method is removed, or a client is merged or erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import Retry, job
from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows

from . import following
from .interface import Misconfigured, Unreachable
from .models import CompanyGateway, StoredMethod
from .registry import gateway_of

FORGET = "gateways.forget"
FOLLOW_METHODS = "gateways.follow_methods"
IMPORT_CUSTOMERS = "gateways.import_customers"


@job(FORGET)
def forget_method(*, id: int, **_: object) -> None:  # noqa: A002
    """The provider drops it, unless it came back meanwhile."""
    row = StoredMethod.objects.filter(pk=id, deleted_at__isnull=False).select_related("gateway").first()
    if row is None or not row.token:
        return
    try:
        gateway_of(row.gateway).forget(row.token)
    except Misconfigured:
        return  # the provider does not know us any more: there is nothing that it could charge


@job(FOLLOW_METHODS)
def follow(*, gateway: int) -> None:
    """Bring stored methods up to date."""
    _with(gateway, following.follow_methods)


@job(IMPORT_CUSTOMERS)
def import_customers(*, gateway: int) -> None:
    """Make clients of the provider's customers."""
    _with(gateway, following.import_customers)


def _with(gateway: int, work: Callable[..., int]) -> None:
    row = CompanyGateway.objects.filter(pk=gateway, deleted_at=None).select_related("company").first()
    if row is None:
        return
    on = timezone.now().astimezone(row.company.zone).date()
    try:
        work(row, by=SYSTEM, on=on)
    except Unreachable as fault:
        raise Retry(timedelta(minutes=5), str(fault)) from fault


def move_methods(fact: ClientMerged) -> None:
    """Of two preferred ones, that of the client who stays is charged."""
    StoredMethod.objects.filter(client_id=fact.absorbed.pk).update(is_default=False)
    move_rows(fact, StoredMethod)
    rows = StoredMethod.objects.usable().filter(client_id=fact.subject.pk)
    last = rows.order_by("-pk").first()
    if last is not None and not rows.filter(is_default=True).exists():
        last.is_default = True
        last.save(update_fields=["is_default", "updated_at"])


def erase_methods(fact: ClientPurged) -> None:
    erase_rows(fact, StoredMethod)

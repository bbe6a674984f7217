"""Methods that clients stored with a provider: kept, preferred, removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.clients.models import Client
from comptoir.tenancy.locking import lock

from . import facts, rules
from .interface import Stored
from .models import CompanyGateway, StoredMethod


@operation
def keep_method(
    client: Client, gateway: CompanyGateway, stored: Stored, *, by: Actor, on: date
) -> StoredMethod:
    """Keep what the provider keeps for us; the first one is the one to charge. Twice is once."""
    lock(client)
    known = StoredMethod.objects.live().filter(client=client, gateway=gateway, token=stored.token).first()
    if known is not None:
        known.meta = dict(stored.meta)
        known.save(update_fields=["meta", "updated_at"])
        tell(facts.MethodUpdated(known, actor=by))
        return known
    fields = {
        "client": client, "gateway": gateway, "gateway_type_id": stored.way, "token": stored.token,
        "gateway_customer_reference": stored.customer, "meta": dict(stored.meta),
    }  # fmt: skip
    return add_method(fields, by=by, on=on)


@operation
def add_method(fields: Mapping[str, Any], *, by: Actor, on: date) -> StoredMethod:
    """Raises Refused at client_id, company_gateway_id or gateway_type_id."""
    rules.refuse_incomplete_method(fields)
    lock(fields["client"])
    row = StoredMethod(**{name: value for name, value in fields.items() if value is not None})
    row.is_default = not StoredMethod.objects.usable().filter(client=row.client, is_default=True).exists()
    row.save(force_insert=True)
    tell(facts.MethodStored(row, actor=by))
    return row


@operation
def update_method(row: StoredMethod, fields: Mapping[str, Any], *, by: Actor, on: date) -> StoredMethod:
    """Change what is known about it; whose it is and where it is kept stay."""
    lock(row)
    shelving.refuse_deleted(row)
    names = ("token", "gateway_customer_reference", "gateway_type_id", "meta", "routing_number")
    changes = changed(row, {name: fields[name] for name in names if fields.get(name) is not None})
    row.save()
    tell(facts.MethodUpdated(row, actor=by, changes=dict.fromkeys(changes, ("", ""))))
    return row


@operation
def prefer_method(row: StoredMethod, *, by: Actor, on: date) -> StoredMethod:
    """Charge this one from now on."""
    lock(row, row.client)
    shelving.refuse_deleted(row)
    others = StoredMethod.objects.filter(client_id=row.client_id, is_default=True).exclude(pk=row.pk)
    others.update(is_default=False, updated_at=timezone.now())
    row.is_default = True
    row.save(update_fields=["is_default", "updated_at"])
    tell(facts.MethodPreferred(row, actor=by))
    return row


@operation
def archive_method(row: StoredMethod, *, by: Actor, on: date) -> StoredMethod:
    """Charged no more."""
    lock(row.client)
    shelving.archive(row)
    _hand_over(row)
    tell(facts.MethodRemoved(row, actor=by))
    return row


@operation
def remove_method(row: StoredMethod, *, by: Actor, on: date) -> StoredMethod:
    """Charged no more; the worker lets the provider forget it, too."""
    lock(row.client)
    shelving.delete(row)
    _hand_over(row)
    tell(facts.MethodRemoved(row, actor=by))
    return row


@operation
def restore_method(row: StoredMethod, *, by: Actor, on: date) -> StoredMethod:
    shelving.restore(row)
    tell(facts.MethodRestored(row, actor=by))
    return row


def wants_forgetting(fact: facts.MethodRemoved) -> bool:
    """Deleted for good, not put aside."""
    return fact.subject.is_deleted


def _hand_over(row: StoredMethod) -> None:
    """The next one is charged instead."""
    if not row.is_default:
        return
    row.is_default = False
    row.save(update_fields=["is_default", "updated_at"])
    rest = StoredMethod.objects.usable().filter(client_id=row.client_id).order_by("-pk").first()
    if rest is not None:
        rest.is_default = True
        rest.save(update_fields=["is_default", "updated_at"])

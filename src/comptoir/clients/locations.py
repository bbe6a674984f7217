"""Locations: named alternative addresses of a client, chosen per document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.refused import Refused
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import facts, rules
from .columns import too_long, written
from .models import CUSTOM, Location

EDITABLE: Final = frozenset(
    {
        "assigned_user",
        "name",
        "address1",
        "address2",
        "city",
        "state",
        "postal_code",
        "country_id",
        "is_shipping_location",
        *CUSTOM,
    }
)


@operation
def create_location(fields: Mapping[str, Any], *, by: Actor, on: date) -> Location:
    """Add an address to the client in ``fields``. Raises Refused at ``client_id`` or the field."""
    client = fields.get("client")
    if client is None:
        raise Refused("client_id", _("Choose a client."))
    rules.refuse_gone(client)
    values = _checked(fields)
    location = Location(company=current_company(), client=client, user_id=by.user_id, **values)
    location.country_id = location.country_id or client.country_id
    location.save()
    return _tell(location, facts.LocationCreated, by=by)


@operation
def update_location(location: Location, fields: Mapping[str, Any], *, by: Actor, on: date) -> Location:
    """Change an address; it stays with its client. Issued documents keep the one they have."""
    lock(location)
    shelving.refuse_deleted(location)
    changes = changed(location, _checked(fields))
    location.save()
    return _tell(location, facts.LocationUpdated, by=by, changes=changes)


@operation
def archive_location(location: Location, *, by: Actor, on: date) -> Location:
    """No longer offered."""
    shelving.archive(location)
    return _tell(location, facts.LocationArchived, by=by)


@operation
def delete_location(location: Location, *, by: Actor, on: date) -> Location:
    """Out of every list, until restored."""
    shelving.delete(location)
    return _tell(location, facts.LocationDeleted, by=by)


@operation
def restore_location(location: Location, *, by: Actor, on: date) -> Location:
    """Bring it back."""
    shelving.restore(location)
    return _tell(location, facts.LocationRestored, by=by)


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    values = written(Location, fields, EDITABLE)
    errors: dict[str, list[Any]] = {}
    for name, sentence in (*too_long(Location, values), *rules.faults_of_countries(values)):
        errors.setdefault(name, []).append(sentence)
    if errors:
        raise Refused.many(errors)
    return values


def _tell(location: Location, fact: type[facts.LocationFact], *, by: Actor, **more: Any) -> Location:
    tell(fact(location, actor=by, refs={"client": location.client}, notes=location.name, **more))
    return location

"""Groups: one set of settings for many clients (S104 to S109)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.writing import sparse
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import facts
from .columns import too_long, written
from .models import Client, Group

EDITABLE: Final = frozenset({"name"})


@operation
def create_group(fields: Mapping[str, Any], *, by: Actor, on: date) -> Group:
    """Add a group. Raises Refused at ``name`` (empty, or another group has it) or ``settings``."""
    group = Group(company=current_company(), **written(Group, fields, EDITABLE))
    group.settings = _own_settings(group, fields.get("settings"))
    _save(group)
    tell(facts.GroupCreated(group, actor=by))
    return group


@operation
def update_group(group: Group, fields: Mapping[str, Any], *, by: Actor, on: date) -> Group:
    """Change its name; ``settings``, when sent, replace those it had. Clients without an own value follow.

    Raises WrongState for a deleted group.
    """
    lock(group)
    shelving.refuse_deleted(group)
    values = written(Group, fields, EDITABLE)
    if "settings" in fields:
        values["settings"] = _own_settings(group, fields["settings"])
    currency = group.settings.get("currency_id")
    changes = changed(group, values)
    _save(group)
    if group.settings.get("currency_id") != currency:
        _show_again(group)
    tell(facts.GroupUpdated(group, actor=by, changes=changes))
    return group


@operation
def archive_group(group: Group, *, by: Actor, on: date) -> Group:
    """No longer offered; the clients in it keep it and its settings."""
    shelving.archive(group)
    tell(facts.GroupArchived(group, actor=by))
    return group


@operation
def delete_group(group: Group, *, by: Actor, on: date) -> Group:
    """Out of the lists, its name free again. The clients in it keep its settings until they are moved."""
    shelving.delete(group)
    tell(facts.GroupDeleted(group, actor=by))
    return group


@operation
def restore_group(group: Group, *, by: Actor, on: date) -> Group:
    """Bring it back. Raises Refused at ``name`` when another group has taken the name since."""
    _refuse_taken(group)
    shelving.restore(group)
    tell(facts.GroupRestored(group, actor=by))
    return group


def _own_settings(group: Group, sent: Mapping[str, Any] | None) -> dict[str, Any]:
    inherited = str(Preferences((current_company().settings,)).currency_id)
    return sparse(sent or {}, group.settings, inherited)


def _save(group: Group) -> None:
    if not group.name:
        raise Refused("name", _("Give the group a name."))
    for name, sentence in too_long(Group, {"name": group.name}):
        raise Refused(name, sentence)
    _refuse_taken(group)
    try:
        group.save()
    except IntegrityError as error:  # another writer took the name a moment before
        if "group_name_once" in str(error) or "clients_group.name" in str(error):
            raise Refused("name", _TAKEN) from error
        raise


def _refuse_taken(group: Group) -> None:
    if Group.objects.live().filter(name=group.name).exclude(pk=group.pk).exists():
        raise Refused("name", _TAKEN)


_TAKEN: Final = gettext_lazy("Another group has this name already.")


def _show_again(group: Group) -> None:
    """The wire shows the currency in force on each client: those who ask for changes see it."""
    Client.objects.filter(group=group).update(updated_at=timezone.now())

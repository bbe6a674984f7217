from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.refused import Refused
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Company
from comptoir.tenancy.switches import DEFAULTS

from . import secrets
from .facts import CompanyUpdated
from .writing import overlay


@operation
def update_company(
    company: Company,
    fields: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
) -> Company:
    """Change a company: its columns, its switches by their names, and ``settings`` (absent keys stay).

    The activity names each setting that changed, secrets without their values. Raises Refused with
    every faulty setting at once.
    """
    lock(company)
    columns = {name: fields[name] for name in fields if name not in DEFAULTS and name != "settings"}
    switches = {**company.switches, **{name: fields[name] for name in fields if name in DEFAULTS}}
    columns["smtp_password"] = secrets.kept_password(company, fields)
    _refuse_unknown(columns)
    sent = fields.get("settings") or {}
    settings = overlay(company.settings, sent)
    changes = _differences(company.settings, settings) | _differences(company.switches, switches)
    changes |= changed(company, columns)
    company.settings, company.switches = settings, {k: v for k, v in switches.items() if v != DEFAULTS[k]}
    company.save()
    tell(CompanyUpdated(company, actor=by, changes=_masked(changes), sent=sent, notes=_("Settings")))
    return company


def _refuse_unknown(columns: Mapping[str, Any]) -> None:
    known = {field.attname for field in Company._meta.concrete_fields} - {"id", "account_id", "company_key"}
    unknown = {name: [_("This cannot be changed.")] for name in columns if name not in known}
    if unknown:
        raise Refused.many(unknown)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = sorted({*old, *new})
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _masked(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Changes as the activity may show them."""
    hidden = secrets.KEYS | {"smtp_password"}
    return {
        name: tuple(value and secrets.MASK for value in pair) if name in hidden else pair  # type: ignore[misc]
        for name, pair in changes.items()
    }

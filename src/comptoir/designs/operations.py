"""Everything that can be done to a company's own designs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import PARTS, Design


@operation
def create_design(fields: Mapping[str, Any], *, by: Actor, on: date) -> Design:
    """Raises Refused at name, entities, ``design`` or one of its parts."""
    design = Design()
    _take(design, fields)
    design.save(force_insert=True)
    tell(facts.DesignCreated(design, actor=by))
    return design


@operation
def update_design(design: Design, fields: Mapping[str, Any], *, by: Actor, on: date) -> Design:
    """Documents are printed with the new text from now on. Parts that are not sent stay as they are."""
    lock(design)
    shelving.refuse_deleted(design)
    changes = _take(design, fields)
    design.save()
    tell(facts.DesignUpdated(design, actor=by, changes=changes))
    return design


def _take(design: Design, fields: Mapping[str, Any]) -> Any:
    sent = dict(fields)
    if "parts" in sent or design._state.adding:
        parts = {**dict.fromkeys(PARTS, ""), **design.parts, **(sent.get("parts") or {})}
        rules.refuse_odd_parts(parts)
        sent["parts"] = parts
    if "name" in sent:
        sent["name"] = str(sent["name"]).strip()
    before = design.parts
    changes = changed(design, sent)
    if changes.pop("parts", None):
        changes["design"] = ("", ", ".join(part for part in PARTS if before.get(part) != design.parts[part]))
    rules.refuse_odd_name(design)
    rules.refuse_odd_kinds(design)
    return changes


@operation
def archive(design: Design, *, by: Actor, on: date) -> Design:
    """Out of the lists to choose from; documents that have it keep it."""
    shelving.archive(design)
    tell(facts.DesignArchived(design, actor=by))
    return design


@operation
def delete(design: Design, *, by: Actor, on: date) -> Design:
    """Documents that have it are printed in Clean from now on."""
    shelving.delete(design)
    tell(facts.DesignDeleted(design, actor=by))
    return design


@operation
def restore(design: Design, *, by: Actor, on: date) -> Design:
    """Raises Refused at name when another design has taken it since."""
    if design.is_deleted:
        rules.refuse_odd_name(design)
    shelving.restore(design)
    tell(facts.DesignRestored(design, actor=by))
    return design

"""When an import may not begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.files.base import File as Content
from django.utils.translation import gettext as _

from comptoir.files import names
from comptoir.files.types import begins_like
from comptoir.kernel.refused import Refused, WrongState

from .cells import ORDERS
from .declaring import Entity
from .entities import ENTITIES
from .models import Import
from .sheets import MOST_BYTES, TYPES

DUPLICATES: Final = ("skip", "update", "create")


def entity_of(key: str) -> Entity:
    """Raises Refused at ``import_type``."""
    if key not in ENTITIES:
        raise Refused("import_type", _("Records of this kind cannot be imported from a file."))
    return ENTITIES[key]


def refuse_upload(upload: Content[bytes] | None) -> str:
    """The type of a file that may be tried. Raises Refused at ``file``."""
    if upload is None:
        raise Refused("file", _("Choose a file."))
    kind = names.extension(names.clean(upload.name or ""))
    if kind not in TYPES:
        raise Refused("file", _("Choose a CSV, TXT or XLSX file."))
    if not upload.size:
        raise Refused("file", _("The file is empty."))
    if upload.size > MOST_BYTES:
        raise Refused(
            "file", _("The file is too large: at most %(most)s MB.") % {"most": MOST_BYTES // 1_000_000}
        )
    upload.seek(0)
    if not begins_like("csv" if kind == "tsv" else kind, upload.read(65_536)):
        raise Refused("file", _("The file is not what its name says: open it and save it again."))
    return kind


def refuse_choices(entity: Entity, choices: Mapping[str, Any]) -> None:
    """Raises Refused at ``mapping``, ``duplicates``, ``matched_by``, ``decimal`` or ``day_order``."""
    columns = {column.id: column for column in entity.columns()}
    mapping: Mapping[str, str] = choices["mapping"]
    errors: dict[str, list[Any]] = {}
    for place, name in mapping.items():
        if name not in columns:
            errors.setdefault(f"mapping.{place}", []).append(_("There is no such column."))
        elif not columns[name].again and list(mapping.values()).count(name) > 1:
            said = _("“%(column)s” is chosen twice.") % {"column": columns[name].label}
            errors.setdefault(f"mapping.{place}", []).append(said)
    if not errors and (sentence := entity.lacking({int(place): name for place, name in mapping.items()})):
        errors["mapping"] = [sentence]
    if choices["duplicates"] not in DUPLICATES:
        errors["duplicates"] = [_("Choose what happens to records that are there already.")]
    if not set(choices["matched_by"]) <= set(entity.keys):
        errors["matched_by"] = [_("Choose by what known records are recognised.")]
    if choices["decimal"] not in (".", ",") or choices["day_order"] not in ORDERS:
        errors["decimal"] = [_("Choose how numbers and days are written.")]
    if errors:
        raise Refused.many(errors)


def refuse_begun(run: Import) -> None:
    """A file is imported once. Raises WrongState."""
    if not run.is_open:
        raise WrongState(_("This file has been imported already: upload it again."))


def refuse_running(run: Import) -> None:
    """Raises WrongState while the worker is at it."""
    if run.is_running:
        raise WrongState(_("This import is running: stop it first."))


def mapping_of(sent: Sequence[tuple[int, str]]) -> dict[str, str]:
    """The places that are used, as they are stored."""
    return {str(place): name for place, name in sent if name}

"""The bytes of uploads: kept for a day, or until their import is done."""

from __future__ import annotations

import secrets

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from comptoir.files import shelves
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.scope import current_company_id

from . import sheets
from .models import Import


def keep(content: bytes, kind: str) -> str:
    """Where the bytes lie from now on; no word of a person is in it."""
    folder = keys.digest(keys.derive("folder:company", current_company_id()))[:32]
    path = f"{folder}/imports/{secrets.token_hex(20)}.{kind}"
    return shelves.storage().save(path, ContentFile(content))


def read(run: Import) -> bytes:
    """Raises Refused at ``file`` when the bytes are gone."""
    try:
        with shelves.storage().open(run.path) as content:
            return bytes(content.read())
    except (FileNotFoundError, ValueError):
        raise Refused("file", _("The file is not here any more: upload it again.")) from None


def head(run: Import, most: int) -> list[sheets.Row]:
    """The first rows, headings too. Raises Refused at ``file`` and the names of the manner."""
    return sheets.rows(read(run), run.type, run.manner, most)


def remove_once_committed(run: Import) -> None:
    """Take the bytes away when the transaction has succeeded."""
    if run.path:
        shelves.remove_once_committed([run.path])

"""The company's logo: one picture, decoded and written anew, that anybody may look at."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.files.base import File as Content
from django.db.models import Model
from django.http import FileResponse
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.kernel.refused import Refused
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company

from . import names, pictures, shelves
from .types import INLINE, content_type

MOST_KB: Final = 10_000
"""The largest upload (contract schemas, company)."""

MOST_SIDE: Final = 1_200
"""Pixels: sharp on paper, light in a mail."""


def set_logo(company: Company, upload: Content[bytes], link: str, *, by: Actor, on: date) -> Company:
    """Keep a picture as the company's logo in place of the one before; ``link`` is where it is shown.

    Raises Refused at company_logo.
    """
    before = str(company.switch("logo_path"))
    path = shelve_picture(company, upload, "company_logo")
    update_company(company, {"logo_path": path, "settings": {"company_logo": link}}, by=by, on=on)
    shelves.remove_once_committed([before] if before else [])
    return company


def shelve_picture(owner: Model, upload: Content[bytes], field: str) -> str:
    """Write a logo of a record anew and keep it; its path in the storage. Raises Refused at ``field``."""
    type_ = names.extension(upload.name or "")
    if type_ not in INLINE:
        raise Refused(field, _("A logo is a PNG, JPEG, GIF or WebP picture."))
    if upload.size > MOST_KB * 1024:
        raise Refused(field, _("The logo is too large: at most 10 MB."))
    try:
        picture = pictures.reencode(upload, type_, most_side=MOST_SIDE)
    except (pictures.Damaged, pictures.TooManyPixels):
        raise Refused(field, _("This picture cannot be read.")) from None
    return shelves.shelve(owner, picture, type_).path


def logo(company: Company) -> FileResponse | None:
    """The picture itself, or None where there is none."""
    return picture_at(str(company.switch("logo_path")))


def picture_at(path: str) -> FileResponse | None:
    """The picture of a path, or None where there is none."""
    if not path or not shelves.storage().exists(path):
        return None
    return FileResponse(shelves.storage().open(path), content_type=content_type(path.rpartition(".")[2]))

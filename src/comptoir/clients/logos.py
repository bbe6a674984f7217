"""The logo of a client: one picture, which its contacts choose in the portal (S100)."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File as Content

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.files import shelves
from comptoir.files.logos import shelve_picture
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Client

FIELD = "logo"


def set_logo(client: Client, upload: Content[bytes], *, by: Actor, on: date) -> Client:
    """Keep a picture in place of the one before. Raises Refused at ``logo``, WrongState once deleted."""
    return _put(client, shelve_picture(client, upload, FIELD), by=by)


def remove_logo(client: Client, *, by: Actor, on: date) -> Client:
    """Go without one."""
    return _put(client, "", by=by) if client.logo_path else client


@operation
def _put(client: Client, path: str, *, by: Actor) -> Client:
    lock(client)
    rules.refuse_gone(client)
    before, client.logo_path = client.logo_path, path
    client.save(update_fields=["logo_path", "updated_at"])
    shelves.remove_once_committed([before] if before else [])
    tell(facts.ClientLogoChanged(client, actor=by))
    return client

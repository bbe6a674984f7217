"""Attached files on the wire, which calls them documents (contract rules 21; schemas.json document)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.activity import kinds
from comptoir.activity.actors import Actor
from comptoir.api.resources.wire import Dated
from comptoir.contract import answers
from comptoir.contract.actions import Action
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Constant, Derived, Flag, Key, Text, Whole
from comptoir.contract.filters import Rows, key, when, words
from comptoir.contract.idempotency import once
from comptoir.contract.problems import Forbidden, not_found
from comptoir.contract.resources import Resource
from comptoir.files import operations, serving
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.files.queries import owner_of
from comptoir.files.types import TYPES
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys

_PICTURES: Final = tuple(name for name, kind in TYPES.items() if kind.picture)
GROUP: Final = "group"
"""The word for its table: it is a setting, and no kind of records."""


def entity_of(word: str) -> str:
    """The word in permissions for the records of a table."""
    return "group_setting" if word == GROUP else kinds.entity_of(word)


def owned_by(kind: str) -> Derived:
    """The record's id where it is of this kind, else ""."""
    return Derived(lambda own, pk: ids.encode(pk) if own == kind else "", "owner_kind", "owner_id")


def link(word: str, pk: int) -> str:
    """Where the record stands in an app; "" for the company."""
    kind = kinds.find(word)
    page = kind.plural if kind else "settings/group_settings" if word == GROUP else ""
    return f"/{page}/{ids.encode(pk)}/edit" if page else ""


def address(pk: int) -> str:
    return f"{settings.BASE_URL}/api/v1/documents/{ids.encode(pk)}/download"


def delete(files: Sequence[File], *, by: Actor, on: date) -> None:
    operations.delete_files(files, by=by, on=on)


def deleted(call: Call, rows: Sequence[models.Model]) -> HttpResponseBase:
    return answers.message(_("Success"))


def download(call: Call, rows: Sequence[Any]) -> HttpResponseBase:
    """One file as it is, several in a ZIP."""
    if len(rows) == 1:
        return serving.download(rows[0])
    return serving.zip_download(rows, "documents.zip")


def of_company(rows: Rows, value: str, who: Any) -> Rows:
    return rows.filter(owner_kind="company") if value == "true" else rows


class Documents(Dated, Resource):
    path, entity, model = "documents", "document", File

    id = Key("pk", writable=False)
    user_id = Key(writable=False)
    assigned_user_id = Constant("")
    project_id = owned_by("project")
    vendor_id = owned_by("vendor")
    name = Text()
    type = Text(writable=False)
    disk = Constant("public")
    hash = Derived(lambda seed: keys.derive("file", seed), "key_seed")
    size = Whole(writable=False)
    width = Whole(writable=False)
    height = Whole(writable=False)
    is_default = Flag()
    is_public = Flag(default=True)
    preview = Constant("")
    url = Derived(address, "id")
    link = Derived(link, "owner_kind", "owner_id")

    search = ("name",)
    filters = {
        "type": words(
            {
                "public": Q(is_public=True),
                "private": Q(is_public=False),
                "pdf": Q(type="pdf"),
                "image": Q(type__in=_PICTURES),
                "other": ~Q(type__in=("pdf", *_PICTURES)),
            }
        ),
        "client_id": key("client_id"),
        "company_documents": of_company,
        "is_default": when(Q(is_default=True)),
    }
    update = operations.update_file
    actions = {
        "archive": Action(operations.archive_files, many=True),
        "restore": Action(operations.restore_files, many=True),
        "delete": Action(delete, many=True, password=True, answer=deleted),
        "download": Action(verb="view", many=True, answer=download),
    }
    passwords = frozenset({"delete"})

    @route("POST", "/documents", verb="create")
    def keep(call: Call) -> HttpResponse:
        """Attach one file to the company (``file`` or ``documents[]``); a record's own go to its upload."""
        call.need("edit", entity="company")
        sent = [*call.files.get("file", []), *call.files.get("documents", [])]
        if len(sent) != 1:
            raise Refused("file", _("Send one file."))

        def work() -> HttpResponse:
            public = call.asked("is_public") not in (False, "false", "0", 0)
            (kept,) = attach_files(
                call.who.company, sent, by=call.who.actor, on=call.who.today, is_public=public
            )
            return call.one(kept.pk)

        return once(call, lambda: work)

    @route("GET", "{id}/download")
    def bytes_of(call: Call) -> HttpResponseBase:
        """The file's bytes, for whoever may see documents or the record that carries it (S31)."""
        file = File.objects.filter(pk=call.key()).first()
        if file is None:
            raise not_found()
        owner = owner_of(file)
        if not (
            call.who.may("view", "document", file)
            or (owner is not None and call.who.may("view", entity_of(file.owner_kind), owner))
        ):
            raise Forbidden
        try:
            return serving.download(file)
        except FileNotFoundError:
            raise not_found() from None

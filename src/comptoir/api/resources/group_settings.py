"""Groups on the wire (contract schemas.json group_setting; decisions P1, P2, P4)."""

from __future__ import annotations

from typing import Final

import msgspec

from comptoir.api.resources.printing import attach
from comptoir.api.resources.wire import Dated, documents_of
from comptoir.clients import groups
from comptoir.clients.models import Group
from comptoir.contract.fields import Key, Settings, Text
from comptoir.contract.filters import contains
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.preferences.writing import shown

_BLANK: Final = msgspec.json.encode(shown({})).decode()


class GroupValues(Settings):
    """What the group sets, with the constants that apps expect in the object."""

    def form(self, column: str, vendor: str) -> str:
        if vendor == "sqlite":
            return f"json_patch('{_BLANK}', {column})"
        return f"('{_BLANK}'::jsonb || {column})::text"


class GroupSettings(Dated, Resource):
    path, entity, model = "group_settings", "group_setting", Group

    id = Key("pk", writable=False)
    name = Text(required=True)
    settings = GroupValues()

    includes = {"documents": documents_of("group")}
    default_includes = ("documents",)
    search = ("name",)
    filters = {"name": contains("name")}
    create, update = groups.create_group, groups.update_group
    actions = {
        "archive": groups.archive_group,
        "restore": groups.restore_group,
        "delete": groups.delete_group,
    }
    removes = "archive"
    uploads = {"documents": attach}

    @classmethod
    def blank(cls, row: Row, view: View) -> None:
        row["settings"] = shown({})

"""Activities as apps print them: names with ids, instead of ids alone (contract rules 7, reactv2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from comptoir.activity.kinds import entity_of
from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.kernel import ids

PEOPLE: Final = {"contact": "clients"}
"""On whose page such a person is shown."""

OTHER_KIND: Final = 61
"""The type of a fact that the wire has no number for (decision A2)."""


def labelled(rows: Iterable[Activity]) -> list[dict[str, Any]]:
    """One object for each activity, the client's name always among its labels."""
    activities = list(rows)
    names = _names({row.client_id for row in activities if row.client_id and "client" not in row.mentions})
    return [_labelled(row, names) for row in activities]


def _labelled(row: Activity, names: dict[int, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for kind, (pk, label) in row.mentions.items():
        word = entity_of(kind)
        shown[word] = _label(pk, label, PEOPLE.get(word))
    if row.client_id in names:
        shown["client"] = _label(row.client_id, names[row.client_id])
    if row.actor_kind in ("user", "contact") and row.actor_id:
        shown[row.actor_kind] = _label(row.actor_id, row.actor_name, PEOPLE.get(row.actor_kind))
    key = ids.encode(row.pk)
    return {
        **shown,
        "activity_type_id": row.code or OTHER_KIND,
        "id": key,
        "hashed_id": key,
        "notes": row.notes,
        "created_at": int(row.created_at.timestamp()),
        "ip": row.ip,
    }


def _label(pk: int, label: str, page: str | None = None) -> dict[str, str]:
    named = {"label": label, "hashed_id": ids.encode(pk)}
    return {**named, "contact_entity": page} if page else named


def _names(keys: set[int]) -> dict[int, str]:
    return dict(Client.objects.filter(pk__in=keys).values_list("pk", "display_name")) if keys else {}

"""How many records of each kind a client has: one question for all the tiles of its page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db import connection
from django.db.models import Count

from comptoir.clients.models import Client
from comptoir.office.desk import Desk
from comptoir.office.modules import Module

Counts = tuple[int, int]
"""Active and archived ones; deleted ones do not count."""


def counts(desk: Desk, client: Client, modules: Iterable[Module]) -> dict[str, Counts]:
    """By the key of the module. Who sees only their own records has them counted one kind at a time."""
    whole = [module for module in modules if desk.may("view", module.entity)]
    own = [module for module in modules if module not in whole]
    return _all(client, whole) | {module.key: _own(desk, client, module) for module in own}


def _all(client: Client, modules: list[Module]) -> dict[str, Counts]:
    if not modules:
        return {}
    tables = tuple((module.key, module.model._meta.db_table) for module in modules)
    with connection.cursor() as cursor:
        cursor.execute(_question(tables), [client.company_id, client.pk] * len(tables))
        return {key: (kept - archived, archived) for key, kept, archived in cursor.fetchall()}


@lru_cache(maxsize=16)
def _question(tables: tuple[tuple[str, str], ...]) -> str:
    """``COUNT(archived_at)`` counts the rows that have one."""
    return " UNION ALL ".join(
        f"SELECT '{key}', COUNT(*), COUNT(archived_at) FROM {table}"  # noqa: S608 - names of our own tables
        " WHERE company_id = %s AND client_id = %s AND deleted_at IS NULL"
        for key, table in tables
    )


def _own(desk: Desk, client: Client, module: Module) -> Counts:
    rows = desk.seen(module.rows().filter(client_id=client.pk, deleted_at=None), module.entity)
    found = rows.aggregate(kept=Count("pk"), archived=Count("archived_at"))
    return found["kept"] - found["archived"], found["archived"]

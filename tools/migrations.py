"""`python -m tools.migrations <label> …`: a package's migrations as one, in as few steps as can be.

`makemigrations` gives an index, a constraint and a late foreign key a step of their own. Each step costs
Django up to 100 ms, since it draws all related models up again; so what fits goes into the CreateModel.
Steps written by hand are kept, at the end. Only while nothing is released.
"""

from __future__ import annotations

import os
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")

import django
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter


def fold(operations: list[Operation]) -> list[Operation]:
    """The same tables by fewer steps."""
    made = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    rest = []
    for one in operations:
        table = made.get(getattr(one, "model_name_lower", ""))
        if table and isinstance(one, AddField) and not _circular(one, made):
            table.fields.append((one.name, one.field))
        elif table and isinstance(one, AddIndex):
            table.options["indexes"] = [*table.options.get("indexes", ()), one.index]
        elif table and isinstance(one, AddConstraint):
            table.options["constraints"] = [*table.options.get("constraints", ()), one.constraint]
        elif not isinstance(one, CreateModel):
            rest.append(one)
    return [*(made[name] for name in TopologicalSorter(_graph(made)).static_order()), *rest]


def _graph(made: dict[str, CreateModel]) -> dict[str, list[str]]:
    """Which table names which; one that names itself waits for nobody."""
    return {
        name: [to for _, field in one.fields if (to := _named(field)) in made and to != name]
        for name, one in made.items()
    }


def _circular(step: AddField, made: dict[str, CreateModel]) -> bool:
    """Whether each table would have to be there before the other."""
    graph, to = _graph(made), _named(step.field)
    if to in made and to != step.model_name_lower:
        graph[step.model_name_lower].append(to)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def _named(field: object) -> str:
    """The table that a foreign key names, without its package; "" for other fields."""
    remote = getattr(field, "remote_field", None)
    return str(remote.model).rpartition(".")[2].lower() if remote else ""


def rewrite(labels: list[str]) -> None:
    """Write the one migration of each package, and remove the others."""
    on_disk = MigrationLoader(None).disk_migrations
    for label in labels:
        ours = [found for (app, _), found in sorted(on_disk.items()) if app == label]
        migration = Migration("0001_initial", label)
        migration.initial = True  # type: ignore[misc]
        named = [one for each in ours for one in each.dependencies if one[0] != label]
        migration.dependencies = list(dict.fromkeys(_dependency(one, labels) for one in named))  # type: ignore[misc]
        migration.operations = fold([step for each in ours for step in each.operations])  # type: ignore[misc]
        writer = MigrationWriter(migration, include_header=False)
        for each in ours:
            Path(sys.modules[each.__module__].__file__ or "").unlink()
        Path(writer.path).write_text(writer.as_string())
        subprocess.run(["ruff", "check", "--fix", "--quiet", writer.path], check=False)
        subprocess.run(["ruff", "format", "--quiet", writer.path], check=True)
        print(f"{label}: {len(migration.operations)} steps")


def _dependency(one: tuple[str, str], labels: list[str]) -> tuple[str, str]:
    """As the writer wants it."""
    if hasattr(one, "setting"):
        return "__setting__", "AUTH_USER_MODEL"
    return (one[0], "0001_initial") if one[0] in labels else one


if __name__ == "__main__":
    django.setup()
    rewrite(sys.argv[1:])

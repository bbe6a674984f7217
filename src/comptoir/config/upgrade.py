"""Brings the database up to date, one process at a time."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from comptoir.config import statistics
from comptoir.config.cli import Failed
from comptoir.people import setup

_POSTGRESQL_LOCK = 0x436F6D70746F6972  # "Comptoir"


def run() -> None:
    """Migrations and the cache table; the word of the set-up link while nobody works here.

    Raises Failed when the database does not answer or was written by a later version.
    """
    try:
        with _alone():
            _refuse_failed_checks()
            _refuse_a_later_version()
            _migrate()
            call_command("createcachetable", verbosity=0)
            statistics.gather()
            setup.word(settings.DATA)
    except OperationalError as error:
        raise Failed(f"the database does not answer: {error}") from error


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """An advisory lock on PostgreSQL, a locked file beside SQLite; both go with the process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_POSTGRESQL_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_POSTGRESQL_LOCK])
        return
    with Path(settings.DATA / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refuse_failed_checks() -> None:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    serious = [message for message in found if message.is_serious()]
    if serious:
        raise Failed(" ".join(f"{message.msg} {message.hint or ''}".strip() for message in serious))


def _refuse_a_later_version() -> None:
    """An older program on newer tables would write what the newer one does not expect."""
    loader = MigrationLoader(connection)
    newest: dict[str, str] = {}
    for app, name in loader.disk_migrations:
        newest[app] = max(name, newest.get(app, ""))
    later = sorted(f"{app}.{name}" for app, name in loader.applied_migrations if name > newest.get(app, "~"))
    if later:
        names = ", ".join(later)
        raise Failed(f"the database was written by a later version of Comptoir ({names}). Install that one.")


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        print(f"  Bringing the database up to date: {len(plan)} steps", flush=True)
        call_command("migrate", interactive=False, verbosity=0)

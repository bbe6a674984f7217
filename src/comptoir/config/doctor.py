"""Whether this installation is well: each finding is a sentence, with what to do where it is not."""

import shutil
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from comptoir.config.databases import wal_is_safe

State = Literal["well", "watch", "ill"]
FONTS = Path(__file__).parents[1] / "designs" / "built"
ROOM = 1024**3  # bytes of free disk below which an installation is ill


@dataclass(frozen=True)
class Finding:
    """`watch` works today; `ill` does not."""

    state: State
    what: str
    sentence: str


def examine() -> list[Finding]:
    """Every part in turn; a part that cannot be looked at is ill."""
    findings: list[Finding] = []
    for part in (database, migrations, worker, pdf, fonts, mail, letters, rates, disk, address):
        try:
            findings.extend(part())
        except Exception as error:
            findings.append(Finding("ill", part.__name__, f"{type(error).__name__}: {error}"))
    return findings


def database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            yield Finding("well", "database", f"PostgreSQL {cursor.fetchone()[0]}")
        return
    import sqlite3

    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0].upper()
        intact = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    described = f"SQLite {sqlite3.sqlite_version}, journal {journal}, {settings.DATABASES['default']['NAME']}"
    if intact != "ok":
        yield Finding("ill", "database", f"The file is damaged ({intact}). Restore a backup.")
    elif not wal_is_safe():
        hint = "pages wait for writes: this SQLite is older than 3.51.3, so the slower journal is used"
        yield Finding("watch", "database", f"{described}; {hint}")
    else:
        yield Finding("well", "database", described)


def migrations() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    due = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if due:
        yield Finding("ill", "tables", f"{due} migrations are due. Run: comptoir migrate")
    else:
        yield Finding("well", "tables", "up to date")


def worker() -> Iterator[Finding]:
    from comptoir.activity import heartbeat

    seen = heartbeat.last_seen()
    if heartbeat.alive():
        yield Finding("well", "worker", f"at work ({seen:%Y-%m-%d %H:%M} UTC)")
    else:
        when = f"was last seen on {seen:%Y-%m-%d %H:%M} UTC" if seen else "was never seen"
        yield Finding("watch", "worker", f"{when}: mail waits. Run: comptoir serve, or comptoir worker")


def pdf() -> Iterator[Finding]:
    import plutoprint

    yield Finding("well", "PDF", f"PlutoPrint {plutoprint.__version__}")


def fonts() -> Iterator[Finding]:
    found = len(list(FONTS.rglob("*.woff")))
    if found:
        yield Finding("well", "fonts", f"{found} files")
    else:
        yield Finding("ill", "fonts", "None are built, so documents would be blank. Run: make assets")


def mail() -> Iterator[Finding]:
    if not settings.ENVIRONMENT.email_url:
        yield Finding("watch", "mail", "No server is set. Set EMAIL_URL=smtp+tls://user:password@host:587")
        return
    try:
        with get_connection():
            yield Finding("well", "mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers")
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(
            "ill", "mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not let us in: {error}"
        )


def letters() -> Iterator[Finding]:
    """What did not leave: mails without a server wait, those of this week that failed are looked after."""
    from comptoir.delivery.mail.models import MailDelivery

    state = MailDelivery.State
    waiting = MailDelivery.everywhere.filter(state=state.WAITING).count()
    if waiting:
        yield Finding("watch", "letters", f"{waiting} mails wait until a mail server is set")
    lately = timezone.now() - timedelta(days=7)
    failed = MailDelivery.everywhere.filter(state=state.FAILED, updated_at__gt=lately).count()
    if failed:
        yield Finding("watch", "letters", f"{failed} mails of this week could not be sent: the logs say why")


def rates() -> Iterator[Finding]:
    """Rates of exchange, where the installation fetches any."""
    from comptoir.exchange.models import RateSheet
    from comptoir.exchange.rates import GOOD_FOR

    if not settings.RATES_URL:
        return
    last = RateSheet.objects.order_by("-day").first()
    if last is None:
        yield Finding("watch", "rates", "None were fetched yet: the worker asks once a day")
    elif last.day < timezone.now().date() - GOOD_FOR:
        yield Finding("watch", "rates", f"The last are of {last}, too old to be used: the logs say why")
    else:
        yield Finding("well", "rates", str(last))


def disk() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.DATA)
    free = f"{usage.free / 1024**3:.1f} GiB free in {settings.DATA}"
    if usage.free < ROOM:
        yield Finding("ill", "disk", f"{free}. Make room, or move COMPTOIR_DATA.")
    else:
        yield Finding("well", "disk", free)


def address() -> Iterator[Finding]:
    if settings.ENVIRONMENT.https or settings.ENVIRONMENT.hostname in {"127.0.0.1", "localhost", "::1"}:
        yield Finding("well", "address", settings.BASE_URL)
    else:
        hint = "passwords travel unencrypted. Put a TLS proxy in front and set an https COMPTOIR_BASE_URL"
        yield Finding("watch", "address", f"{settings.BASE_URL}: {hint}")

"""The outbox: jobs written in the transaction that causes them (architecture, decision 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from comptoir.tenancy.scope import current_company_id

from . import bell, wiring
from .facts import Fact
from .models import Activity, Job

_AT_ONCE: Final = 500


def queue(
    name: str, args: dict[str, Any], *, key: str | None = None, run_at: datetime | None = None
) -> Job | None:
    """Leave a job for the worker. With a ``key`` it is queued once for ever: None when it was before."""
    job = Job(company_id=current_company_id(), name=name, args=args, key=key, run_at=run_at or timezone.now())
    transaction.on_commit(bell.ring)
    if key is None:
        job.save(force_insert=True)
        return job
    if Job.objects.filter(key=key).exists():
        return None
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(key=key)


def queue_all(orders: Iterable[tuple[str, dict[str, Any], str]]) -> None:
    """Leave very many jobs at once, as (name, arguments, key): few questions, whatever their number.

    Each is queued once for ever; those whose key was taken before are passed over.
    """
    company, now = current_company_id(), timezone.now()
    transaction.on_commit(bell.ring)
    coming = iter(orders)
    while some := list(islice(coming, _AT_ONCE)):
        rows = [
            Job(company_id=company, name=name, args=args, key=key, run_at=now) for name, args, key in some
        ]
        Job.objects.bulk_create(rows, ignore_conflicts=True)


def follow_up(told: Iterable[tuple[Fact, Activity]]) -> Iterator[Job]:
    """The jobs that follow facts told together, not yet saved."""
    following: dict[type[Any], list[wiring.Later]] = {}
    for fact, row in told:
        kind = type(fact)
        if kind not in following:
            following[kind] = [later for later in wiring.after(kind) if later.wants_kind(kind)]  # type: ignore[arg-type]
        for later in following[kind]:
            if not later.wants(fact):
                continue
            yield Job(
                company_id=row.company_id,
                name=later.job,
                args={"activity": row.pk, "kind": row.subject_kind, "id": row.subject_id, "fact": row.fact},
                run_at=row.created_at or timezone.now(),
            )

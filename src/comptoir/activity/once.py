"""Facts that a record is told of once in its life, however often somebody looks."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from .facts import Fact
from .models import Activity

Rows = TypeVar("Rows", bound=QuerySet[Any])


def untold(rows: Rows, fact: type[Fact]) -> Rows:
    """Those of the company in scope of which ``fact`` was never told.

    Whoever tells it then locks the record and asks again, so that two workers do not both tell it.
    """
    told = Activity.objects.filter(
        subject_kind=rows.model._meta.model_name, subject_id=OuterRef("pk"), fact=fact.__name__
    )
    return rows.filter(~Exists(told))

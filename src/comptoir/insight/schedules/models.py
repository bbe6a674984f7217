from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from comptoir.kernel import ids
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Rows, Stamped

ENDLESS = -1
ONCE = "0"
STATEMENT = "email_statement"
RECORD = "email_record"
REPORT = "email_report"
INSTALMENTS = "payment_schedule"


class ScheduleRows(Rows):
    def waiting(self, on: date) -> Self:
        """Live ones whose next day is ``on`` or before."""
        live = self.filter(deleted_at=None, archived_at=None, is_paused=False, next_run__lte=on)
        return live.exclude(remaining_cycles=0)

    def about(self, client_id: int) -> list[Schedule]:
        """Live ones that name this client alone; few companies have more than a handful."""
        live = self.filter(deleted_at=None).order_by("next_run", "pk")
        return [each for each in live if each.parameters.get("clients") == [ids.encode(client_id)]]


class Schedule(CompanyOwned, Stamped, Archivable):
    """What is sent by itself, and when (contract: task_schedulers).

    ``next_run`` is a day of the company; ``anchor`` the one it counts from, so that the 31st comes
    back after February. ``remaining_cycles`` is -1 without end. ``parameters`` are the wire's, with
    ``clients`` as the wire's ids: none means every active client.
    """

    name = models.CharField(max_length=190, blank=True)
    template = models.CharField(max_length=32, default=STATEMENT)
    frequency_id = models.CharField(max_length=2)
    anchor = models.DateField()
    next_run = models.DateField()
    remaining_cycles = models.SmallIntegerField(default=ENDLESS)
    is_paused = models.BooleanField(default=False)
    parameters = models.JSONField(default=dict, blank=True)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CompanyManager.from_queryset(ScheduleRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["company", "id"], name="schedule_list"),
            models.Index(fields=["company", "next_run"], name="schedule_due"),
            models.Index(fields=["company", "updated_at"], name="schedule_by_change"),
        ]

    def __str__(self) -> str:
        return self.name


class Turn(CompanyOwned):
    """One turn of a schedule. Inserted before anything is sent: the same day never comes twice."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="turns")
    on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["schedule", "on"], name="turn_once")]

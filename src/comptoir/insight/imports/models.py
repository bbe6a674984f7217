from __future__ import annotations

from typing import Any

from django.db import models

from comptoir.activity.actors import Actor
from comptoir.tenancy import keys
from comptoir.tenancy.rows import CompanyOwned, Stamped

from .sheets import Manner

PURPOSE = "import"


class Import(CompanyOwned, Stamped):
    """One uploaded file and what becomes of it.

    ``path`` is where its bytes lie until it is done ("" afterwards). ``mapping`` names a column of the
    entity for each place in the file that is used ({"0": "client.name"}). ``cursor`` counts the
    records that are through, ``handled`` their rows out of ``total``; both move in the transaction
    that writes the records, so that an interrupted import goes on exactly there. A ``rehearsal``
    writes no record. Files that came together by the API share ``key``; only its digest is stored.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded"
        RUNNING = "running"
        CHECKED = "checked"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"

    entity = models.CharField(max_length=32)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.JSONField(default=dict)
    key_seed = models.BigIntegerField()
    key_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=190)
    type = models.CharField(max_length=8)
    path = models.CharField(max_length=190, blank=True)
    encoding = models.CharField(max_length=16, blank=True)
    delimiter = models.CharField(max_length=2, blank=True)
    sheet = models.CharField(max_length=190, blank=True)
    has_header = models.BooleanField(default=True)
    mapping = models.JSONField(default=dict)
    duplicates = models.CharField(max_length=8, default="skip")
    matched_by = models.JSONField(default=list)
    decimal = models.CharField(max_length=1, default=".")
    day_order = models.CharField(max_length=3, default="dmy")
    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    rehearsal = models.BooleanField(default=False)
    wants_mail = models.BooleanField(default=False)
    total = models.IntegerField(default=0)
    handled = models.IntegerField(default=0)
    cursor = models.IntegerField(default=0)
    made = models.IntegerField(default=0)
    merged = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "key_digest", "entity"], name="import_key_once"),
        ]
        indexes = [models.Index(fields=["company", "id"], name="import_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return keys.derive(PURPOSE, self.key_seed)

    @property
    def by(self) -> Actor:
        """Who asked for it."""
        return Actor(**self.actor)

    @property
    def manner(self) -> Manner:
        return Manner(self.encoding, self.delimiter, self.sheet)

    @property
    def columns(self) -> dict[int, str]:
        """The mapping by place."""
        return {int(place): name for place, name in self.mapping.items()}

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_open(self) -> bool:
        """Whether it may still be begun."""
        return bool(self.path) and self.state in (self.State.UPLOADED, self.State.CHECKED)

    def counts(self) -> dict[str, Any]:
        """How many rows came to what."""
        return {outcome.value: getattr(self, outcome.value) for outcome in ImportedRow.Outcome}


class ImportedRow(CompanyOwned):
    """What came of one row of a file: ``number`` is where a spreadsheet shows it.

    ``reasons`` are pairs of a column's id and a sentence. The cells are kept only where somebody must
    look at them again.
    """

    class Outcome(models.TextChoices):
        MADE = "made"
        MERGED = "merged"
        UPDATED = "updated"
        SKIPPED = "skipped"
        REFUSED = "refused"

    run = models.ForeignKey(Import, on_delete=models.CASCADE, db_index=False, related_name="rows")
    number = models.IntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    record_id = models.BigIntegerField(null=True)
    reasons = models.JSONField(default=list)
    cells = models.JSONField(default=list)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="imported_row_once")]
        indexes = [
            models.Index(fields=["run", "outcome", "number"], name="imported_row_by_outcome"),
            models.Index(fields=["run", "record_id"], name="imported_row_by_record"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class SavedMapping(CompanyOwned, Stamped):
    """Which heading means which column, kept under a name: {"raison sociale": "client.name"}."""

    entity = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    headings = models.JSONField(default=list)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "entity", "name"], name="saved_mapping_once"),
        ]

    def __str__(self) -> str:
        return self.name

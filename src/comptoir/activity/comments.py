"""A person's own line in the history of a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.kernel.refused import Refused

from .actors import Actor
from .facts import Fact, kind_of
from .models import Activity
from .operations import operation, tell


@dataclass(frozen=True)
class Commented(Fact):
    """``notes`` is what was written (contract rules 17: user note)."""

    code = 141
    phrase = gettext_lazy("{user} wrote: {notes}")


@operation
def comment(subject: models.Model, text: str, *, by: Actor, on: date) -> Activity:
    """Put a remark into a record's history. Raises Refused at notes."""
    words = str(text or "").strip()
    if not words:
        raise Refused("notes", _("Write something first."))
    tell(Commented(subject, actor=by, notes=words))
    rows = Activity.objects.filter(subject_kind=kind_of(subject), subject_id=subject.pk)
    return rows.filter(fact=Commented.__name__).latest("pk")

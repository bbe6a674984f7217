"""What is told of exports: who took which records out of the house. The wire has no code for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Export


@dataclass(frozen=True)
class ExportFact(Fact):
    subject: Export


class ExportAsked(ExportFact):
    """``notes`` is how many records it holds."""

    phrase = _("{user} exported {export} ({notes} records)")


class ExportForgotten(ExportFact):
    phrase = _("{user} removed the exported file {export}")

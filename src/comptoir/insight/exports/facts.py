"""What is told of exports: who took which records out of the house. The wire has no code for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.activity.facts import Fact

from .models import Export


@dataclass(frozen=True)
class ExportFact(Fact):
    subject: Export


def _exported(count: int) -> str:
    return ngettext(
        "{user} exported {export} ({notes} record)", "{user} exported {export} ({notes} records)", count
    )


class ExportAsked(ExportFact):
    """``notes`` is how many records it holds."""

    phrase = lazy(_exported, str)(2)

    @classmethod
    def said(cls, notes: str) -> str:
        return _exported(int(notes))


class ExportFailed(ExportFact):
    phrase = _("The file {export} could not be made")


class ExportForgotten(ExportFact):
    phrase = _("{user} removed the exported file {export}")

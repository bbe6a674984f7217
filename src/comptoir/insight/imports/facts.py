"""What is told of imports. The wire has no code for any of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Import, SavedMapping


@dataclass(frozen=True)
class ImportFact(Fact):
    subject: Import


class ImportUploaded(ImportFact):
    phrase = _("{user} uploaded {import} to import it")


class ImportStarted(ImportFact):
    phrase = _("{user} began to import {import}")


class ImportFinished(ImportFact):
    phrase = _("{user} imported {import}: {notes}")


class ImportCheckStarted(ImportFact):
    phrase = _("{user} began to check {import}, without importing it")


class ImportChecked(ImportFact):
    phrase = _("{user} checked {import}, without importing it")


class ImportStopped(ImportFact):
    phrase = _("{user} stopped the import of {import}")


class ImportFailed(ImportFact):
    phrase = _("The import of {import} failed: {notes}")


class ImportForgotten(ImportFact):
    phrase = _("{user} removed {import} and its report")


@dataclass(frozen=True)
class MappingFact(Fact):
    subject: SavedMapping


class MappingSaved(MappingFact):
    phrase = _("{user} kept the columns of an import as {savedmapping}")


class MappingForgotten(MappingFact):
    phrase = _("{user} removed the columns kept as {savedmapping}")

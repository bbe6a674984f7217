"""Free text over the rows of a table, by an index of trigrams.

A searchable row keeps the words to find it by in ``search_text``, folded; every way of saving brings them
up to date. On SQLite an FTS5 table beside it holds the trigrams, kept by triggers; on PostgreSQL a GIN
index does, where the extension pg_trgm can be had, and without it the text is read row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final, Self

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.expressions import RawSQL

from comptoir.kernel.folding import PAD, haystack, needles

from .rows import Rows

WORDS: Final = "search_text"


class SearchText(models.TextField):  # type: ignore[type-arg]
    """The words of a row, made by its ``searched`` whenever it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = haystack(model_instance.searched())  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, text)
        return text


class Searchable(models.Model):
    """A row that is found by free text. Its Meta wants a SearchIndex."""

    search_text = SearchText()

    class Meta:
        abstract = True

    def searched(self) -> Iterable[str]:
        """The texts that the row is found by: columns of its own."""
        return ()

    def save(self, *, update_fields: Iterable[str] | None = None, **how: Any) -> None:
        """As any row; the words are written with whatever columns are."""
        columns = set(update_fields or ())
        super().save(update_fields={*columns, WORDS} if columns else update_fields, **how)


class SearchableRows(Rows):
    def matching(self, text: str) -> Self:
        """Rows that hold each of the words, in any order; all rows when there is no word in the text."""
        return self._with(needles(text), self.holders())

    def containing(self, text: str) -> Self:
        """The same rows, for words that very many hold: those that the order brings are read."""
        rows = self
        for needle in needles(text):
            rows = rows.filter(self.holds(needle))
        return rows

    def holds(self, needle: str) -> Q:
        """Whether a row holds a needle: what ``holders`` say, asked of one row."""
        return Q(search_text__contains=needle)

    def perhaps(self, text: str) -> Self:
        """Rows among which are all that have the text in a column of theirs: few, and found by the index."""
        return self._with([one for one in needles(text) if not one.startswith(PAD)], [holding(self.model)])

    def holders(self) -> list[str]:
        """The SELECTs of keys of the rows that hold a needle: put together they are all of them."""
        return [holding(self.model)]

    def _with(self, wanted: list[str], holders: list[str]) -> Self:
        if not wanted:
            return self
        # By key and in one set, so that the order of the list stays what it was.
        each = f"SELECT id FROM ({' UNION '.join(holders)}) found"  # noqa: S608 - names of our tables
        params = [_asked(needle) for needle in wanted for _ in holders]
        return self.filter(pk__in=RawSQL(" INTERSECT ".join([each] * len(wanted)), params))  # noqa: S611


def holding(model: type[models.Model], key: str = "id", where: str = "true") -> str:
    """A SELECT of ``key`` of the rows that hold a needle, which is its one parameter.

    It looks across companies: whose the rows are is asked of the few that are found.
    """
    table = model._meta.db_table
    if connection.vendor != "sqlite":
        return f'SELECT t."{key}" AS id FROM "{table}" t WHERE t.search_text LIKE %s AND {where}'  # noqa: S608
    index = beside(table)
    if (key, where) == ("id", "true"):
        return f'SELECT rowid AS id FROM "{index}" WHERE "{index}" MATCH %s'  # noqa: S608
    # SQLite keeps the order of a CROSS JOIN; left alone it would read the whole company first.
    joined = f'"{index}" CROSS JOIN "{table}" t ON t.id = "{index}".rowid'
    return f'SELECT t."{key}" AS id FROM {joined} WHERE "{index}" MATCH %s AND {where}'  # noqa: S608


def hanging_on(model: type[models.Model], column: str, holder: str) -> str:
    """A SELECT of the rows that name, in ``column``, one of those that a holder finds."""
    join = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
    return f'SELECT t.id FROM ({holder}) k {join} "{model._meta.db_table}" t ON t."{column}" = k.id'  # noqa: S608


def _asked(needle: str) -> str:
    if connection.vendor != "sqlite":
        return f"%{connection.ops.prep_for_like_query(needle)}%"
    return '"' + needle.replace('"', '""') + '"'


def beside(table: str) -> str:
    """SQLite's table of trigrams."""
    return f"{table.removeprefix('new__')}_search"  # Django calls a table new__ while it makes it anew


_TRIGGERS: Final = """
CREATE TRIGGER "{index}_added" AFTER INSERT ON "{table}" BEGIN
  INSERT INTO "{index}" (rowid, search_text) VALUES (new.id, new.search_text);
END
---
CREATE TRIGGER "{index}_changed" AFTER UPDATE OF search_text ON "{table}"
WHEN old.search_text <> new.search_text BEGIN
  INSERT INTO "{index}" ("{index}", rowid, search_text) VALUES ('delete', old.id, old.search_text);
  INSERT INTO "{index}" (rowid, search_text) VALUES (new.id, new.search_text);
END
---
CREATE TRIGGER "{index}_gone" AFTER DELETE ON "{table}" BEGIN
  INSERT INTO "{index}" ("{index}", rowid, search_text) VALUES ('delete', old.id, old.search_text);
END
"""
_FTS: Final = """
CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5(
  search_text, content='{table}', content_rowid='id', columnsize=0, tokenize='trigram case_sensitive 1')
"""
_REBUILD: Final = """INSERT INTO "{index}" ("{index}") VALUES ('rebuild')"""

_EXTENSION: Final = """
DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm is not to be had: searches will read whole tables.'; END $$
"""
_GIN: Final = """
DO $$ BEGIN IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
  CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" USING gin (search_text gin_trgm_ops); END IF; END $$
"""


class SearchIndex(models.Index):
    """The trigrams of ``search_text``. Migrations make and drop it like any index."""

    def __init__(self, *, name: str, fields: Collection[str] = (WORDS,)) -> None:
        super().__init__(fields=list(fields), name=name)

    def create_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, *args: Any, **kwargs: Any
    ) -> Any:
        table = model._meta.db_table
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.execute(_EXTENSION, params=None)
            return _GIN.format(name=self.name, table=table)
        names = {"table": table.removeprefix("new__"), "index": beside(table)}
        # The last one runs once the table is there; only one statement may be given back.
        schema_editor.execute(_FTS.format(**names), params=None)
        schema_editor.deferred_sql += _TRIGGERS.format(**names).split("---")
        return _REBUILD.format(**names)

    def remove_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, **kwargs: Any
    ) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return f'DROP INDEX IF EXISTS "{self.name}"'
        index = beside(model._meta.db_table)
        for moment in ("added", "changed", "gone"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{index}_{moment}"', params=None)
        return f'DROP TABLE IF EXISTS "{index}"'

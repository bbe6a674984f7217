"""Every table of a company says whose its rows are, first of all in its indexes (docs/tenancy.md)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from comptoir.tenancy.rows import CompanyOwned
from comptoir.tenancy.searching import SearchIndex
from tests.shape.house import tables

ABOVE_COMPANIES = {"Account", "Company", "User"}
"""Who owns companies, companies themselves, and people, who work in several."""

SOMETIMES_OF_NONE = {"Job"}
"""Work of the whole installation has no company."""

OF_EVERYBODY = {"RateSheet"}
"""What a bank published is nobody's own."""

ACROSS_COMPANIES = {
    *("job_due", "idempotent_answer_by_age", "session_by_end", "key_by_end"),
    *("attempt_still_open", "gateway_refund_still_open"),
    *("invoice_to_remind", "quote_to_remind"),
}
"""Indexes of the worker, which looks for what is due or too old in the whole installation."""


def owned() -> Iterator[type[models.Model]]:
    for model in tables():
        if model.__name__ not in ABOVE_COMPANIES | SOMETIMES_OF_NONE | OF_EVERYBODY:
            yield model


def test_every_table_has_the_company_column_and_a_manager_that_asks_for_it() -> None:
    assert [model.__name__ for model in owned() if not issubclass(model, CompanyOwned)] == []
    for model in owned():
        assert not model._meta.get_field("company").null, model.__name__
        assert model._meta.default_manager.name == "objects", model.__name__


def test_those_without_a_company_are_few_and_known() -> None:
    names = {model.__name__ for model in tables()}
    assert names >= ABOVE_COMPANIES | SOMETIMES_OF_NONE | OF_EVERYBODY
    assert {model.__name__ for model in tables() if not issubclass(model, CompanyOwned)} == (
        ABOVE_COMPANIES | SOMETIMES_OF_NONE | OF_EVERYBODY
    )


def test_an_index_begins_with_the_company_or_with_the_row_that_it_hangs_on() -> None:
    astray = []
    for model in owned():
        keys = {field.name for field in model._meta.concrete_fields if field.is_relation}
        for index in model._meta.indexes:
            first = (index.fields or [index.expressions[0].name])[0].removeprefix("-")  # type: ignore[attr-defined]
            by_text = isinstance(index, SearchIndex)  # whose the rows are is asked of those found
            if first not in keys and not by_text and index.name not in ACROSS_COMPANIES:
                astray.append(f"{model.__name__}.{index.name}")
    assert astray == []


def test_the_indexes_across_companies_exist() -> None:
    names = {index.name for model in tables() for index in model._meta.indexes}
    assert names >= ACROSS_COMPANIES


def test_what_is_unique_is_so_in_one_company_or_is_a_secret() -> None:
    """A digest is looked up before anybody knows the company; all else would tell on the neighbours."""
    astray = []
    for model in owned():
        keys = {field.name for field in model._meta.concrete_fields if field.is_relation}
        astray += [
            f"{model.__name__}.{one.name}"
            for one in model._meta.constraints
            if isinstance(one, models.UniqueConstraint) and one.fields[0] not in keys
        ]
        astray += [
            f"{model.__name__}.{field.name}"
            for field in model._meta.concrete_fields
            if field.unique and not field.primary_key and not field.name.endswith(("digest", "path"))
        ]
    assert astray == []


def test_deleted_is_a_moment_and_never_a_flag() -> None:
    """``NOT is_deleted`` defeats an index on SQLite (docs/decisions/0014-deleted-is-a-moment.md)."""
    flags = [
        f"{model.__name__}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if field.name in ("is_deleted", "is_archived", "deleted", "archived")
    ]
    assert flags == []


def test_no_amount_is_kept_as_a_float_or_a_decimal() -> None:
    """Django's DecimalField is a REAL on SQLite (docs/decisions/0003-money-in-micros.md)."""
    inexact = [
        f"{model.__name__}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.FloatField, models.DecimalField))
    ]
    assert inexact == []

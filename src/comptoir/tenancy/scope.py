"""The company in scope: impossible to forget, since every tenant manager asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Company

_scope: ContextVar[Company | None] = ContextVar("company_in_scope", default=None)


class NoCompany(RuntimeError):
    """A tenant's rows were asked for with no company in scope: a fault in the code, never of a user."""


@contextmanager
def acting_for(company: Company) -> Iterator[Company]:
    """Put ``company`` in scope; scopes nest, and the outer one returns afterwards."""
    token = _scope.set(company)
    try:
        yield company
    finally:
        _scope.reset(token)


def current_company() -> Company:
    """The company in scope. Raises NoCompany when there is none."""
    company = _scope.get()
    if company is None:
        raise NoCompany("No company is in scope: open one with acting_for(company).")
    return company


def company_in_scope() -> Company | None:
    """The same, or None when there is none."""
    return _scope.get()


def current_company_id() -> int:
    """The key of the company in scope; the default of every ``company`` column."""
    return current_company().pk

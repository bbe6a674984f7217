"""What an account's administrator does with whole companies: which opens first, and closing one."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import WrongState
from comptoir.tenancy.locking import lock
from comptoir.tenancy.models import Account, Company

from .facts import CompanyChosen, CompanyClosed
from .models import Token


@operation
def choose_company(company: Company, *, by: Actor, on: date) -> Company:
    """Open this company first when people of the account sign in."""
    _open_first(company.account, company)
    tell(CompanyChosen(company, actor=by))
    return company


@operation
def close_company(company: Company, *, by: Actor, on: date) -> Company:
    """Close a company to everybody: nobody enters it any more, and its tokens open nothing.

    Its records stay, since the law asks for them long after. Raises WrongState for the only company of
    an account: whoever worked there could never sign in again.
    """
    lock(company)
    others = company.account.companies.filter(deleted_at=None).exclude(pk=company.pk).order_by("pk")
    following = others.first()
    if following is None:
        raise WrongState(_("This is the only company of the account: found another one first."))
    company.deleted_at = company.archived_at = timezone.now()
    company.save(update_fields=["deleted_at", "archived_at", "updated_at"])
    if company.account.default_company_id == company.pk:
        _open_first(company.account, following)
    Token.objects.live().update(archived_at=company.deleted_at, deleted_at=company.deleted_at)
    tell(CompanyClosed(company, actor=by))
    return company


def _open_first(account: Account, company: Company) -> None:
    lock(account)
    account.default_company = company
    account.save(update_fields=["default_company", "updated_at"])

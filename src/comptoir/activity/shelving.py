"""Archive, delete, restore: the same three steps for every record that has no more to them.

An operation calls one of these and tells its own fact; what else a record needs (money, numbers)
it does itself, before or after.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import WrongState
from comptoir.tenancy.locking import lock
from comptoir.tenancy.rows import Archivable

STAMPS = ("archived_at", "deleted_at", "updated_at")


def archive(row: Archivable) -> None:
    """Put it out of the way. Raises WrongState when it is already."""
    lock(row)
    if row.archived_at is not None:
        raise WrongState(_("This record is already archived."))
    row.archived_at = timezone.now()
    row.save(update_fields=STAMPS)


def delete(row: Archivable) -> None:
    """Out of every list and total, to be restored any day. Raises WrongState when it is already."""
    lock(row)
    if row.is_deleted:
        raise WrongState(_("This record is already deleted."))
    row.deleted_at = timezone.now()
    row.archived_at = row.archived_at or row.deleted_at
    row.save(update_fields=STAMPS)


def restore(row: Archivable) -> None:
    """Bring it back. Raises WrongState when it was never away."""
    lock(row)
    if row.archived_at is None:
        raise WrongState(_("This record is neither archived nor deleted."))
    row.archived_at = row.deleted_at = None
    row.save(update_fields=STAMPS)


def refuse_deleted(row: Archivable) -> None:
    """A deleted record is restored before it is edited (contract rules 6)."""
    if row.is_deleted:
        raise WrongState(_("This record is deleted. Restore it before you edit it."))

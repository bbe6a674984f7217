"""What recurring invoices are on screens."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.collecting import rights
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import DRAFT, Finish, Kind, Verb, Words
from comptoir.office.documents.listing import amount
from comptoir.office.lists import ListColumn, ListFilter
from comptoir.office.recurring import words
from comptoir.office.recurring.form import EXTRA
from comptoir.office.recurring.showing import details, more, stats
from comptoir.sales.recurring import operations, running
from comptoir.sales.recurring.models import RecurringInvoice, Status
from comptoir.ui import cells
from comptoir.ui.parts import Action


def narrow(rows: Any, value: str, on: date) -> Any:
    """The rows of a status of the filter."""
    stored = {
        "draft": Status.DRAFT,
        "active": Status.ACTIVE,
        "paused": Status.PAUSED,
        "completed": Status.COMPLETED,
    }
    return rows.filter(status_id=stored[value]) if value in stored else rows


def pending(recurring: RecurringInvoice, on: date) -> tuple[Any, str] | None:
    """Running, but its first invoice is still to come: a state that is not stored (decision R3)."""
    waits = recurring.status_id == Status.ACTIVE and recurring.last_sent_date is None
    begins = recurring.next_on is not None and recurring.next_on > on
    return (pgettext_lazy("recurring invoice", "Pending"), "pending") if waits and begins else None


def can_start(recurring: RecurringInvoice, on: date | None = None) -> bool:
    return (
        not recurring.is_deleted
        and recurring.status_id in (Status.DRAFT, Status.PAUSED)
        and recurring.remaining_cycles != 0
    )


def can_stop(recurring: RecurringInvoice, on: date | None = None) -> bool:
    return not recurring.is_deleted and recurring.status_id == Status.ACTIVE


def can_send(recurring: RecurringInvoice, on: date | None = None) -> bool:
    return can_start(recurring) or can_stop(recurring)


def is_there(recurring: RecurringInvoice, on: date | None = None) -> bool:
    return not recurring.is_deleted


def at_once(recurring: RecurringInvoice) -> list[str]:
    """What sending now does beside."""
    said = [_("An invoice of today is issued, and mailed where the settings say so.")]
    if can_start(recurring):
        said.append(_("The schedule is started."))
    return said


def actions(place: Desk, document: Any) -> list[Action]:
    """The next step: let it run."""
    if can_start(document) and place.may("edit", RECURRING.entity, document):
        return [Action(_("Start"), RECURRING.url("act", document, "start"), "player-play", "post")]
    return []


def rare(place: Desk, document: Any) -> list[Action]:
    """Raising its prices asks by how much."""
    if not is_there(document) or not place.may("edit", RECURRING.entity, document):
        return []
    return [Action(_("Increase prices"), RECURRING.url("raise", document), "trending-up", "dialog")]


def bulk(kind: Kind) -> list[Action]:
    """The same for the ticked rows."""
    return [
        Action(_("Increase prices"), kind.url("raise-several"), "trending-up", "dialog", key="update_prices")
    ]


def columns(place: Desk) -> list[ListColumn]:
    """The rhythm, the next day, the amount; more by choice."""
    quiet = partial(ListColumn, quiet=True)
    return [
        quiet("frequency_id", _("Frequency"), lambda row: words.often(row.frequency_id), "frequency_id"),
        quiet(
            "next_on", _("Next invoice"), lambda row: cells.day(row.next_on), "next_on",
            plain=lambda row: row.next_on,
        ),
        quiet("remaining_cycles", _("Still to come"), words.left, "remaining_cycles"),
        amount("amount", _("Amount"), phone="end", strong=True),
        quiet("last_sent_date", _("Last sent"), lambda row: cells.day(row.last_sent_date), shown=False),
        quiet("auto_bill", _("Charged by itself"), lambda row: words.AUTO_BILL[row.auto_bill], shown=False),
        quiet("po_number", _("Order number"), lambda row: row.po_number, shown=False),
        quiet("private_notes", _("Private notes"), lambda row: row.private_notes[:120], shown=False),
    ]  # fmt: skip


def by_rhythm(place: Desk) -> list[ListFilter]:
    """Only those of one frequency."""
    return [
        ListFilter(
            "frequency",
            gettext_lazy("Frequency"),
            words.rhythms(),
            lambda rows, value: rows.filter(frequency_id=value),
        )
    ]


def _start(place: Desk, recurring: Any) -> None:
    operations.start(recurring, by=place.actor, on=place.on)


VERBS = (
    Verb(
        "start", gettext_lazy("Start"), "player-play", operations.start, can_start,
        gettext_lazy("The recurring invoice is running."), divided=True,
    ),
    Verb(
        "stop", gettext_lazy("Stop"), "player-pause", operations.stop, can_stop,
        gettext_lazy("The recurring invoice is paused."), divided=True,
    ),
    Verb(
        "send_now", gettext_lazy("Send now"), "send", running.send_now, can_send,
        gettext_lazy("The invoice is made."), asks=True,
        makes=lambda recurring: ("invoice", *rights.sending_now(recurring)),
        consequences=at_once,
    ),
    Verb(
        "update_prices", gettext_lazy("Update prices"), "refresh", operations.update_prices, is_there,
        gettext_lazy("The prices are those of the products now."), divided=True,
    ),
    Verb(
        "archive", gettext_lazy("Archive"), "archive", operations.archive_recurring,
        lambda recurring, on: recurring.archived_at is None,
        gettext_lazy("The recurring invoice is archived."), undo="restore", divided=True,
    ),
    Verb(
        "restore", gettext_lazy("Restore"), "archive-off", operations.restore_recurring,
        lambda recurring, on: recurring.archived_at is not None,
        gettext_lazy("The recurring invoice is back."),
    ),
    Verb(
        "delete", gettext_lazy("Delete"), "trash", operations.delete_recurring, is_there,
        gettext_lazy("The recurring invoice is deleted."), danger=True, undo="restore", asks=True,
        consequences=lambda recurring: [_("No more invoices are made; those that were made stay.")],
    ),
)  # fmt: skip

RECURRING = Kind(
    key="recurring",
    entity="recurring_invoice",
    model=RecurringInvoice,
    icon="refresh",
    words=Words(
        one=gettext_lazy("Recurring invoice"),
        many=gettext_lazy("Recurring invoices"),
        new=gettext_lazy("New recurring invoice"),
        edit=gettext_lazy("Edit recurring invoice"),
        none_yet=gettext_lazy("No recurring invoice here"),
        none_text=gettext_lazy("Write an invoice once: it comes back by itself, on the day you choose."),
        search=gettext_lazy("Number, client, line…"),
        created=gettext_lazy("The recurring invoice is saved."),
        saved=gettext_lazy("The recurring invoice is saved."),
        deleted=pgettext_lazy("recurring invoice", "Deleted"),
        archived=pgettext_lazy("recurring invoice", "Archived"),
        due=gettext_lazy("Due date"),
    ),
    create=operations.create_recurring,
    update=operations.update_recurring,
    statuses={
        Status.DRAFT: (DRAFT, "draft"),
        Status.ACTIVE: (pgettext_lazy("recurring invoice", "Active"), "active"),
        Status.PAUSED: (pgettext_lazy("recurring invoice", "Paused"), "paused"),
        Status.COMPLETED: (pgettext_lazy("recurring invoice", "Completed"), "completed"),
    },
    live_status=pending,
    narrow=narrow,
    filters=(
        ("draft", gettext_lazy("Drafts")),
        ("active", pgettext_lazy("recurring invoices", "Active")),
        ("paused", pgettext_lazy("recurring invoices", "Paused")),
        ("completed", pgettext_lazy("recurring invoices", "Completed")),
    ),
    verbs=VERBS,
    extra_actions=actions,
    rare_actions=rare,
    bulk_actions=bulk,
    own_columns=(
        "frequency_id",
        "anchor",
        "next_on",
        "next_send_date",
        "remaining_cycles",
        "auto_bill",
        "auto_bill_enabled",
    ),
    wants_money=False,
    extra=EXTRA,
    finish=Finish(
        gettext_lazy("Save and start"),
        "player-play",
        _start,
        lambda desk: desk.may("create", "recurring_invoice"),
    ),
    columns=columns,
    own_filters=by_rhythm,
    stats=stats,
    details=details,
    side="office/recurring/side.html",
    more=more,
)

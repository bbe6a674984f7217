"""What invoices, quotes and credits have in common on the wire (contract schemas.json)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.api.resources.tags import Tagged, with_tags
from comptoir.api.resources.wire import (
    CustomValues,
    Dated,
    Owned,
    activities_of,
    by_client,
    documents_of,
    matching,
)
from comptoir.clients.models import Client, Contact
from comptoir.contract.actions import Switch
from comptoir.contract.fields import (
    Amount,
    Code,
    Constant,
    Day,
    DayTime,
    Derived,
    Flag,
    Json,
    Key,
    Moment,
    Rate,
    Text,
)
from comptoir.contract.filters import Filter, exact, from_day
from comptoir.contract.reading import Reading
from comptoir.contract.relations import One, Relation
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row, Shape
from comptoir.delivery import documents as delivery
from comptoir.kernel import ids
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy import keys

SAVE_DEFAULTS: Final = {
    "save_default_footer": Switch(delivery.save_default_footer, verb="edit", entity="company"),
    "save_default_terms": Switch(delivery.save_default_terms, verb="edit", entity="company"),
}
"""Flags of every document: its words become those of the company, which wants the right to its settings."""


def unless_zero(value: Decimal) -> Decimal | None:
    """An exchange rate of zero is none."""
    return value or None


class InvitationKeys(Shape):
    """An invitation; ``link`` is filled by the shape of each document."""

    id = Key()
    client_contact_id = Key("contact", to=Contact)
    key = Derived(lambda seed: keys.derive("invitation", seed), "key_seed")
    sent_date = DayTime("sent_at", writable=False)
    viewed_date = DayTime("viewed_at", writable=False)
    opened_date = DayTime("opened_at", writable=False)
    updated_at = Moment()
    archived_at = Moment()
    created_at = Moment()
    email_status = Text(writable=False)
    email_error = Text(writable=False)
    message_id = Text(writable=False)


def link_to(kind: str) -> Derived:
    """The invitation's address in the portal (contract rules 21)."""
    return Derived(
        lambda seed: f"{settings.BASE_URL}/client/{kind}/{keys.derive('invitation', seed)}", "key_seed"
    )


class Document(Owned, Dated, CustomValues, Tagged, Resource):
    """Keys, includes and filters of every billing document. ``kind`` is "invoice", "quote" or "credit"."""

    kind = ""

    id = Key("pk", writable=False)
    project_id = Constant("")
    vendor_id = Constant("")
    location_id = Key(writable=False)
    client_id = Key(to=Client, live=True, required=True, fixed=True)
    amount = Amount(writable=False)
    balance = Amount(writable=False)
    status_id = Code(default="1")
    design_id = Key()
    number = Text()
    discount = Amount()
    po_number = Text()
    date = Day()
    last_sent_date = Day(writable=False)
    next_send_date = DayTime(writable=False)
    due_date = Day()
    terms = Text()
    public_notes = Text()
    private_notes = Text()
    uses_inclusive_taxes = Flag()
    tax_name1 = Text()
    tax_rate1 = Rate()
    tax_name2 = Text()
    tax_rate2 = Rate()
    tax_name3 = Text()
    tax_rate3 = Rate()
    total_taxes = Amount(writable=False)
    is_amount_discount = Flag(default=True)
    footer = Text()
    partial = Amount()
    partial_due_date = Day()
    has_tasks = Constant(False)
    has_expenses = Constant(False)
    custom_surcharge1 = Amount()
    custom_surcharge2 = Amount()
    custom_surcharge3 = Amount()
    custom_surcharge4 = Amount()
    exchange_rate = Amount(
        least=0,
        default=1,
        convert=unless_zero,
        means="units of the document's currency for one of the company's; 1 in another currency is none",
    )
    custom_surcharge_tax1 = Flag(writable=False)
    custom_surcharge_tax2 = Flag(writable=False)
    custom_surcharge_tax3 = Flag(writable=False)
    custom_surcharge_tax4 = Flag(writable=False)
    line_items = Json(shape=list, convert=list)
    reminder1_sent = Day(writable=False)
    reminder2_sent = Day(writable=False)
    reminder3_sent = Day(writable=False)
    reminder_last_sent = Day(writable=False)
    paid_to_date = Amount(writable=False)
    subscription_id = Constant("")
    tax_info = Json()
    e_invoice = Json()
    buyer_reference = Text()
    delivery_date = Day()
    period_start = Day()
    period_end = Day()
    currency_id = Code(writable=False)

    includes: ClassVar[Mapping[str, Relation]] = {}
    default_includes = ("documents",)
    also_known = ("project", "location", "vendor", "user", "assigned_user", "history")
    search = matching
    date_column, due_column = "date", "due_date"
    sorts: ClassVar[Mapping[str, str | tuple[str, ...]]] = {
        "client_id": by_client("sort_name"),
        "client.name": by_client("sort_name"),
        "client.city": by_client("city"),
        "client.state": by_client("state"),
        "client.country_id": by_client("country_id"),
        "client.postal_code": by_client("postal_code"),
        "valid_until": "due_date",
        "status_id": ("status_id", "due_date"),
    }

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        """A status is never set by hand; a cancelled one is refused in so many words (rules 4)."""
        status = values.pop("status_id", None)
        if status == 5 and reading.row is not None:
            reading.refuse("status_id", _("This document is locked and cannot be changed."))

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        """What a new document starts with: the company's settings, today, and no lines (T24)."""
        preferences = Preferences((view.who.company.settings,))
        row |= {
            "user_id": ids.encode(view.who.actor.user_id) if view.who.actor.user_id else "",
            "date": view.who.today.isoformat(),
            "line_items": "[]",
            "terms": str(preferences[f"{cls.kind}_terms"]),
            "footer": str(preferences[f"{cls.kind}_footer"]),
            "uses_inclusive_taxes": bool(preferences.inclusive_taxes),
        }


def document_filters(**more: Filter) -> dict[str, Filter]:
    """The filters of every document, and ``more``."""
    return {
        "number": exact("number"),
        "tag_ids": with_tags,
        "date": from_day("date"),
        "due_date": from_day("due_date"),
        **more,
    }


def document_includes(kind: str, **more: Relation) -> dict[str, Relation]:
    """The includes of every document, and ``more``."""
    return {
        "client": One("clients", by="client"),
        "documents": documents_of(kind),
        "activities": activities_of(kind),
        **more,
    }


def is_late(who: Any) -> Q:
    """Something was due before today."""
    return Q(due_date__lt=who.today) | Q(partial__gt=0, partial_due_date__lt=who.today)


def invitation_shape(model: type[models.Model], kind: str) -> type[Shape]:
    """The shape of a document's invitations."""
    return type(f"{kind.title()}InvitationShape", (InvitationKeys,), {"model": model, "link": link_to(kind)})

"""What invoices, quotes, credits and recurring invoices share: columns, invitations, adjectives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from msgspec.json import decode

from comptoir.activity.kinds import Kind
from comptoir.clients.models import CUSTOM, Client, ClientRows, has_person
from comptoir.clients.rows import CustomValues
from comptoir.reference import currency
from comptoir.tenancy import keys
from comptoir.tenancy.columns import MicroField, MoneyField
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Stamped
from comptoir.tenancy.searching import Searchable, SearchableRows, hanging_on, holding

from . import lines

Day = date  # a document has a column named date
SLOTS = (1, 2, 3)
SURCHARGES = (1, 2, 3, 4)


class DocumentRows(SearchableRows):
    """Adjectives of billing documents."""

    def holders(self) -> list[str]:
        """Free text over number, references, lines, client and its people (contract rules 7)."""
        clients = ClientRows(Client).holders()
        return [holding(self.model), *(hanging_on(self.model, "client_id", one) for one in clients)]

    def holds(self, needle: str) -> models.Q:
        client = models.Q(client__search_text__contains=needle) | has_person(needle, "client_id")
        return super().holds(needle) | client


DocumentManager = CompanyManager.from_queryset(DocumentRows)


class BillingDocument(CompanyOwned, Stamped, Archivable, CustomValues, Searchable):
    """A document with lines that a client is sent.

    Amounts are in units of ``currency_id``, exact to 10^-6; ``amount``, ``total_taxes`` and the
    line totals are what ``billing.totals`` computed and are never written by a person. ``line_items``
    is exact JSON text (``billing.lines``). ``snapshot`` is what an issued document must not lose
    (``billing.snapshots``).
    """

    kind: ClassVar[Kind]

    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, db_index=False, related_name="%(class)ss"
    )
    location = models.ForeignKey("clients.Location", null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=190, blank=True)
    status_id = models.SmallIntegerField(default=1)
    design_id = models.BigIntegerField(null=True)
    currency_id = models.CharField(max_length=8)
    exchange_rate = MicroField(default=Decimal(1))
    date = models.DateField()
    due_date = models.DateField(null=True)
    partial = MoneyField()
    partial_due_date = models.DateField(null=True)
    last_sent_date = models.DateField(null=True)
    next_send_date = models.DateTimeField(null=True)
    po_number = models.CharField(max_length=190, blank=True)
    terms = models.TextField(blank=True)
    footer = models.TextField(blank=True)
    public_notes = models.TextField(blank=True)
    private_notes = models.TextField(blank=True)

    line_items = models.TextField(default="[]")
    discount = MicroField(default=Decimal(0))
    is_amount_discount = models.BooleanField(default=True)
    uses_inclusive_taxes = models.BooleanField(default=False)
    tax_name1 = models.CharField(max_length=190, blank=True)
    tax_rate1 = MicroField(default=Decimal(0))
    tax_name2 = models.CharField(max_length=190, blank=True)
    tax_rate2 = MicroField(default=Decimal(0))
    tax_name3 = models.CharField(max_length=190, blank=True)
    tax_rate3 = MicroField(default=Decimal(0))
    custom_surcharge1 = MoneyField()
    custom_surcharge2 = MoneyField()
    custom_surcharge3 = MoneyField()
    custom_surcharge4 = MoneyField()
    custom_surcharge_tax1 = models.BooleanField(default=False)
    custom_surcharge_tax2 = models.BooleanField(default=False)
    custom_surcharge_tax3 = models.BooleanField(default=False)
    custom_surcharge_tax4 = models.BooleanField(default=False)

    amount = MoneyField()
    total_taxes = MoneyField()
    balance = MoneyField()
    paid_to_date = MoneyField()

    # EN 16931: what a structured invoice needs beside the above
    buyer_reference = models.CharField(max_length=190, blank=True)
    delivery_date = models.DateField(null=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    e_invoice = models.JSONField(default=dict, blank=True)
    tax_info = models.JSONField(default=dict, blank=True)
    snapshot = models.JSONField(default=dict, blank=True)

    takes_rate: ClassVar[bool] = True
    """Whether it takes the rate of exchange of its day by itself."""

    class Meta(CompanyOwned.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.number

    def searched(self) -> Iterable[str]:
        yield from (self.number, self.po_number, str(self.date))
        yield from (getattr(self, column) for column in CUSTOM)
        for line in self.lines:
            yield from (line.product_key, line.notes, *(getattr(line, column) for column in CUSTOM))

    @property
    def lines(self) -> list[lines.Line]:
        return lines.read(self.line_items)

    @property
    def raw_lines(self) -> list[dict[str, Any]]:
        """The lines as the wire shows them (numbers as Decimals)."""
        return decode(self.line_items, type=list[dict[str, Any]])

    @property
    def precision(self) -> int:
        """Decimal places of the document's currency."""
        found = currency(self.currency_id)
        return found.precision if found else 2

    @property
    def requested(self) -> Decimal:
        """What the client is asked to pay now: the deposit while one is open, else the balance."""
        return self.partial if self.partial > 0 else self.balance

    @property
    def requested_by(self) -> Day | None:
        """The day that sum is due."""
        if self.partial > 0 and self.partial_due_date:
            return self.partial_due_date
        return self.due_date


class Invitation(CompanyOwned, Stamped, Archivable):
    """One contact's way to one document: its key opens that document and no other.

    Only the key's digest is stored; a new ``key_seed`` revokes the link.
    """

    contact = models.ForeignKey("clients.Contact", on_delete=models.CASCADE, related_name="+")
    key_seed = models.BigIntegerField()
    key_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True)
    viewed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    email_status = models.CharField(max_length=16, blank=True)
    email_error = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=190, blank=True)

    class Meta(CompanyOwned.Meta):
        abstract = True

    @property
    def key(self) -> str:
        return keys.derive("invitation", self.key_seed)

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.tenancy.columns import MicroField, MoneyField
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Stamped
from comptoir.tenancy.searching import Searchable, SearchableRows, SearchIndex


class Product(CompanyOwned, Stamped, Archivable, Searchable):
    """A thing or a service that is sold; picking it fills a line.

    ``price`` is what the client pays and ``cost`` what it cost us, in units of the company's
    currency. ``tax_id`` is the wire's tax category (1 goods, 2 services, … 9 reverse charge).
    """

    kind = Kind(_("Product"), _("Products"))

    product_key = models.CharField(max_length=190, blank=True)
    notes = models.TextField(blank=True)
    cost = MoneyField()
    price = MoneyField()
    quantity = MicroField(default=Decimal(1))
    unit_code = models.CharField(max_length=8, default="C62")
    tax_name1 = models.CharField(max_length=190, blank=True)
    tax_rate1 = MicroField(default=Decimal(0))
    tax_name2 = models.CharField(max_length=190, blank=True)
    tax_rate2 = MicroField(default=Decimal(0))
    tax_name3 = models.CharField(max_length=190, blank=True)
    tax_rate3 = MicroField(default=Decimal(0))
    tax_id = models.CharField(max_length=2, default="1")
    custom_value1 = models.CharField(max_length=1000, blank=True)
    custom_value2 = models.CharField(max_length=1000, blank=True)
    custom_value3 = models.CharField(max_length=1000, blank=True)
    custom_value4 = models.CharField(max_length=1000, blank=True)
    in_stock_quantity = models.IntegerField(default=0)
    stock_notification = models.BooleanField(default=True)
    stock_notification_threshold = models.IntegerField(default=0)
    max_quantity = models.IntegerField(default=0)
    product_image = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CompanyManager.from_queryset(SearchableRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["company", "id", "archived_at", "deleted_at"], name="product_list"),
            models.Index(
                fields=["company", "id"], condition=models.Q(archived_at__isnull=False), name="product_away"
            ),
            models.Index(fields=["company", "product_key", "id"], name="product_by_key"),
            models.Index(fields=["company", "updated_at", "id"], name="product_by_change"),
            models.Index(fields=["company", "created_at", "id"], name="product_by_creation"),
            models.Index(fields=["company", "price", "id"], name="product_by_price"),
            models.Index(fields=["company", "cost", "id"], name="product_by_cost"),
            SearchIndex(name="product_search"),
        ]

    def __str__(self) -> str:
        return self.product_key

    def searched(self) -> Iterable[str]:
        own = (self.custom_value1, self.custom_value2, self.custom_value3, self.custom_value4)
        return self.product_key, self.notes, *own


class TaxRate(CompanyOwned, Stamped, Archivable):
    """A named tax in percent.

    ``category`` is the EN 16931 code (S standard, Z zero, E exempt, AE reverse charge, K intra-EU,
    G export, O outside scope); ``exemption_code`` the reason that a zero rate must give.
    """

    name = models.CharField(max_length=190)
    rate = MicroField(default=Decimal(0))
    category = models.CharField(max_length=2, default="S")
    exemption_code = models.CharField(max_length=32, blank=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="tax_rate_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PaymentTerm(CompanyOwned, Stamped, Archivable):
    """How many days a client has to pay; with ``end_of_month`` counted to the end of that month.

    ``name`` is empty unless somebody chose one (decision P9).
    """

    num_days = models.SmallIntegerField(default=0)
    end_of_month = models.BooleanField(default=False)
    name = models.CharField(max_length=190, blank=True)

    class Meta(CompanyOwned.Meta):
        ordering = ("num_days", "id")

    def __str__(self) -> str:
        return self.name or str(self.num_days)

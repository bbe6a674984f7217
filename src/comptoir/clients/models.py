from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.files.keepers import keeps
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy import keys
from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Stamped, filled
from comptoir.tenancy.searching import Searchable, SearchableRows, SearchIndex, holding

from .rows import CustomValues

CUSTOM = ("custom_value1", "custom_value2", "custom_value3", "custom_value4")

__all__ = ["Client", "ClientRows", "Contact", "Group", "Location"]


class Group(CompanyOwned, Stamped, Archivable):
    """A standard set of settings for many clients (contract: group_settings)."""

    name = models.CharField(max_length=190)
    settings = models.JSONField(default=dict, blank=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=models.Q(deleted_at=None), name="group_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClientRows(SearchableRows):
    """Adjectives of clients."""

    def holders(self) -> list[str]:
        """Free text over names, numbers, custom values and people (contract rules 7, T13)."""
        return [holding(Client), holding(Contact, "client_id", "t.deleted_at IS NULL")]

    def holds(self, needle: str) -> models.Q:
        return super().holds(needle) | has_person(needle, "pk")


def has_person(needle: str, client: str) -> models.Q:
    """Whether one of the people of the client that a column names holds a needle."""
    people = Contact.everywhere.filter(client=models.OuterRef(client), deleted_at=None)
    return models.Q(models.Exists(people.filter(search_text__contains=needle)))


class Client(CompanyOwned, Stamped, Archivable, CustomValues, Searchable):
    """A person or a business that is invoiced.

    ``display_name`` is the name, else the first contact's name, else its e-mail; "" when there is
    none of these. ``sort_name`` is the same without case and accents, ``sort_number`` the digits of
    the number (``naming.py`` keeps all three). The four figures are caches of the ledger that
    ``ledger.post`` alone writes. A client that was ``merged_into`` another is deleted for good, and
    still found by its id.
    """

    kind = Kind(_("Client"), _("Clients"))

    number = models.CharField(max_length=190, blank=True)
    name = models.CharField(max_length=190, blank=True)
    display_name = models.CharField(max_length=190, blank=True)
    sort_name = models.CharField(max_length=190, blank=True, editable=False)
    sort_number = models.BigIntegerField(default=0, editable=False)
    id_number = models.CharField(max_length=190, blank=True)
    vat_number = models.CharField(max_length=190, blank=True)
    website = models.CharField(max_length=190, blank=True)
    phone = models.CharField(max_length=190, blank=True)
    public_notes = models.TextField(blank=True)
    private_notes = models.TextField(blank=True)
    size_id = models.CharField(max_length=8, blank=True)
    industry_id = models.CharField(max_length=8, blank=True)
    address1 = models.CharField(max_length=190, blank=True)
    address2 = models.CharField(max_length=190, blank=True)
    city = models.CharField(max_length=190, blank=True)
    state = models.CharField(max_length=190, blank=True)
    postal_code = models.CharField(max_length=190, blank=True)
    country_id = models.CharField(max_length=8, blank=True)
    shipping_address1 = models.CharField(max_length=190, blank=True)
    shipping_address2 = models.CharField(max_length=190, blank=True)
    shipping_city = models.CharField(max_length=190, blank=True)
    shipping_state = models.CharField(max_length=190, blank=True)
    shipping_postal_code = models.CharField(max_length=190, blank=True)
    shipping_country_id = models.CharField(max_length=8, blank=True)

    classification = models.CharField(max_length=16, blank=True)
    is_tax_exempt = models.BooleanField(default=False)
    has_valid_vat_number = models.BooleanField(default=False)
    tax_exemption_code = models.CharField(max_length=32, blank=True)
    legal_form = models.CharField(max_length=190, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    routing_id = models.CharField(max_length=190, blank=True)
    electronic_address = models.CharField(max_length=190, blank=True)
    electronic_address_scheme = models.CharField(max_length=8, blank=True)
    buyer_reference = models.CharField(max_length=190, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    tax_info = models.JSONField(default=dict, blank=True)
    e_invoice = models.JSONField(default=dict, blank=True)
    logo_path = models.CharField(max_length=190, blank=True)

    settings = models.JSONField(default=dict, blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="clients")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    last_login = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="absorbed")

    balance = MoneyField()
    paid_to_date = MoneyField()
    credit_balance = MoneyField()
    payment_balance = MoneyField()

    objects = CompanyManager.from_queryset(ClientRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~models.Q(number=""), name="client_number_once"
            ),
            models.UniqueConstraint(
                fields=["company", "id_number"],
                condition=~models.Q(id_number=""),
                name="client_id_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "id", "archived_at", "deleted_at"], name="client_list"),
            models.Index(
                fields=["company", "id"], condition=models.Q(archived_at__isnull=False), name="client_away"
            ),
            models.Index(fields=["company", "created_at", "id"], name="client_by_creation"),
            models.Index(fields=["company", "sort_name", "id"], name="client_by_name"),
            models.Index(fields=["company", "sort_number", "id"], name="client_by_number"),
            models.Index(fields=["company", "updated_at", "id"], name="client_by_change"),
            models.Index(fields=["company", "group"], name="client_by_group"),
            models.Index(
                fields=["company", "balance", "id", "archived_at", "deleted_at"], name="client_by_balance"
            ),
            models.Index(fields=["company", "paid_to_date", "id"], name="client_by_paid"),
            models.Index(fields=["company", "credit_balance", "id"], name="client_by_credit"),
            models.Index(fields=["company", "last_login", "id"], name="client_by_last_login"),
            models.Index(fields=["company", "city", "id"], name="client_by_city"),
            models.Index(fields=["company", "id_number", "id"], name="client_by_id_number"),
            *(filled(column, name=f"client_by_{column}") for column in ("size_id", "industry_id", *CUSTOM)),
            SearchIndex(name="client_search"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def searched(self) -> Iterable[str]:
        own = (getattr(self, column) for column in CUSTOM)
        return self.display_name, self.number, self.id_number, self.vat_number, *own

    @property
    def preferences(self) -> Preferences:
        """Every setting as it applies to this client: its own, its group's, its company's."""
        group = self.group.settings if self.group else {}
        return Preferences((self.settings, group, self.company.settings))

    @property
    def currency_id(self) -> str:
        return str(self.preferences.currency_id)

    @property
    def client_hash(self) -> str:
        return keys.derive("client", self.pk, length=40)

    @property
    def website_link(self) -> str:
        """The address to link to: people leave https:// out."""
        if not self.website or self.website.lower().startswith(("http://", "https://")):
            return self.website
        return f"https://{self.website}"


keeps(Client, "logo_path")


class ContactRows(SearchableRows):
    def receiving(self) -> Self:
        """Those whom documents are sent to."""
        return self.live().filter(send_email=True)


class Contact(CompanyOwned, Stamped, Archivable, CustomValues, Searchable):
    """A person at a client, with a portal profile of their own.

    ``declined`` names the mails that the person has left (``receiving.Mail``); staff do not write it.
    ``contact_key`` opens the portal as this person; only its digest is stored. A new ``key_seed``
    revokes it.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contacts")
    position = models.SmallIntegerField(default=0)
    first_name = models.CharField(max_length=190, blank=True)
    last_name = models.CharField(max_length=190, blank=True)
    email = models.CharField(max_length=190, blank=True)
    phone = models.CharField(max_length=190, blank=True)
    is_primary = models.BooleanField(default=False)
    send_email = models.BooleanField(default=True)
    cc_only = models.BooleanField(default=False)
    can_sign = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    declined = models.JSONField(default=list, blank=True)
    password = models.CharField(max_length=190, blank=True)
    language_id = models.CharField(max_length=8, blank=True)
    last_login = models.DateTimeField(null=True)
    key_seed = models.BigIntegerField()
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta(CompanyOwned.Meta):
        ordering = ("-is_primary", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=models.Q(is_primary=True, deleted_at=None),
                name="contact_one_primary",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="contact_list"),
            models.Index("company", Lower("email"), name="contact_by_email"),
            models.Index(fields=["client", "id"], name="contact_of_client"),
            SearchIndex(name="contact_search"),
        ]

    objects = CompanyManager.from_queryset(ContactRows)()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.full_name or self.email

    def searched(self) -> Iterable[str]:
        return self.first_name, self.last_name, self.email, self.phone

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def contact_key(self) -> str:
        return keys.derive("contact", self.key_seed)


class Location(CompanyOwned, Stamped, Archivable, CustomValues):
    """A named alternative address of a client, for billing or for shipping."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="locations")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=190, blank=True)
    address1 = models.CharField(max_length=190, blank=True)
    address2 = models.CharField(max_length=190, blank=True)
    city = models.CharField(max_length=190, blank=True)
    state = models.CharField(max_length=190, blank=True)
    postal_code = models.CharField(max_length=190, blank=True)
    country_id = models.CharField(max_length=8, blank=True)
    is_shipping_location = models.BooleanField(default=False)

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["company", "client"], name="location_of_client")]

    def __str__(self) -> str:
        return self.name

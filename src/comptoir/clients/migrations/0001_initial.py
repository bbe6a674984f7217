import comptoir.tenancy.columns
import comptoir.tenancy.scope
import comptoir.tenancy.searching
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=190)),
                ("settings", models.JSONField(blank=True, default=dict)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        default=comptoir.tenancy.scope.current_company_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.company",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("company", "name"),
                        name="group_name_once",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("custom_value1", models.CharField(blank=True, max_length=1000)),
                ("custom_value2", models.CharField(blank=True, max_length=1000)),
                ("custom_value3", models.CharField(blank=True, max_length=1000)),
                ("custom_value4", models.CharField(blank=True, max_length=1000)),
                ("number", models.CharField(blank=True, max_length=190)),
                ("name", models.CharField(blank=True, max_length=190)),
                ("display_name", models.CharField(blank=True, max_length=190)),
                ("sort_name", models.CharField(blank=True, editable=False, max_length=190)),
                ("sort_number", models.BigIntegerField(default=0, editable=False)),
                ("id_number", models.CharField(blank=True, max_length=190)),
                ("vat_number", models.CharField(blank=True, max_length=190)),
                ("website", models.CharField(blank=True, max_length=190)),
                ("phone", models.CharField(blank=True, max_length=190)),
                ("public_notes", models.TextField(blank=True)),
                ("private_notes", models.TextField(blank=True)),
                ("size_id", models.CharField(blank=True, max_length=8)),
                ("industry_id", models.CharField(blank=True, max_length=8)),
                ("address1", models.CharField(blank=True, max_length=190)),
                ("address2", models.CharField(blank=True, max_length=190)),
                ("city", models.CharField(blank=True, max_length=190)),
                ("state", models.CharField(blank=True, max_length=190)),
                ("postal_code", models.CharField(blank=True, max_length=190)),
                ("country_id", models.CharField(blank=True, max_length=8)),
                ("shipping_address1", models.CharField(blank=True, max_length=190)),
                ("shipping_address2", models.CharField(blank=True, max_length=190)),
                ("shipping_city", models.CharField(blank=True, max_length=190)),
                ("shipping_state", models.CharField(blank=True, max_length=190)),
                ("shipping_postal_code", models.CharField(blank=True, max_length=190)),
                ("shipping_country_id", models.CharField(blank=True, max_length=8)),
                ("classification", models.CharField(blank=True, max_length=16)),
                ("is_tax_exempt", models.BooleanField(default=False)),
                ("has_valid_vat_number", models.BooleanField(default=False)),
                ("tax_exemption_code", models.CharField(blank=True, max_length=32)),
                ("legal_form", models.CharField(blank=True, max_length=190)),
                ("siren", models.CharField(blank=True, max_length=9)),
                ("siret", models.CharField(blank=True, max_length=14)),
                ("routing_id", models.CharField(blank=True, max_length=190)),
                ("electronic_address", models.CharField(blank=True, max_length=190)),
                ("electronic_address_scheme", models.CharField(blank=True, max_length=8)),
                ("buyer_reference", models.CharField(blank=True, max_length=190)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("bic", models.CharField(blank=True, max_length=11)),
                ("tax_info", models.JSONField(blank=True, default=dict)),
                ("e_invoice", models.JSONField(blank=True, default=dict)),
                ("settings", models.JSONField(blank=True, default=dict)),
                ("last_login", models.DateTimeField(null=True)),
                ("balance", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("paid_to_date", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("credit_balance", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("payment_balance", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                (
                    "assigned_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        default=comptoir.tenancy.scope.current_company_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.company",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="absorbed",
                        to="clients.client",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clients",
                        to="clients.group",
                    ),
                ),
                (
                    "search_text",
                    comptoir.tenancy.searching.SearchText(blank=True, default="", editable=False),
                ),
                ("logo_path", models.CharField(blank=True, max_length=190)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "id", "archived_at", "deleted_at"], name="client_list"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["company", "id"],
                        name="client_away",
                    ),
                    models.Index(fields=["company", "created_at", "id"], name="client_by_creation"),
                    models.Index(fields=["company", "sort_name", "id"], name="client_by_name"),
                    models.Index(fields=["company", "sort_number", "id"], name="client_by_number"),
                    models.Index(fields=["company", "updated_at", "id"], name="client_by_change"),
                    models.Index(fields=["company", "group"], name="client_by_group"),
                    models.Index(
                        fields=["company", "balance", "id", "archived_at", "deleted_at"],
                        name="client_by_balance",
                    ),
                    models.Index(fields=["company", "paid_to_date", "id"], name="client_by_paid"),
                    models.Index(fields=["company", "credit_balance", "id"], name="client_by_credit"),
                    models.Index(fields=["company", "last_login", "id"], name="client_by_last_login"),
                    models.Index(fields=["company", "city", "id"], name="client_by_city"),
                    models.Index(fields=["company", "id_number", "id"], name="client_by_id_number"),
                    models.Index(
                        condition=models.Q(("size_id", ""), _negated=True),
                        fields=["company", "size_id"],
                        name="client_by_size_id",
                    ),
                    models.Index(
                        condition=models.Q(("industry_id", ""), _negated=True),
                        fields=["company", "industry_id"],
                        name="client_by_industry_id",
                    ),
                    models.Index(
                        condition=models.Q(("custom_value1", ""), _negated=True),
                        fields=["company", "custom_value1"],
                        name="client_by_custom_value1",
                    ),
                    models.Index(
                        condition=models.Q(("custom_value2", ""), _negated=True),
                        fields=["company", "custom_value2"],
                        name="client_by_custom_value2",
                    ),
                    models.Index(
                        condition=models.Q(("custom_value3", ""), _negated=True),
                        fields=["company", "custom_value3"],
                        name="client_by_custom_value3",
                    ),
                    models.Index(
                        condition=models.Q(("custom_value4", ""), _negated=True),
                        fields=["company", "custom_value4"],
                        name="client_by_custom_value4",
                    ),
                    comptoir.tenancy.searching.SearchIndex(fields=["search_text"], name="client_search"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("company", "number"),
                        name="client_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("id_number", ""), _negated=True),
                        fields=("company", "id_number"),
                        name="client_id_number_once",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("custom_value1", models.CharField(blank=True, max_length=1000)),
                ("custom_value2", models.CharField(blank=True, max_length=1000)),
                ("custom_value3", models.CharField(blank=True, max_length=1000)),
                ("custom_value4", models.CharField(blank=True, max_length=1000)),
                ("name", models.CharField(blank=True, max_length=190)),
                ("address1", models.CharField(blank=True, max_length=190)),
                ("address2", models.CharField(blank=True, max_length=190)),
                ("city", models.CharField(blank=True, max_length=190)),
                ("state", models.CharField(blank=True, max_length=190)),
                ("postal_code", models.CharField(blank=True, max_length=190)),
                ("country_id", models.CharField(blank=True, max_length=8)),
                ("is_shipping_location", models.BooleanField(default=False)),
                (
                    "assigned_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="locations",
                        to="clients.client",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        default=comptoir.tenancy.scope.current_company_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["company", "client"], name="location_of_client")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("custom_value1", models.CharField(blank=True, max_length=1000)),
                ("custom_value2", models.CharField(blank=True, max_length=1000)),
                ("custom_value3", models.CharField(blank=True, max_length=1000)),
                ("custom_value4", models.CharField(blank=True, max_length=1000)),
                ("position", models.SmallIntegerField(default=0)),
                ("first_name", models.CharField(blank=True, max_length=190)),
                ("last_name", models.CharField(blank=True, max_length=190)),
                ("email", models.CharField(blank=True, max_length=190)),
                ("phone", models.CharField(blank=True, max_length=190)),
                ("is_primary", models.BooleanField(default=False)),
                ("send_email", models.BooleanField(default=True)),
                ("cc_only", models.BooleanField(default=False)),
                ("can_sign", models.BooleanField(default=False)),
                ("is_locked", models.BooleanField(default=False)),
                ("declined", models.JSONField(blank=True, default=list)),
                ("password", models.CharField(blank=True, max_length=190)),
                ("language_id", models.CharField(blank=True, max_length=8)),
                ("last_login", models.DateTimeField(null=True)),
                ("key_seed", models.BigIntegerField()),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="clients.client",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        default=comptoir.tenancy.scope.current_company_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.company",
                    ),
                ),
                (
                    "search_text",
                    comptoir.tenancy.searching.SearchText(blank=True, default="", editable=False),
                ),
            ],
            options={
                "ordering": ("-is_primary", "position", "id"),
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "id"], name="contact_list"),
                    models.Index(
                        models.F("company"),
                        django.db.models.functions.text.Lower("email"),
                        name="contact_by_email",
                    ),
                    models.Index(fields=["client", "id"], name="contact_of_client"),
                    comptoir.tenancy.searching.SearchIndex(fields=["search_text"], name="contact_search"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None), ("is_primary", True)),
                        fields=("client",),
                        name="contact_one_primary",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
    ]

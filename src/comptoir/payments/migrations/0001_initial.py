import comptoir.tenancy.columns
import comptoir.tenancy.scope
import comptoir.tenancy.searching
import django.db.models.deletion
import django.db.models.manager
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("credits", "0001_initial"),
        ("gateways", "0001_initial"),
        ("invoices", "0001_initial"),
        ("people", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payment",
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
                (
                    "status_id",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Pending"),
                            (2, "Cancelled"),
                            (3, "Failed"),
                            (4, "Completed"),
                            (5, "Partly Refunded"),
                            (6, "Refunded"),
                        ],
                        default=4,
                    ),
                ),
                ("type_id", models.CharField(blank=True, max_length=8)),
                ("date", models.DateField()),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("applied", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("refunded", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("unapplied", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("currency_id", models.CharField(max_length=8)),
                ("exchange_rate", comptoir.tenancy.columns.MicroField(default=Decimal("1"))),
                ("exchange_currency_id", models.CharField(blank=True, max_length=8)),
                ("transaction_reference", models.CharField(blank=True, max_length=190)),
                ("private_notes", models.TextField(blank=True)),
                ("is_manual", models.BooleanField(default=True)),
                ("idempotency_key", models.CharField(blank=True, max_length=64)),
                ("gateway_type_id", models.CharField(blank=True, max_length=8)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
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
                    "company_gateway",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gateways.companygateway",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
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
                    "search_text",
                    comptoir.tenancy.searching.SearchText(blank=True, default="", editable=False),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "id"], name="payment_list"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["company", "id"],
                        name="payment_away",
                    ),
                    models.Index(fields=["company", "number", "id"], name="payment_by_number"),
                    models.Index(fields=["client", "id"], name="payment_of_client"),
                    models.Index(fields=["company", "date", "id"], name="payment_by_date"),
                    models.Index(fields=["company", "updated_at", "id"], name="payment_by_change"),
                    models.Index(fields=["company", "created_at", "id"], name="payment_by_creation"),
                    models.Index(
                        fields=["company", "status_id", "id", "client", "archived_at", "deleted_at"],
                        name="payment_by_status",
                    ),
                    models.Index(fields=["company", "amount", "id"], name="payment_by_amount"),
                    models.Index(fields=["company", "unapplied", "id"], name="payment_by_unapplied"),
                    comptoir.tenancy.searching.SearchIndex(fields=["search_text"], name="payment_search"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("company", "number"),
                        name="payment_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        fields=("company", "idempotency_key"),
                        name="payment_key_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("company_gateway__isnull", False),
                            models.Q(("transaction_reference", ""), _negated=True),
                        ),
                        fields=("company_gateway", "transaction_reference"),
                        name="payment_collected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__lt", 0), ("refunded__lte", models.F("amount")), _connector="OR"
                        ),
                        name="payment_refund_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__lt", 0), ("unapplied__gt", Decimal("-0.01")), _connector="OR"
                        ),
                        name="payment_applied_within",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Allocation",
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
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("refunded", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("refills", models.JSONField(default=list)),
                (
                    "removed_with",
                    models.CharField(
                        blank=True,
                        choices=[("", "Kept"), ("invoice", "Invoice"), ("payment", "Payment")],
                        default="",
                        max_length=8,
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
                    "credit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="credits.credit",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="invoices.invoice",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allocations",
                        to="payments.payment",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["payment", "id"], name="allocation_of_payment"),
                    models.Index(fields=["invoice", "id"], name="allocation_of_invoice"),
                    models.Index(fields=["credit", "id"], name="allocation_of_credit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__lt", 0), ("refunded__lte", models.F("amount")), _connector="OR"
                        ),
                        name="allocation_refund_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credit__isnull", False), ("invoice", None)),
                            models.Q(("credit", None), ("invoice__isnull", False)),
                            _connector="OR",
                        ),
                        name="allocation_of_one",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("parts", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refunds",
                        to="payments.payment",
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
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="payments.refund",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["payment", "id"], name="refund_of_payment")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undoes__isnull", False)),
                        fields=("company", "undoes"),
                        name="refund_undone_once",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
    ]

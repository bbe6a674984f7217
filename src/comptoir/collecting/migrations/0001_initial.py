import comptoir.collecting.models
import comptoir.tenancy.columns
import comptoir.tenancy.scope
import django.db.models.deletion
import django.db.models.manager
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("gateways", "0001_initial"),
        ("invoices", "0001_initial"),
        ("payments", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("charge", "Charge"), ("store", "Store")],
                        default="page",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("pending", "Pending"),
                            ("paid", "Paid"),
                            ("failed", "Failed"),
                            ("odd", "Odd"),
                        ],
                        default="started",
                        max_length=8,
                    ),
                ),
                ("gateway_type_id", models.CharField(max_length=8)),
                ("key", models.CharField(default=comptoir.collecting.models.fresh_key, max_length=64)),
                ("reference", models.CharField(blank=True, max_length=190)),
                ("money_reference", models.CharField(blank=True, max_length=190)),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("fee", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("fee_line", models.JSONField(blank=True, default=dict)),
                ("currency_id", models.CharField(max_length=8)),
                ("parts", models.JSONField(default=list)),
                ("keep", models.BooleanField(default=False)),
                ("by_itself", models.BooleanField(default=False)),
                ("said", models.CharField(blank=True, max_length=500)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
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
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "gateway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gateways.companygateway",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="gateways.storedmethod",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="payments.payment",
                    ),
                ),
                ("auto_bill", models.BooleanField(default=False)),
                ("own", models.JSONField(default=list)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "client", "id"], name="attempt_of_client"),
                    models.Index(fields=["company", "payment"], name="attempt_of_payment"),
                    models.Index(
                        condition=models.Q(("state__in", ("started", "pending"))),
                        fields=["state", "updated_at"],
                        name="attempt_still_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company", "key"), name="attempt_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("gateway", "reference"),
                        name="attempt_reference_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("money_reference", ""), _negated=True),
                        fields=("gateway", "money_reference"),
                        name="attempt_money_once",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="GatewayRefund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("started", "Started"), ("done", "Done"), ("failed", "Failed")],
                        default="started",
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(default=comptoir.collecting.models.fresh_key, max_length=64)),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("parts", models.JSONField(default=list)),
                ("on", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=190)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("actor", models.JSONField(default=dict)),
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
                        related_name="gateway_refunds",
                        to="payments.payment",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="by_gateway",
                        to="payments.refund",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["payment", "id"], name="gateway_refund_of_payment"),
                    models.Index(
                        condition=models.Q(("state", "started")),
                        fields=["state", "updated_at"],
                        name="gateway_refund_still_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company", "key"), name="gateway_refund_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("payment", "reference"),
                        name="gateway_refund_reference_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("refund__isnull", False)),
                        fields=("company", "refund"),
                        name="gateway_refund_books_once",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=190)),
                ("ip", models.CharField(blank=True, max_length=45)),
                ("name", models.CharField(blank=True, max_length=190)),
                ("drawing", models.TextField(blank=True)),
                ("terms", models.TextField(blank=True)),
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
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.contact",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="invoices.invoice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["invoice", "id"], name="agreement_of_invoice")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reference", models.CharField(max_length=190)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("reason", models.CharField(blank=True, max_length=190)),
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
                        related_name="disputes",
                        to="payments.payment",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="by_dispute",
                        to="payments.refund",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("payment", "reference"), name="dispute_once")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]

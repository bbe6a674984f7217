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
        ("people", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentTerm",
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
                ("num_days", models.SmallIntegerField(default=0)),
                ("end_of_month", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=190)),
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
                "ordering": ("num_days", "id"),
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Product",
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
                ("product_key", models.CharField(blank=True, max_length=190)),
                ("notes", models.TextField(blank=True)),
                ("cost", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("price", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("quantity", comptoir.tenancy.columns.MicroField(default=Decimal("1"))),
                ("unit_code", models.CharField(default="C62", max_length=8)),
                ("tax_name1", models.CharField(blank=True, max_length=190)),
                ("tax_rate1", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("tax_name2", models.CharField(blank=True, max_length=190)),
                ("tax_rate2", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("tax_name3", models.CharField(blank=True, max_length=190)),
                ("tax_rate3", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("tax_id", models.CharField(default="1", max_length=2)),
                ("custom_value1", models.CharField(blank=True, max_length=1000)),
                ("custom_value2", models.CharField(blank=True, max_length=1000)),
                ("custom_value3", models.CharField(blank=True, max_length=1000)),
                ("custom_value4", models.CharField(blank=True, max_length=1000)),
                ("in_stock_quantity", models.IntegerField(default=0)),
                ("stock_notification", models.BooleanField(default=True)),
                ("stock_notification_threshold", models.IntegerField(default=0)),
                ("max_quantity", models.IntegerField(default=0)),
                ("product_image", models.CharField(blank=True, max_length=500)),
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
                    models.Index(fields=["company", "id", "archived_at", "deleted_at"], name="product_list"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["company", "id"],
                        name="product_away",
                    ),
                    models.Index(fields=["company", "product_key", "id"], name="product_by_key"),
                    models.Index(fields=["company", "updated_at", "id"], name="product_by_change"),
                    models.Index(fields=["company", "created_at", "id"], name="product_by_creation"),
                    models.Index(fields=["company", "price", "id"], name="product_by_price"),
                    models.Index(fields=["company", "cost", "id"], name="product_by_cost"),
                    comptoir.tenancy.searching.SearchIndex(fields=["search_text"], name="product_search"),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TaxRate",
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
                ("rate", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("category", models.CharField(default="S", max_length=2)),
                ("exemption_code", models.CharField(blank=True, max_length=32)),
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
                        name="tax_rate_name_once",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]

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
        ("invoices", "0001_initial"),
        ("people", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quote",
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
                ("status_id", models.SmallIntegerField(default=1)),
                ("design_id", models.BigIntegerField(null=True)),
                ("currency_id", models.CharField(max_length=8)),
                ("exchange_rate", comptoir.tenancy.columns.MicroField(default=Decimal("1"))),
                ("date", models.DateField()),
                ("due_date", models.DateField(null=True)),
                ("partial", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("partial_due_date", models.DateField(null=True)),
                ("last_sent_date", models.DateField(null=True)),
                ("next_send_date", models.DateTimeField(null=True)),
                ("po_number", models.CharField(blank=True, max_length=190)),
                ("terms", models.TextField(blank=True)),
                ("footer", models.TextField(blank=True)),
                ("public_notes", models.TextField(blank=True)),
                ("private_notes", models.TextField(blank=True)),
                ("line_items", models.TextField(default="[]")),
                ("discount", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("is_amount_discount", models.BooleanField(default=True)),
                ("uses_inclusive_taxes", models.BooleanField(default=False)),
                ("tax_name1", models.CharField(blank=True, max_length=190)),
                ("tax_rate1", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("tax_name2", models.CharField(blank=True, max_length=190)),
                ("tax_rate2", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("tax_name3", models.CharField(blank=True, max_length=190)),
                ("tax_rate3", comptoir.tenancy.columns.MicroField(default=Decimal("0"))),
                ("custom_surcharge1", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("custom_surcharge2", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("custom_surcharge3", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("custom_surcharge4", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("custom_surcharge_tax1", models.BooleanField(default=False)),
                ("custom_surcharge_tax2", models.BooleanField(default=False)),
                ("custom_surcharge_tax3", models.BooleanField(default=False)),
                ("custom_surcharge_tax4", models.BooleanField(default=False)),
                ("amount", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("total_taxes", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("balance", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("paid_to_date", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("buyer_reference", models.CharField(blank=True, max_length=190)),
                ("delivery_date", models.DateField(null=True)),
                ("period_start", models.DateField(null=True)),
                ("period_end", models.DateField(null=True)),
                ("e_invoice", models.JSONField(blank=True, default=dict)),
                ("tax_info", models.JSONField(blank=True, default=dict)),
                ("snapshot", models.JSONField(blank=True, default=dict)),
                ("approval", models.JSONField(blank=True, default=dict)),
                ("reminder1_sent", models.DateField(null=True)),
                ("reminder2_sent", models.DateField(null=True)),
                ("reminder3_sent", models.DateField(null=True)),
                ("reminder_last_sent", models.DateField(null=True)),
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
                        related_name="%(class)ss",
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
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quotes",
                        to="invoices.invoice",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clients.location",
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
                    comptoir.tenancy.searching.SearchIndex(fields=["search_text"], name="quote_search"),
                    models.Index(fields=["company", "id"], name="quote_list"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["company", "id"],
                        name="quote_away",
                    ),
                    models.Index(fields=["company", "number", "id"], name="quote_by_number"),
                    models.Index(fields=["client", "id"], name="quote_of_client"),
                    models.Index(
                        fields=[
                            "company",
                            "status_id",
                            "due_date",
                            "id",
                            "client",
                            "archived_at",
                            "deleted_at",
                        ],
                        name="quote_by_status",
                    ),
                    models.Index(fields=["company", "updated_at", "id"], name="quote_by_change"),
                    models.Index(fields=["company", "created_at", "id"], name="quote_by_creation"),
                    models.Index(fields=["company", "date", "id"], name="quote_by_date"),
                    models.Index(fields=["company", "due_date", "id"], name="quote_by_due_date"),
                    models.Index(fields=["company", "amount", "id"], name="quote_by_amount"),
                    models.Index(
                        condition=models.Q(("next_send_date__isnull", False)),
                        fields=["next_send_date"],
                        name="quote_to_remind",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("company", "number"),
                        name="quote_number_once",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="QuoteInvitation",
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
                ("key_seed", models.BigIntegerField()),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("viewed_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("email_status", models.CharField(blank=True, max_length=16)),
                ("email_error", models.CharField(blank=True, max_length=500)),
                ("message_id", models.CharField(blank=True, max_length=190)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.contact"
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["quote", "id"], name="invitation_of_quote")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("quote", "contact"),
                        name="quote_invited_once",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="QuoteReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(max_length=8)),
                ("turn", models.SmallIntegerField(default=0)),
                ("on", models.DateField()),
                ("fee", comptoir.tenancy.columns.MoneyField(default=Decimal("0"))),
                ("is_mailed", models.BooleanField(default=False)),
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
                    "quote",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("quote", "stage", "turn"), name="quote_reminded_once")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]

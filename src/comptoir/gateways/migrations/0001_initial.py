import comptoir.tenancy.scope
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyGateway",
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
                ("gateway_key", models.CharField(max_length=32)),
                ("label", models.CharField(blank=True, max_length=190)),
                ("sealed_config", models.TextField(blank=True)),
                ("fees_and_limits", models.JSONField(blank=True, default=dict)),
                ("token_billing", models.CharField(default="off", max_length=8)),
                ("accepted_credit_cards", models.IntegerField(default=0)),
                ("require_cvv", models.BooleanField(default=True)),
                ("require_billing_address", models.BooleanField(default=True)),
                ("require_shipping_address", models.BooleanField(default=True)),
                ("require_client_name", models.BooleanField(default=False)),
                ("require_postal_code", models.BooleanField(default=False)),
                ("require_client_phone", models.BooleanField(default=False)),
                ("require_contact_name", models.BooleanField(default=False)),
                ("require_contact_email", models.BooleanField(default=False)),
                ("require_custom_value1", models.BooleanField(default=False)),
                ("require_custom_value2", models.BooleanField(default=False)),
                ("require_custom_value3", models.BooleanField(default=False)),
                ("require_custom_value4", models.BooleanField(default=False)),
                ("update_details", models.BooleanField(default=False)),
                ("always_show_required_fields", models.BooleanField(default=True)),
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
                "indexes": [
                    models.Index(fields=["company", "id"], name="gateway_list"),
                    models.Index(fields=["company", "updated_at"], name="gateway_by_change"),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="StoredMethod",
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
                ("gateway_type_id", models.CharField(max_length=8)),
                ("token", models.CharField(max_length=190)),
                ("gateway_customer_reference", models.CharField(blank=True, max_length=190)),
                ("routing_number", models.CharField(blank=True, max_length=64)),
                ("meta", models.JSONField(blank=True, default=dict)),
                ("is_default", models.BooleanField(default=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stored_methods",
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
                    "gateway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stored_methods",
                        to="gateways.companygateway",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "id"], name="stored_method_list"),
                    models.Index(fields=["company", "client", "id"], name="stored_method_of_client"),
                    models.Index(fields=["company", "updated_at"], name="stored_method_by_change"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("company", "gateway", "client", "token"),
                        name="stored_method_once",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
    ]

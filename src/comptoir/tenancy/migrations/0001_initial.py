import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(blank=True, max_length=190)),
                ("key", models.CharField(max_length=32, unique=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Company",
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
                ("company_key", models.CharField(max_length=32, unique=True)),
                ("settings", models.JSONField(blank=True, default=dict)),
                ("switches", models.JSONField(blank=True, default=dict)),
                ("custom_fields", models.JSONField(blank=True, default=dict)),
                ("enabled_modules", models.IntegerField(default=65535)),
                ("size_id", models.CharField(blank=True, max_length=8)),
                ("industry_id", models.CharField(blank=True, max_length=8)),
                ("subdomain", models.CharField(blank=True, max_length=190)),
                ("portal_mode", models.CharField(default="subdomain", max_length=16)),
                ("portal_domain", models.CharField(blank=True, max_length=190)),
                ("smtp_password", models.TextField(blank=True)),
                ("is_large", models.SmallIntegerField(default=0)),
                ("is_disabled", models.SmallIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companies",
                        to="tenancy.account",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "companies",
            },
        ),
        migrations.AddField(
            model_name="account",
            name="default_company",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tenancy.company",
            ),
        ),
    ]

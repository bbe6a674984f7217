import comptoir.tenancy.scope
import django.db.models.deletion
import django.db.models.manager
import comptoir.insight.exports.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
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
                    "key",
                    models.CharField(
                        default=comptoir.insight.exports.models.fresh_hash, editable=False, max_length=36
                    ),
                ),
                ("actor", models.JSONField(default=dict)),
                ("sheet", models.CharField(max_length=32)),
                ("type", models.CharField(max_length=8)),
                ("keys", models.JSONField(default=list)),
                ("columns", models.JSONField(default=list)),
                ("options", models.JSONField(default=dict)),
                ("spoken", models.CharField(max_length=16)),
                ("notation", models.CharField(max_length=16)),
                ("wants_mail", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("total", models.IntegerField(default=0)),
                ("handled", models.IntegerField(default=0)),
                ("path", models.CharField(blank=True, max_length=190)),
                ("name", models.CharField(max_length=190)),
                ("size", models.BigIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["company", "user", "id"], name="export_of_user")],
                "constraints": [models.UniqueConstraint(fields=("company", "key"), name="export_key_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]

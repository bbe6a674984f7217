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
            name="MailDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("kind", models.CharField(max_length=32)),
                ("object_id", models.BigIntegerField()),
                ("occurrence", models.CharField(max_length=64)),
                ("template", models.CharField(blank=True, max_length=32)),
                ("recipient", models.CharField(max_length=254)),
                ("recipient_name", models.CharField(blank=True, max_length=190)),
                ("locale", models.CharField(blank=True, max_length=16)),
                ("sender", models.CharField(max_length=500)),
                ("reply_to", models.CharField(blank=True, max_length=500)),
                ("cc", models.JSONField(default=list)),
                ("bcc", models.JSONField(default=list)),
                ("headers", models.JSONField(default=dict)),
                ("subject", models.TextField()),
                ("html", models.TextField()),
                ("text", models.TextField()),
                ("attachments", models.JSONField(default=list)),
                ("method", models.CharField(default="default", max_length=20)),
                ("secret", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("message_id", models.CharField(blank=True, max_length=254)),
                ("error", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
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
                    "arrival",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("returned", "Returned"),
                            ("delivered", "Delivered"),
                            ("bounced", "Bounced"),
                            ("spam", "Spam"),
                        ],
                        max_length=9,
                    ),
                ),
                ("handed", models.SmallIntegerField(default=0)),
                ("number", models.CharField(blank=True, max_length=190)),
            ],
            options={
                "verbose_name_plural": "mail deliveries",
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["company", "id"], name="mail_stream"),
                    models.Index(fields=["company", "client", "id"], name="mail_of_client"),
                    models.Index(fields=["company", "state", "id"], name="mail_by_state"),
                    models.Index(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=["company", "number"],
                        name="mail_by_number",
                    ),
                    models.Index(
                        condition=models.Q(("sent_at", None), _negated=True),
                        fields=["company", "sent_at"],
                        name="mail_by_hour",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "kind", "object_id", "recipient", "occurrence"), name="mail_once"
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="DeadAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("address", models.CharField(max_length=254)),
                ("is_complaint", models.BooleanField(default=False)),
                ("said", models.TextField(blank=True)),
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
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="delivery.maildelivery",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "dead addresses",
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("company", "address"), name="dead_address_once")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
    ]

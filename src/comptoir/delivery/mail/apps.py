from django.apps import AppConfig


class MailConfig(AppConfig):
    """Finds the templates and translations; the table itself belongs to ``delivery``."""

    name = "comptoir.delivery.mail"
    label = "delivery_mail"

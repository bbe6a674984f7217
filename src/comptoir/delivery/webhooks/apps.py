from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "comptoir.delivery.webhooks"
    label = "webhooks"

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "comptoir.sales.credits"
    label = "credits"

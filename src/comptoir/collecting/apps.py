from django.apps import AppConfig


class CollectingConfig(AppConfig):
    name = "comptoir.collecting"
    label = "collecting"

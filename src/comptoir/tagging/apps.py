from django.apps import AppConfig


class TaggingConfig(AppConfig):
    name = "comptoir.tagging"
    label = "tagging"

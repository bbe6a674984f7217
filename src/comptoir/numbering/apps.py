from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "comptoir.numbering"
    label = "numbering"

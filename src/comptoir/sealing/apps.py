from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "comptoir.sealing"
    label = "sealing"

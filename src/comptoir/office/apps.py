from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "comptoir.office"
    label = "office"

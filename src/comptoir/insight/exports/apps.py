from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "comptoir.insight.exports"
    label = "exports"

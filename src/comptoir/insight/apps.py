from importlib import import_module

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "comptoir.insight"
    label = "insight"

    def ready(self) -> None:
        import_module("comptoir.insight.statements.sending")  # registers what mails attach

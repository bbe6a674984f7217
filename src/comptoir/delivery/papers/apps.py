from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "comptoir.delivery.papers"
    label = "papers"

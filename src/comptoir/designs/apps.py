from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "comptoir.designs"
    label = "designs"

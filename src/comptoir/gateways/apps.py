from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "comptoir.gateways"
    label = "gateways"

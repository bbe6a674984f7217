from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "comptoir.sales.quotes"
    label = "quotes"

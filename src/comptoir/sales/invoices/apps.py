from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "comptoir.sales.invoices"
    label = "invoices"

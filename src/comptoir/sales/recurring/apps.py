from django.apps import AppConfig


class RecurringConfig(AppConfig):
    name = "comptoir.sales.recurring"
    label = "recurring"

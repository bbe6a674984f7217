from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    name = "comptoir.insight.schedules"
    label = "schedules"

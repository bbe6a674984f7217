from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "comptoir.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from .following import follow_by_key

        follow_by_key()

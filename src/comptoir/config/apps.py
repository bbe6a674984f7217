from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "comptoir.config"
    label = "config"

    def ready(self) -> None:
        from comptoir.config import checks  # noqa: F401 - registers them

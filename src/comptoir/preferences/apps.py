from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """No tables: the app is installed for its translations."""

    name = "comptoir.preferences"
    label = "preferences"

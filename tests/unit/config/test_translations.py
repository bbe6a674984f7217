"""Django finds the translations of every room."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

import comptoir

HOUSE = Path(comptoir.__file__).parent


def test_every_folder_of_translations_is_loaded() -> None:
    loaded = {Path(app.path) / "locale" for app in apps.get_app_configs()} | set(settings.LOCALE_PATHS)
    assert [str(path) for path in HOUSE.rglob("locale") if path not in loaded] == []

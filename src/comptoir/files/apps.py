from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "comptoir.files"
    label = "files"

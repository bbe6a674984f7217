from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "comptoir.catalogue"
    label = "catalogue"

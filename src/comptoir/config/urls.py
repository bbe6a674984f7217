"""Routes: every door includes its own."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

_DOORS = (
    ("", "comptoir.api.urls"),
    ("account/", "comptoir.people.urls"),
    ("client/", "comptoir.portal.urls"),
    ("", "comptoir.office.urls"),
)


def _stands(module: str) -> bool:
    package = module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in _DOORS if _stands(module)
]

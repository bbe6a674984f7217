"""The WSGI application that the web process serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
application = get_wsgi_application()

# All views are loaded before the first visitor comes; what is loaded is never garbage.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()

"""Just enough Django to render components: no database, no company, the strict policy of the house."""

from pathlib import Path

import comptoir

HERE = Path(__file__).parent
HOUSE = Path(comptoir.__file__).parent
DOORS = [HOUSE / "office", HOUSE / "portal"]  # their templates and words, not their models
SECRET_KEY = "gallery-only"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.browser.gallery.urls"
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "comptoir.ui",
]
MIDDLEWARE = [
    "comptoir.config.headers.content_security_policy",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", *(door / "templates" for door in DOORS)],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tests.browser.gallery.shell.shell",
            ],
        },
    }
]
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [door / "locale" for door in DOORS]
USE_TZ = True
TIME_ZONE = "Europe/Paris"
STATIC_URL = "/static/"
STATICFILES_DIRS = [HOUSE / "portal" / "static"]

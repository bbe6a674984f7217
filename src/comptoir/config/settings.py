"""Django's settings, derived from the environment (see environment.py) and the data folder."""

import os
from pathlib import Path

from comptoir.config import databases, environment, mail, secrets
from comptoir.people.allauth_settings import *  # noqa: F403

ENVIRONMENT = environment.read()
DATA = ENVIRONMENT.data
BASE_URL = ENVIRONMENT.base_url

_secrets = secrets.load(DATA, os.environ.get("COMPTOIR_SECRET", ""))
SECRET_KEY = _secrets.current
SECRET_KEY_FALLBACKS = list(_secrets.older)
KEYS_SECRET = _secrets.keys  # derives links and tokens (tenancy/keys.py); a rotation leaves it alone
STRIPE_URL = ENVIRONMENT.stripe_url  # another server that speaks Stripe's API, such as a test double
VIES_URL = ENVIRONMENT.vies_url  # where VAT numbers are asked about
RATES_URL = ENVIRONMENT.rates_url  # where rates of exchange come from; "" for nowhere

DEBUG = False
ALLOWED_HOSTS = [ENVIRONMENT.hostname, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "comptoir.config.urls"
COMPTOIR_SUBSCRIPTIONS = "comptoir.config.subscriptions"
COMPTOIR_WEBHOOK_BODIES = "comptoir.config.webhook_bodies.body_of"
COMPTOIR_WIRE = ["comptoir.portal.wire"]
WSGI_APPLICATION = "comptoir.config.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # the house, lowest floor first; before allauth, whose pages we write anew
    "comptoir.tenancy",
    "comptoir.activity",
    "comptoir.preferences",
    "comptoir.people",
    "comptoir.numbering",
    "comptoir.files",
    "comptoir.tagging",
    "comptoir.exchange",
    "comptoir.clients",
    "comptoir.catalogue",
    "comptoir.designs",
    "comptoir.ledger",
    "comptoir.billing",
    "comptoir.sales.invoices",
    "comptoir.sales.credits",
    "comptoir.sales.quotes",
    "comptoir.sales.recurring",
    "comptoir.gateways",
    "comptoir.payments",
    "comptoir.sealing",
    "comptoir.collecting",
    "comptoir.delivery",
    "comptoir.delivery.mail",
    "comptoir.delivery.webhooks",
    "comptoir.delivery.papers",
    "comptoir.insight",
    "comptoir.insight.exports",
    "comptoir.insight.imports",
    "comptoir.insight.schedules",
    "comptoir.contract",
    "comptoir.ui",
    "comptoir.api",
    "comptoir.office",
    "comptoir.portal",
    "comptoir.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comptoir.config.headers.content_security_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comptoir.office.setup.first_run",
]
API_MIDDLEWARE = [  # what wsgi.py puts before the API; tests go through all of the above
    "django.middleware.security.SecurityMiddleware",
    "comptoir.config.headers.content_security_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": databases.database(DATA, ENVIRONMENT.database_url)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond this a third is dropped, counters of tries too: a flood must not get there.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "comptoir.config.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parents[1] / "ui" / "collected"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "public" / "storage"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

_cookie = "__Host-" if ENVIRONMENT.https else ""
SESSION_COOKIE_NAME = f"{_cookie}session"
CSRF_COOKIE_NAME = f"{_cookie}csrf"
LANGUAGE_COOKIE_NAME = f"{_cookie}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
TRUSTED_PROXIES = ENVIRONMENT.proxies
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
API_SECRET = ENVIRONMENT.api_secret
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

vars().update(mail.mail(ENVIRONMENT.email_url))
MAIL_PROVIDERS = mail.PROVIDERS
MAIL_SERVER_IS_SET = bool(ENVIRONMENT.email_url)  # without one, mails wait
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or f"Comptoir <no-reply@{ENVIRONMENT.hostname}>"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "stripe": {"level": "WARNING"},  # it would write down every request
    },
}

"""The settings under test: our own, on a temporary data folder for each process."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="comptoir-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
_on_postgresql = os.environ.get("COMPTOIR_TEST_ON") == "postgresql"
os.environ["COMPTOIR_DATA"] = _data
os.environ["DATABASE_URL"] = os.environ["COMPTOIR_TEST_DATABASE_URL"] if _on_postgresql else ""
# Playwright keeps an event loop in the thread that drives the browser; ORM tests share its process.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for _name in ("COMPTOIR_BASE_URL", "COMPTOIR_SECRET", "EMAIL_URL"):
    os.environ.pop(_name, None)

from comptoir.config.settings import *  # noqa: E402, F403
from comptoir.config.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: WAL and locks are what we want to see. xdist adds the worker's name.
_database = f"test_comptoir_{os.getpid()}" if _on_postgresql else f"{_data}/test.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": _database}
if not _on_postgresql:  # a power cut would lose a test database, and nothing else
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

MAIL_SERVER_IS_SET = True  # tests that send bring a server along; those that wait say so
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
VIES_URL = "http://127.0.0.1:9/rest-api"  # nobody listens there: tests ask no register unless they say so
RATES_URL = ""  # nor any bank
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

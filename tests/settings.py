"""The settings under test: our own, on a temporary data folder for each process."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="comptoir-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["COMPTOIR_DATA"] = _data
os.environ["DATABASE_URL"] = os.environ.get("COMPTOIR_TEST_DATABASE_URL", "")

from comptoir.config.settings import *  # noqa: E402, F403
from comptoir.config.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: WAL and locks are what we want to see. xdist adds the worker's name.
_name = f"test_comptoir_{os.getpid()}" if os.environ["DATABASE_URL"] else f"{_data}/test.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": _name}

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

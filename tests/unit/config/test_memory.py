"""What keeps our memory small, seen in processes of their own."""

import subprocess
import sys

import pytest

from tests.serving import clean_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, as glibc's malloc is meant")

HASHES = """
import sys
from comptoir.config import memory
from argon2.low_level import Type, hash_secret

def anonymous():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon"))

if sys.argv[1] == "yes":
    memory.give_back()
before = anonymous()
for _ in range(3):
    hash_secret(b"a word", b"salt" * 4, 1, 19 * 1024, 1, 16, Type.ID)
print(anonymous() - before)
"""

LOADS = """
import os, threading
from pathlib import Path
from comptoir.config import memory
from comptoir.config.cli import load_django
load_django()
memory.load()
from django.db import connections
from comptoir.activity import jobs
files = [str(one.resolve()) for one in Path("/proc/self/fd").iterdir()]
print(len(os.listdir("/proc/self/task")), threading.active_count())
print([one.alias for one in connections.all(initialized_only=True) if one.connection])
print([name for name in files if "sqlite" in name])
print(jobs.registered("delivery.receipt") is not None)
"""


def said(code: str, *words: str, **environ: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=clean_environment(**environ),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return run.stdout


def test_what_a_password_needed_is_given_back() -> None:
    """Without our word glibc keeps it: 19 MiB."""
    assert int(said(HASHES, "no")) > 15_000
    assert int(said(HASHES, "yes")) < 3_000


def test_what_is_loaded_before_the_fork_has_one_thread_and_no_connection(tmp_path: object) -> None:
    """A lock that another thread holds, or a connection, would be broken on the other side of it."""
    assert said(LOADS, COMPTOIR_DATA=str(tmp_path)).splitlines() == ["1 1", "[]", "[]", "True"]

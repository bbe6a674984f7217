"""One zygote for all processes of `comptoir serve`."""

import subprocess
import sys

from tests.serving import clean_environment

FAMILY = """
import os, signal, socket, sys, time
from pathlib import Path
from comptoir.config.cli import load_django
load_django()
from comptoir.config import forking
from comptoir.config.supervisor import Child, Supervisor
from comptoir.delivery.pdf import engine, nursery

orders = nursery.share()
house = os.getpid()

def zygotes():
    return [int(p.parent.name) for p in Path("/proc").glob("[0-9]*/cmdline") if mine(p)]

def mine(path):
    try:
        parent = int((path.parent / "stat").read_text().rpartition(")")[2].split()[1])
        return parent == house and path.read_bytes().endswith(b"pdf.zygote\\0")
    except OSError:
        return False

def draw():
    assert engine.render("<p>Bonjour").startswith(b"%PDF")

def tell():
    try:
        look()
    finally:
        os.kill(house, signal.SIGTERM)

def look():
    assert zygotes() == []
    for _ in range(2):
        assert forking.wait(forking.fork("draws", draw)) == 0
    first = zygotes()
    assert len(first) == 1, first
    os.kill(first[0], signal.SIGKILL)
    draw()
    second = zygotes()
    assert len(second) == 1 and second != first, second
    assert nursery._kept == []
    environ = Path(f"/proc/{second[0]}/environ").read_bytes()
    assert b"COMPTOIR" not in environ, environ
    print("told", flush=True)

children = [
    Child("pdf", lambda: nursery.become(orders), first_wait=0.1, order=orders),
    Child("tells", tell, once=True),
]
sys.exit(Supervisor(children, grace=5).run())
"""


def test_web_and_worker_order_from_one_zygote_which_comes_back_when_it_dies(tmp_path: object) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FAMILY],
        env=clean_environment(COMPTOIR_DATA=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stderr == "comptoir: pdf ended (-9); starting it again\n"
    assert (run.returncode, run.stdout) == (0, "told\n")

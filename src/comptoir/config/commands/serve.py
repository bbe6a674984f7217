import argparse
import subprocess
import sys
import threading

from comptoir.config import environment, setup_link, web
from comptoir.config.cli import Failed
from comptoir.config.supervisor import Child, Supervisor


def run(_: argparse.Namespace) -> int:
    """Serve until told to stop. This process stays small: Django lives in its children."""
    env = environment.read()
    if web.taken(env.host, env.port):
        raise Failed(
            f"port {env.port} is taken by another program. Stop it, or choose another port: "
            f"COMPTOIR_PORT={env.port + 1}"
        )
    _prepare()
    house = Supervisor([Child("web", web.command(env)), Child("worker", _comptoir("worker"))])
    threading.Thread(target=_announce, args=(env, house), daemon=True).start()
    return house.run()


def _prepare() -> None:
    """Migrations, in a process that ends and gives its memory back."""
    if subprocess.run(_comptoir("migrate"), check=False).returncode:
        raise Failed("the database could not be brought up to date; the reason is above.")


def _announce(env: environment.Environment, house: Supervisor) -> None:
    if not web.wait_until_up(env.host, env.port, house.stopping):
        return
    print(f"\n  Comptoir answers at {env.base_url}   (Ctrl-C stops it)", flush=True)
    link = setup_link.url(env.data, env.base_url)
    if link:
        print(f"  Nobody works here yet. Begin at {link}", flush=True)
    print(flush=True)


def _comptoir(name: str) -> list[str]:
    return [sys.executable, "-m", "comptoir", name]

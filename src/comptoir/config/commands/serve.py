import argparse

from comptoir.config import environment, forking, memory, setup_link, web
from comptoir.config.cli import Failed, load_django
from comptoir.config.supervisor import Child, Supervisor


def run(_: argparse.Namespace) -> int:
    """Serve until told to stop. What web and worker need is loaded here once; they are forked."""
    env = environment.read()
    if web.taken(env.host, env.port):
        raise Failed(
            f"port {env.port} is taken by another program. Stop it, or choose another port: "
            f"COMPTOIR_PORT={env.port + 1}"
        )
    memory.give_back()
    load_django()
    if forking.wait(forking.fork("upgrade", _upgrade)):
        raise Failed("the database could not be brought up to date; the reason is above.")
    memory.load()
    return Supervisor(_children(env)).run()


def _children(env: environment.Environment) -> list[Child]:
    from comptoir.delivery.pdf import nursery

    orders = nursery.share()
    return [
        Child("web", lambda: web.serve(env)),
        Child("worker", _work),
        Child("pdf", lambda: nursery.become(orders), order=orders),
        Child("herald", lambda: _announce(env), once=True),
    ]


def _upgrade() -> int:
    """In a process that ends and gives its memory back."""
    from comptoir.config import cli

    return cli.main(["migrate"])


def _work() -> None:
    from comptoir.activity import worker

    worker.run()


def _announce(env: environment.Environment) -> None:
    if not web.wait_until_up(env.host, env.port):
        return
    print(f"\n  Comptoir answers at {env.base_url}   (Ctrl-C stops it)", flush=True)
    link = setup_link.url(env.data, env.base_url)
    if link:
        print(f"  Nobody works here yet. Begin at {link}", flush=True)
    print(flush=True)

"""The `comptoir` command. What a command needs is imported when it runs, so that all start fast."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from comptoir.config.environment import Misconfigured
from comptoir.config.secrets import WeakSecret

COMMANDS = {
    "serve": "bring the database up to date, then serve pages, API and background work",
    "worker": "do background work only (mail, PDF, webhooks), for further machines",
    "setup": "make the account, the first company and its owner",
    "demo": "fill a company with believable data",
    "backup": "write database, files and secrets into one archive",
    "restore": "bring an archive back into an empty installation",
    "audit": "check that stored balances, numbers and files agree with each other",
    "doctor": "say whether this installation is well, and what to do where it is not",
    "migrate": "bring the database up to date",
    "shell": "a Python prompt with everything loaded",
}


class Failed(Exception):
    """A command could not do its work; the message is a sentence that says what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did its work, 2 when it was asked wrongly."""
    os.umask(0o077)  # nobody else on this machine reads what we write
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except (Failed, Misconfigured, WeakSecret) as error:
        print(f"comptoir: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def load_django() -> None:
    """Load settings and every package; commands that touch the database begin with it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
    import django

    django.setup()


def _parser() -> argparse.ArgumentParser:
    from comptoir import __version__

    parser = argparse.ArgumentParser(prog="comptoir", description="Invoicing built around the client.")
    parser.add_argument("--version", action="version", version=f"comptoir {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, what in COMMANDS.items():
        module = import_module(f"comptoir.config.commands.{name}")
        command = commands.add_parser(name, help=what, description=what.capitalize() + ".")
        if hasattr(module, "arguments"):
            module.arguments(command)
        command.set_defaults(run=module.run)
    return parser

import argparse


def run(_: argparse.Namespace) -> int:
    """Bring the database up to date; several processes may ask at once."""
    from comptoir.config.cli import load_django

    load_django()

    from comptoir.config import upgrade

    upgrade.run()
    return 0

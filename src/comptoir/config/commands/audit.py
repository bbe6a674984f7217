import argparse


def run(_: argparse.Namespace) -> int:
    """1 when something disagrees; nothing is changed."""
    from comptoir.config.cli import load_django

    load_django()

    from comptoir.config import audit

    return audit.run()

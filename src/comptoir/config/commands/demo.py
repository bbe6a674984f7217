import argparse


def run(_: argparse.Namespace) -> int:
    """Believable data for looking around; says how to sign in."""
    from comptoir.config.cli import load_django

    load_django()

    from comptoir.config import demo, upgrade

    upgrade.run()
    demo.build()
    return 0

import argparse
from pathlib import Path

from comptoir.config.cli import Failed, load_django


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an archive that `comptoir backup` made")


def run(given: argparse.Namespace) -> int:
    """Into an empty installation only."""
    load_django()

    from django.conf import settings

    from comptoir.config import upgrade
    from comptoir.insight import backup
    from comptoir.people import setup

    upgrade.run()
    try:
        found = backup.restore(given.file, data=settings.DATA)
    except (backup.Unusable, OSError) as error:
        raise Failed(str(error)) from error
    setup.word(settings.DATA)
    print(f"{found.rows} rows and {found.files} files of {found.made_at} are back.")
    return 0

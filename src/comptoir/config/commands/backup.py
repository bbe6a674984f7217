import argparse
from datetime import UTC, datetime
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="where to (default: comptoir-<moment>.zip here)")


def run(given: argparse.Namespace) -> int:
    """While everybody works; the archive is readable by its owner only."""
    from comptoir.config.cli import load_django

    load_django()

    from django.conf import settings

    from comptoir.insight import backup

    path = given.file or Path(f"comptoir-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip")
    made = backup.make(path, data=settings.DATA)
    print(f"{path}: {made.rows} rows, {made.files} files.")
    if made.missing:
        print(f"{made.missing} attached files have lost their bytes; `comptoir audit` names them.")
    return int(bool(made.missing))

"""Everything a reviewer should not have to look for: `make check`."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STEPS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "djade": ["djade", "--check", "--target-version", "5.2"],
    "mypy": ["mypy"],
    "floors (import-linter)": ["lint-imports"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "settings": ["python", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
    "translations": ["python", "-m", "tools.messages", "check"],
}


def main() -> int:
    """Runs every step, shows what the failing ones said, and counts."""
    failed = 0
    with tempfile.TemporaryDirectory() as data:
        environ = os.environ | {
            "COMPTOIR_DATA": data,
            "COMPTOIR_BASE_URL": "https://invoices.example.com",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "comptoir.config.settings",
        }
        for name, command in STEPS.items():
            began = time.monotonic()
            run = subprocess.run(
                [str(BIN / command[0]), *command[1:], *_files(name)],
                cwd=ROOT,
                env=environ,
                capture_output=True,
                text=True,
                check=False,
            )
            failed += bool(run.returncode)
            print(
                f"{'FAILED' if run.returncode else 'ok':<7} {name} ({time.monotonic() - began:.1f} s)",
                flush=True,
            )
            if run.returncode:
                print(run.stdout + run.stderr, flush=True)
    print(f"check: {len(STEPS) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _files(name: str) -> list[str]:
    if name != "djade":
        return []
    return [str(path) for path in sorted((ROOT / "src").rglob("templates/**/*.html"))]


if __name__ == "__main__":
    sys.exit(main())

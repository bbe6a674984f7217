"""Find a Chromium for the browser tests, or install Debian's where we may: `python -m tools.chromium`."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Never fails: without a browser the tests say so themselves."""
    if found() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("  Chromium (apt-get) …", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-qq", *words],
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )


def found() -> str | None:
    """Its path, or None."""
    named = os.environ.get("COMPTOIR_TEST_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    main()

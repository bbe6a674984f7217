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
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], check=False, **quiet
    )


def found() -> str | None:
    """Its path, or None."""
    named = os.environ.get("COMPTOIR_TEST_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    main()

"""Install the locked Python packages with a line of progress: `python -m tools.packages base`."""

import subprocess
import sys
from collections import deque
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
PIP = (
    sys.executable,
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
)


def main(name: str) -> int:
    """pip's own exit code; what it said last is shown where it failed."""
    locked = REQUIREMENTS / f"{name}.txt"
    count = sum("==" in line for line in locked.read_text().splitlines())
    last: deque[str] = deque(maxlen=15)
    done = 0
    show(name, done, count)
    pip = subprocess.Popen(
        [*PIP, "--require-hashes", "-r", str(locked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in pip.stdout or ():
        last.append(line)
        if line.startswith(("Collecting", "Requirement already", "Ignoring")):
            done += 1
            show(name, done, count)
    print(flush=True)
    if pip.wait():
        print("".join(last) + "error: pip could not install the packages; its own words are above.")
        print("Is the package index reachable? The same command goes on where this one stopped.")
    return pip.returncode


def show(name: str, done: int, count: int) -> None:
    """One line, rewritten on a terminal and written once elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  Python packages ({name}): {done} of {count} ", end="", flush=True)
    elif done == 0:
        print(f"  Python packages ({name}): {count} …", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

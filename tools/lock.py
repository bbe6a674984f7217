"""Pin every dependency with its hashes and no registry's address: `make lock`."""

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
OPTIONS = (
    *("--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--quiet", "--upgrade"),
    *("--python-version", "3.11", "--custom-compile-command", "make lock"),
)


def main() -> None:
    """Later files keep to the versions of the earlier ones."""
    earlier: list[str] = []
    for source, name in (
        ("../pyproject.toml", "base"),
        *((f"{n}.in", n) for n in ("build", "test", "quality")),
    ):
        print(f"  {name} …", flush=True)
        command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, source, "-o", f"{name}.txt"]
        constraints = [word for file in earlier for word in ("-c", file)]
        subprocess.run([*command, *constraints], cwd=REQUIREMENTS, check=True)
        earlier.append(f"{name}.txt")


if __name__ == "__main__":
    main()

"""`python -m comptoir` is the `comptoir` command."""

import sys

from comptoir.config.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""The whole installation in one archive, and back (S36).

- ``make(path, data=...) -> Contents``: writes database, attached files and secrets into one ZIP.
- ``restore(path, data=...) -> Contents``: fills an installation in which nobody works yet.

``manifest.json`` says what it is; ``tables/<table>.jsonl`` has one row a line, the same from SQLite and
PostgreSQL; ``storage/`` has the files under the paths that the table names; ``secrets.json`` opens the
links that were sent. Whoever holds the archive holds everything.
"""

from .making import make
from .manifest import Contents, Unusable
from .restoring import restore

__all__ = ["Contents", "Unusable", "make", "restore"]

"""Comptoir: self-hosted invoicing built around the client."""

import sys

__version__ = "0.1.0"

# Distributions still ship SQLite versions with the WAL-reset corruption bug (3.7.0 to 3.51.2). Where a
# wheel of pysqlite3 exists it carries a mended SQLite; Django must find it under the standard names.
try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # no wheel on this platform: checks.py refuses WAL on an affected version
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

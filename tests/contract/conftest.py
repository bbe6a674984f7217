"""Without the recordings their test is not collected; see replaying.py for where they are looked for."""

from tests.contract.replaying import recordings

collect_ignore = [] if recordings() else ["test_recordings.py"]

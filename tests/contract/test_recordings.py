"""The recordings that must pass (recordings.txt), replayed against a fresh server.

Collected only where the recordings are: they are not shipped with Comptoir (see replaying.py).
"""

from __future__ import annotations

from pathlib import Path

from tests.contract import replaying
from tests.serving import serving


def test_every_listed_recording_passes(tmp_path: Path) -> None:
    folder = replaying.recordings()
    assert folder
    with serving(tmp_path / "data") as served:
        replaying.prepare(served)
        found = replaying.replay(served, folder, tmp_path / "report.json")
    wanted = replaying.listed()
    missing = [name for name in wanted if name not in found]
    failed = {name: found[name] for name in wanted if found.get(name)}
    assert (missing, failed) == ([], {})

"""CPU time and memory of a family of processes, from /proc (Linux)."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds
_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """The process and all that descend from it, ended ones that nobody has collected too."""
    children = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            children[int(fields[1])].append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children[found[-1]]
    return found


def cpu(pids: Iterable[int]) -> float:
    """Milliseconds of user and system time, collected children included."""
    return sum(sum(map(int, fields[11:15])) * _TICK for pid in pids if (fields := _stat(pid)))


def memory(pids: Iterable[int]) -> float:
    """Megabytes (10^6 bytes): what is shared counts for each sharer's part (PSS)."""
    return sum(map(_pss, pids)) * 1024 / 1e6


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat behind the name; none when the process is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(") ")[2].split()


def _pss(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)

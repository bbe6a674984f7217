"""CPU time and memory of a family of processes, from /proc (Linux)."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
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
    return sum(one.pss for pid in pids if (one := resident(pid)))


@dataclass(frozen=True)
class Resident:
    """A process and its memory in megabytes: its part of what is shared (PSS), what is its own."""

    name: str
    pss: float
    private: float


def resident(pid: int) -> Resident | None:
    """None when the process is gone."""
    try:
        name = (_PROC / str(pid) / "comm").read_text().strip()
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None
    kilobytes = {
        line.split(":")[0]: int(line.split()[1]) for line in text.splitlines() if line.endswith(" kB")
    }
    if "Pss" not in kilobytes:  # it is ending
        return None
    own = kilobytes["Private_Dirty"] + kilobytes["Private_Clean"]
    return Resident(name, kilobytes["Pss"] * 1024 / 1e6, own * 1024 / 1e6)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat behind the name; none when the process is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(") ")[2].split()

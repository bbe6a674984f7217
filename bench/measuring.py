"""Passes over operations, A B C … A B C …, so that a slow minute of the machine is everybody's."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from bench.house import House
from bench.operations import Operation


@dataclass
class Figures:
    """Milliseconds per request of each pass."""

    operation: Operation
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether the target holds in the quietest pass: other programs only ever add."""
        return self.operation.most is None or min(self.cpu) <= self.operation.most


def yardstick() -> float:
    """CPU ms of a fixed piece of Python: what a busy machine adds to every figure shows here."""
    took = []
    for _ in range(7):
        began = time.thread_time_ns()
        words: dict[int, str] = {}
        for n in range(20_000):
            words[n % 997] = str(n)
        took.append((time.thread_time_ns() - began) / 1e6)
    return min(took)


def measure(house: House, operations: Sequence[Operation], passes: int) -> list[Figures]:
    """One pass to warm up, which does not count, then the others."""
    found = [Figures(operation) for operation in operations]
    for n in range(passes + 1):
        for figures in found:
            if sys.stdout.isatty():
                print(f"\r  pass {n} of {passes}: {figures.operation.name:<40}", end="", flush=True)
            _pass(house, figures, counts=n > 0)
    if sys.stdout.isatty():
        print("\r" + " " * 60, end="\r")
    return found


def _pass(house: House, figures: Figures, *, counts: bool) -> None:
    operation = figures.operation
    inputs = list(islice(operation.inputs, operation.times))
    used, began = house.cpu(), time.perf_counter()
    for one in inputs:
        operation.ask(one)
    wall = time.perf_counter() - began
    if counts:
        figures.cpu.append((house.cpu() - used) / operation.times)
        figures.wall.append(wall * 1000 / operation.times)

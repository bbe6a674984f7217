"""What a drawing process may still do: compute, for a while, in a little memory, and answer."""

import contextlib
import math
import resource
import signal
from typing import Final

PATIENCE: Final = 9
"""Seconds that a document may take."""
MEMORY_BYTES: Final = 480 * 1024 * 1024


def seal(seconds: float = PATIENCE) -> None:
    """Give up, for good, everything that drawing does not need.

    No descriptor can be opened any more: no file is read and no connection is made, whatever the
    renderer is led to try. The kernel ends the process at its limits.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    limits = {
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_AS: MEMORY_BYTES,
    }
    for limit, most in limits.items():
        with contextlib.suppress(ValueError):  # a system without this limit
            resource.setrlimit(limit, (most, most))

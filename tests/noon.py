"""The day on which the tests of a room happen, whatever the calendar says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine


def noon_of(day: date) -> Any:
    """A fixture for the conftest of a room: every test begins at noon of that day, in UTC."""

    @pytest.fixture(autouse=True)
    def noon() -> Iterator[None]:
        with time_machine.travel(datetime.combine(day, time(12), UTC)):
            yield

    return noon

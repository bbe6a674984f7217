"""What all tests share."""

from collections.abc import Iterator

import pytest

from tests.serving import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One running installation for each xdist worker; tests make companies of their own in it."""
    with serving(tmp_path_factory.mktemp("served") / "data") as installation:
        yield installation

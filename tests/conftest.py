"""What all tests share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.serving import Served, serving
from tests.stripe_double import Desk, standing


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One running installation for each xdist worker; tests make companies of their own in it."""
    with serving(tmp_path_factory.mktemp("served") / "data") as installation:
        yield installation


@pytest.fixture(scope="session")
def stripe_server() -> Iterator[Desk]:
    """One Stripe for each xdist worker."""
    with standing() as desk:
        yield desk


@pytest.fixture
def stripe(stripe_server: Desk, settings: Any) -> Desk:
    """Stripe as our code finds it, without the faults of the test before."""
    stripe_server.reset()
    settings.STRIPE_URL = stripe_server.url
    return stripe_server

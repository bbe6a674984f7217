"""What all tests share."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests import migrated, vies_double
from tests.serving import Served, serving
from tests.stripe_double import Desk, standing

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
"""No test fails because a machine is busy."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks that database: the rest would say the same once more."""
    if os.environ.get("COMPTOIR_TEST_ON") == "postgresql":
        rest = [item for item in items if not _asks_the_database(item)]
        items[:] = [item for item in items if _asks_the_database(item)]
        config.hook.pytest_deselected(items=rest)


def _asks_the_database(item: pytest.Item) -> bool:
    wanted = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(
        wanted
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through it during each test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with the database of an earlier run, where the migrations are the same."""
    return migrated.lay_out()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """Keep the database for the next run."""
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, vies_server: vies_double.Register) -> Iterator[Served]:
    """One running installation for each xdist worker; tests make companies of their own in it."""
    data = tmp_path_factory.mktemp("served") / "data"
    with serving(data, COMPTOIR_VIES_URL=vies_server.url) as installation:
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


@pytest.fixture(scope="session")
def vies_server() -> Iterator[vies_double.Register]:
    """One register of VAT numbers for each xdist worker."""
    with vies_double.standing() as register:
        yield register


@pytest.fixture
def vies(vies_server: vies_double.Register, settings: Any) -> vies_double.Register:
    """VIES as our code finds it, empty."""
    vies_server.reset()
    settings.VIES_URL = vies_server.url
    return vies_server

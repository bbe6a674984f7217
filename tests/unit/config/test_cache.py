from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command


@pytest.mark.django_db
def test_a_flood_of_visitors_does_not_wipe_the_counters_of_others() -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    cache.set("tries:a:0", 1, timeout=900)
    cache.set_many({f"tries:b:{number}": 1 for number in range(400)}, timeout=900)
    assert cache.get("tries:a:0") == 1
    cache.clear()

"""What the environment variables mean."""

from pathlib import Path

import pytest

from comptoir.config.environment import Misconfigured, read


def test_nothing_needs_to_be_set() -> None:
    env = read({})
    assert (env.host, env.port, env.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (env.workers, env.threads) == (1, 4)
    assert not env.https
    assert env.data.is_absolute()


def test_the_address_follows_the_port() -> None:
    assert read({"COMPTOIR_PORT": "8123"}).base_url == "http://127.0.0.1:8123"


def test_an_https_address_gives_the_host_and_secure_cookies() -> None:
    env = read({"COMPTOIR_BASE_URL": "https://invoices.example.com/"})
    assert env.base_url == "https://invoices.example.com"
    assert env.hostname == "invoices.example.com"
    assert env.https


def test_the_data_folder_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert read({"COMPTOIR_DATA": "~/books"}).data == Path("/home/ada/books")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMPTOIR_PORT", "http"),
        ("COMPTOIR_PORT", "0"),
        ("COMPTOIR_PORT", "70000"),
        ("COMPTOIR_BASE_URL", "invoices.example.com"),
        ("COMPTOIR_BASE_URL", "ftp://invoices.example.com"),
        ("COMPTOIR_BASE_URL", "https://example.com/invoices"),
        ("COMPTOIR_WORKERS", "many"),
        ("COMPTOIR_RATES_URL", "no"),
        ("COMPTOIR_RATES_URL", "file:///rates.xml"),
        ("COMPTOIR_THREADS", "0"),
    ],
)
def test_a_wrong_value_is_named_in_the_refusal(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name) as refusal:
        read({name: value})
    assert value in str(refusal.value)


def test_behind_tls_one_proxy_is_trusted_and_otherwise_none() -> None:
    assert read({}).proxies == 0
    assert read({"COMPTOIR_BASE_URL": "https://invoices.example.com"}).proxies == 1
    assert read({"COMPTOIR_PROXIES": "2"}).proxies == 2


def test_rates_of_exchange_come_from_the_bank_from_elsewhere_or_from_nowhere() -> None:
    assert read({}).rates_url == "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
    mirror = "https://rates.example.com/daily.xml?key=7"
    assert read({"COMPTOIR_RATES_URL": mirror}).rates_url == mirror
    assert read({"COMPTOIR_RATES_URL": "off"}).rates_url == ""

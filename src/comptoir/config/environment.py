"""What an installation says about itself, read once from environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

VIES = "https://ec.europa.eu/taxation_customs/vies/rest-api"
"""The European Commission's register of VAT numbers."""

RATES = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
"""The European Central Bank's rates of exchange, published on working days."""

CHECKOUT = Path(__file__).resolve().parents[3]


class Misconfigured(Exception):
    """An environment variable holds something we cannot work with; the message says which and why."""


@dataclass(frozen=True)
class Environment:
    """The installation's choices; every field has a default that works on one machine."""

    data: Path
    host: str
    port: int
    base_url: str
    database_url: str
    email_url: str
    mail_from: str
    workers: int
    threads: int
    proxies: int
    api_secret: str
    stripe_url: str
    vies_url: str
    rates_url: str
    webhook_networks: tuple[str, ...]

    @property
    def hostname(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The environment of this process, or of `environ` in tests; raises Misconfigured."""

    def text(name: str, default: str = "") -> str:
        return environ.get(name, "").strip() or default

    port = _port(text("COMPTOIR_PORT", "8000"))
    base_url = _base_url(text("COMPTOIR_BASE_URL") or f"http://127.0.0.1:{port}")
    https = base_url.startswith("https:")
    return Environment(
        data=Path(text("COMPTOIR_DATA") or _default_data(environ)).expanduser().resolve(),
        host=text("COMPTOIR_HOST", "127.0.0.1"),
        port=port,
        base_url=base_url,
        database_url=text("DATABASE_URL"),
        email_url=text("EMAIL_URL"),
        mail_from=text("COMPTOIR_MAIL_FROM"),
        workers=_count("COMPTOIR_WORKERS", text("COMPTOIR_WORKERS", "1")),
        threads=_count("COMPTOIR_THREADS", text("COMPTOIR_THREADS", "4")),
        # https comes to us through a proxy, whose word about the client's address we take
        proxies=_count("COMPTOIR_PROXIES", text("COMPTOIR_PROXIES", "1" if https else "0"), least=0),
        api_secret=text("COMPTOIR_API_SECRET"),
        stripe_url=text("COMPTOIR_STRIPE_URL"),
        vies_url=_service_url("COMPTOIR_VIES_URL", text("COMPTOIR_VIES_URL", VIES)),
        rates_url=_rates_url(text("COMPTOIR_RATES_URL", RATES)),
        webhook_networks=_networks(text("COMPTOIR_WEBHOOK_NETWORKS")),
    )


def _default_data(environ: Mapping[str, str]) -> Path:
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "data"
    return Path(environ.get("XDG_DATA_HOME") or "~/.local/share") / "comptoir"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Misconfigured(f"COMPTOIR_PORT must be a port number from 1 to 65535, not “{text}”.")
    return int(text)


def _networks(text: str) -> tuple[str, ...]:
    found = tuple(part for part in text.replace(",", " ").split() if part)
    for part in found:
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise Misconfigured(
                f"COMPTOIR_WEBHOOK_NETWORKS must list networks like 10.0.0.0/8, not “{part}”."
            ) from None
    return found


def _count(name: str, text: str, *, least: int = 1) -> int:
    if not text.isdecimal() or not least <= int(text) <= 256:
        raise Misconfigured(f"{name} must be a whole number from {least} to 256, not “{text}”.")
    return int(text)


def _service_url(name: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Misconfigured(f"{name} must look like {VIES}, not “{url}”.")
    return url.rstrip("/")


def _rates_url(text: str) -> str:
    """ "" for an installation that asks nobody."""
    if text == "off":
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise Misconfigured(f"COMPTOIR_RATES_URL must be “off” or look like {RATES}, not “{text}”.")
    return text


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise Misconfigured(f"COMPTOIR_BASE_URL must look like https://invoices.example.com, not “{url}”.")
    return f"{parts.scheme}://{parts.netloc}"

"""The rooms of the house that Django must know, lowest floor first."""

from pathlib import Path

_ROOMS = (
    "tenancy activity preferences people numbering files clients catalogue designs ledger billing",
    "work.projects purchasing.vendors sales.invoices sales.credits sales.quotes sales.recurring payments",
    "work.tasks purchasing.expenses purchasing.purchase_orders banking",
    "delivery delivery.pdf delivery.mail delivery.reminders delivery.webhooks",
    "insight ui contract api office portal config",
)
_SIGNS = ("models.py", "apps.py", "templates", "templatetags", "static", "locale", "migrations")


def _stands(room: str) -> bool:
    folder = Path(__file__).parents[1].joinpath(*room.split("."))
    return any((folder / sign).exists() for sign in _SIGNS)


HOUSE = [f"comptoir.{room}" for rooms in _ROOMS for room in rooms.split() if _stands(room)]

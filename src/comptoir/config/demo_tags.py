"""The tags of the demonstration company: a few words, each on some of its clients or invoices."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.tagging.operations import change_tags, create_tag

_CLIENTS: Final = (
    ("VIP", "#956ed2", (0, 9, 17)),
    ("Prescripteur", "#00a166", (3, 9, 21)),
    ("À recontacter", "#cd632d", (5, 12, 17, 26)),
)
_INVOICES: Final = (("À vérifier", "#009cb7", (0, 2)), ("Litige", "#d05a6e", (5,)))
"""Name, colour, and which of them: by their place, the newest invoice being 0."""


def tag_some(*, by: Actor, on: date) -> None:
    """Put them where they belong."""
    clients = list(Client.objects.order_by("pk"))
    invoices = list(Invoice.objects.exclude(status_id=Status.PAID).order_by("-pk")[:6])
    for kind, rows, tags in (("client", clients, _CLIENTS), ("invoice", invoices, _INVOICES)):
        for name, color, places in tags:
            tag = create_tag({"kind": kind, "name": name, "color": color}, by=by, on=on)
            wanted: list[Any] = [rows[place] for place in places if place < len(rows)]
            change_tags(wanted, add=[tag], by=by, on=on)

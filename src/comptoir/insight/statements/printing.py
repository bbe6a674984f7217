"""The PDF of a statement, with a line in the system log whether it worked or not (S49)."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import UTC, date

from comptoir.activity import systemlog
from comptoir.clients.models import Client
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.printing import print_page
from comptoir.designs.looks import Own, look
from comptoir.kernel import ids

from .books import statement_of
from .composing import compose
from .figures import Wish


def pdf_of(client: Client, wish: Wish, *, on: date) -> bytes:
    """Print it. ``on`` is today. Raises PdfFailed; never call it inside a transaction."""
    began = time.monotonic()
    preferences = client.preferences
    design = wish.design or ids.decode(str(preferences.statement_design_id or preferences.invoice_design_id))
    dressing = look(design)
    page = compose(client, statement_of(client, wish, on=on), detailed=isinstance(dressing, Own))
    moment = client.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        content = print_page(page, look=dressing, moment=moment)
    except PdfFailed as failure:
        _log(client, wish, began, systemlog.Type.PDF_FAILED, error=str(failure))
        raise
    _log(client, wish, began, systemlog.Type.PDF_SUCCESS, size=len(content))
    return content


def file_name(client: Client, wish: Wish) -> str:
    """A name that every system takes: ``statement-Boulangerie-2026-01-01-2026-03-31.pdf``."""
    plain = unicodedata.normalize("NFKD", client.display_name).encode("ascii", "ignore").decode()
    who = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60] or ids.encode(client.pk)
    return f"statement-{who}-{wish.start}-{wish.end}.pdf"


def _log(client: Client, wish: Wish, began: float, type_: systemlog.Type, **more: object) -> None:
    systemlog.record(
        systemlog.Category.PDF,
        systemlog.Event.PDF,
        type_,
        client_id=client.pk,
        log={
            "document": "statement",
            "id": client.pk,
            "number": f"{wish.start} – {wish.end}",
            "milliseconds": round((time.monotonic() - began) * 1000),
            **more,
        },
    )

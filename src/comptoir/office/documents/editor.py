"""Drawing the editor of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.designs.models import names_by_key
from comptoir.kernel import ids
from comptoir.numbering.rules import is_gap_free
from comptoir.office.clients import named
from comptoir.office.desk import Desk
from comptoir.office.documents import filling, rate
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.people import to_tick
from comptoir.office.documents.structured import KEPT, MEANS
from comptoir.office.documents.taxes import is_computing, tax_choices
from comptoir.office.pages import page, part
from comptoir.office.versions import Conflict
from comptoir.preferences.custom_fields import PLACES, custom_fields, label
from comptoir.reference import currency, design
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice, Crumb
from comptoir.ui.tags.figures import locale, sign

STRUCTURED: Final = ("delivery_date", "period_start", "period_end", "buyer_reference", *KEPT)
"""What is folded away while nothing of it is said."""


@dataclass
class Draft:
    """What the editor shows: of ``document``, if it was saved before."""

    document: BillingDocument | None
    form: Form
    rows: Sequence[Mapping[str, Any]]
    client: Client | None
    conflict: Conflict | None = None


def client_of(desk: Desk, key: str) -> Client | None:
    """The client of an id in the address or form, if the member may see it."""
    pk = ids.decode(key)
    if pk is None:
        return None
    rows = desk.seen(Client.objects.live(), "client").select_related("group")
    client = rows.filter(pk=pk).first()
    if client is not None:
        client.company = desk.company
    return client


def draw(desk: Desk, kind: Kind, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The page."""
    document, client = draft.document, draft.client
    totals = filling.line_totals(document) if document is not None and status == 200 else []
    label_, badge = kind.status(document, desk.on) if document is not None else kind.statuses[1]
    is_draft = document is None or document.status_id == 1
    context = {
        "kind": kind,
        "document": document,
        "form": draft.form,
        "conflict": draft.conflict,
        "title": kind.words.edit if document is not None else kind.words.new,
        "status": badge,
        "status_label": str(label_),
        "crumbs": [Crumb(str(kind.words.many), kind.list_url)],
        "lines": filling.line_table(
            desk,
            kind,
            draft.rows,
            totals,
            draft.form.errors,
            computing=is_computing(desk, document) and not draft.form.values.get("corrects"),
        ),
        "totals_url": kind.url("totals"),
        "preview_url": kind.url("preview"),
        "autosave_url": kind.url("autosave", document) if document is not None and is_draft else "",
        "back_url": kind.url("show", document) if document is not None else kind.list_url,
        "edit_url": kind.url("edit", document) if document is not None else "",
        "discount_units": [("percent", "%"), ("amount", currency_sign(desk, client))],
        "is_draft": is_draft,
        "may_number": not is_gap_free(kind.entity),
        "finish": finish_of(desk, kind),
        "may_make_client": desk.may("create", "client"),
        "taxes": tax_choices() if int(desk.company.switch("enabled_tax_rates") or 0) else [],
        "designs": [*((each.id, each.name) for each in design), *names_by_key()],
        "surcharges": surcharges(desk),
        "custom": custom_fields(desk.company.custom_fields, kind.entity),
        "means": list(MEANS.items()),
        "is_structured": any(draft.form.values.get(name) for name in STRUCTURED),
        "yes_no": [("yes", _("Yes")), ("no", _("No"))],
        **people_context(desk, client, document),
        **rate_context(desk, kind, rate.unit_of(document, client), draft.form),
        **(kind.extra.choices(desk, draft) if kind.extra else {}),
    }
    return page(desk, "documents/edit.html", context, module=kind.key, status=status)


def finish_of(desk: Desk, kind: Kind) -> tuple[str, str] | None:
    """The words and the icon of the button that saves a draft and goes on; None without the right."""
    if kind.finish is not None:
        return (str(kind.finish.label), kind.finish.icon) if kind.finish.may(desk) else None
    return (_("Save and send"), "send") if desk.may_send_email else None


def draw_picked(desk: Desk, kind: Kind, client: Client | None, form: Form) -> HttpResponse:
    """The parts of the editor that follow its client."""
    around = rate_context(desk, kind, rate.unit_of(None, client), form)
    context = {"kind": kind, "form": form, **people_context(desk, client), **around}
    return part(desk, "documents/picked.html", context)


def draw_rate(desk: Desk, kind: Kind, unit: str, form: Form) -> HttpResponse:
    """The rate of exchange, which follows the date."""
    context = {"kind": kind, "form": form, **rate_context(desk, kind, unit, form)}
    return part(desk, "documents/rate.html", context)


def rate_context(desk: Desk, kind: Kind, unit: str, form: Form) -> dict[str, Any]:
    """What stands around the rate of exchange."""
    on = day_of(desk, form.values)
    box = rate.box(desk.company, unit, on, follows=not kind.model.takes_rate)
    return {"rate": box, "rate_url": kind.url("rate")}


def day_of(desk: Desk, values: Mapping[str, Any]) -> date:
    """The date in a form, today where it holds none."""
    found = values.get("date")
    try:
        return found if isinstance(found, date) else date.fromisoformat(str(found))
    except ValueError:
        return desk.on


def people_context(desk: Desk, client: Client | None, document: Any = None) -> dict[str, Any]:
    """The client in its picker, its people to tick, its currency."""
    unit = currency(client.currency_id if client else str(desk.preferences.currency_id))
    return {
        "picked": [Choice(ids.encode(client.pk), named(client), client.number)] if client else [],
        "contacts": to_tick(client, document),
        "currency": unit,
        "locale": locale(),
    }


def currency_sign(desk: Desk, client: Client | None) -> str:
    """The sign of the client's currency, the company's before a client is known."""
    return sign(currency(client.currency_id if client else str(desk.preferences.currency_id)))


def surcharges(desk: Desk) -> list[tuple[str, str]]:
    """The surcharges that the company has named: the field and its label."""
    named_ = (
        (f"custom_surcharge{place}", label(desk.company.custom_fields, "surcharge", place))
        for place in PLACES
    )
    return [(name, called) for name, called in named_ if called]

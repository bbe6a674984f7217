"""Let an invoice be paid in instalments: parts of any size on days of their own."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.gateways.models import CompanyGateway
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused, Stale
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.showing import find
from comptoir.office.invoices import shares
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.invoices.shares import MONTH, RHYTHMS, Shares
from comptoir.office.pages import go_to, part
from comptoir.office.versions import Conflict, save_if_current, told, version_of
from comptoir.reference import currency
from comptoir.sales.invoices.instalments import planned
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import set_instalments
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import money, percent

WORDS: Final = (
    gettext_lazy("Every week"),
    gettext_lazy("Every two weeks"),
    gettext_lazy("Every month"),
    gettext_lazy("Every two months"),
    gettext_lazy("Every quarter"),
)
INSTALMENTS: Final = gettext_lazy("Instalments")
TICKS: Final = (
    ("mails", gettext_lazy("Write to the client on the day of each")),
    ("charges", gettext_lazy("Charge each by itself on its day")),
)
UNITS: Final = (("amount", gettext_lazy("By amount")), ("percent", gettext_lazy("By percentage")))


@require_http_methods(["GET", "POST"])
@desk("view", "invoice")
def instalments(place: Desk, key: str) -> HttpResponse:
    """The dialog. POST saves the rows; ``at_once`` takes them back; a ``step`` only changes what is typed:
    ``fill``, ``add``, ``remove.<n>``, ``unit`` draw the dialog anew, ``count`` what the rows come to.
    """
    invoice = find(place, INVOICES, key, "edit")
    if place.request.method == "GET":
        begun = shares.kept(invoice) or shares.equal(invoice, 3, place.on, MONTH)
        return _dialog(place, begun, _start(invoice, begun))
    sent = {name: str(value) for name, value in place.request.POST.items()}
    typed = shares.read(invoice, sent)
    try:
        if sent.get("step") == "count":
            return part(place, "invoices/instalment_sums.html", _sums(typed))
        if not {"step", "at_once"} & sent.keys() and sent.get("count", "") not in ("", str(len(typed.rows))):
            sent["step"] = "fill"  # who asks for another number sees its parts before they are saved
        if "step" in sent:
            return _dialog(place, _stepped(typed, sent), sent)
        said = [] if "at_once" in sent else typed.said()
        _save(place, invoice, said, sent)
    except Stale:
        return _both(place, typed, sent)
    except Refused as refused:
        return _dialog(place, typed, sent, refused)
    toasts.add(place.request, _("The instalments are planned.") if said else _("It is due at once again."))
    return go_to(place, INVOICES.url("show", invoice))


def _start(invoice: Invoice, begun: Shares) -> dict[str, Any]:
    return {
        "count": len(begun.rows),
        "first": begun.rows[0].on,
        "rhythm": MONTH,
        "mails": not any(row.silent for row in planned(invoice)),
        "charges": invoice.auto_bill_enabled,
        "version": version_of(_kept(invoice)),
    }


def _kept(invoice: Invoice) -> dict[str, Any]:
    """What the dialog changes; that a day has come, which no one typed, is none of it."""
    rows = [(row.on, row.amount, row.silent) for row in planned(invoice)]
    return {"schedule": rows, "charges": invoice.auto_bill_enabled}


def _save(place: Desk, invoice: Invoice, said: list[dict[str, Any]], sent: dict[str, str]) -> None:
    """Raises Stale when somebody else has planned it since."""
    save_if_current(
        invoice,
        sent.get("version", ""),
        lambda: _kept(invoice),
        lambda: set_instalments(
            invoice,
            said,
            by=place.actor,
            on=place.on,
            mails=sent.get("mails", "1") == "1",
            charges=sent["charges"] == "1" if "charges" in sent else None,
        ),
    )


def _both(place: Desk, typed: Shares, sent: dict[str, str]) -> HttpResponse:
    """The dialog as it was sent, with what somebody else planned meanwhile; saving again is a choice now."""
    invoice = typed.invoice
    invoice.refresh_from_db()
    theirs = shares.kept(invoice)
    before = _start(invoice, theirs or typed)
    plan = "—" if "at_once" in sent else typed.in_words()
    rows = [(str(INSTALMENTS), theirs.in_words() if theirs else "—", plan)]
    for name, label in TICKS:
        if name in sent:
            rows.append((str(label), _yes(before[name]), _yes(sent[name] == "1")))
    shown = told(invoice, [row for row in rows if row[1] != row[2]])
    again = theirs if "at_once" in sent and theirs else typed  # who wants none meant no old ones either
    return _dialog(place, again, sent | {"version": before["version"]}, shown=shown)


def _yes(ticked: bool) -> str:
    return _("Yes") if ticked else _("No")


def _stepped(typed: Shares, sent: dict[str, str]) -> Shares:
    """The rows after a step. Raises Refused at ``count`` or ``first``."""
    word, _dot, place = sent["step"].partition(".")
    if word == "fill":
        return shares.asked(typed.invoice, sent)
    if word == "unit":
        before = shares.Shares(typed.invoice, typed.rows, by_percent=not typed.by_percent)
        return before.measured(typed.by_percent)
    if word == "add":
        return typed.longer(shares.rhythm_of(sent))
    if word == "remove" and place.isdecimal() and len(typed.rows) > 2:
        return typed.without(int(place))
    return typed


def _dialog(
    place: Desk,
    typed: Shares,
    values: dict[str, Any],
    refused: Refused | None = None,
    shown: Conflict | None = None,
) -> HttpResponse:
    invoice = typed.invoice
    others = {name: value for name, value in values.items() if not name.startswith("schedule.")}
    if str(values.get("step")).startswith(("add", "remove")):
        others["count"] = len(typed.rows)
    waiting = len(typed.rows) - 2 if values.get("step") == "add" else None
    context = _sums(typed, waiting) | {
        "form": Form(others | typed.values(), shares.faults(refused) if refused else {}),
        "rhythms": list(zip(RHYTHMS, WORDS, strict=True)),
        "units": UNITS,
        "measure": '{"step": "unit"}',
        "currency": currency(invoice.currency_id),
        "is_planned": bool(invoice.instalments),
        "url": INVOICES.url("instalments", invoice),
        "conflict": shown,
        "edit_url": INVOICES.url("instalments", invoice),
        "in_dialog": True,
        "charged": invoice.auto_bill_enabled or CompanyGateway.objects.active().exists(),
    }
    return part(place, "invoices/instalments.html", context, status=422 if refused else 409 if shown else 200)


def _sums(typed: Shares, waiting: int | None = None) -> dict[str, Any]:
    """The rows of the table: the names of their inputs, and what each comes to."""
    unit = currency(typed.invoice.currency_id)
    amounts, rest = typed.amounts(), typed.parts()[-1]
    rows = [
        {
            "place": place,
            "date": f"schedule.{place}.date",
            "part": f"schedule.{place}.part",
            "date_label": _("Day of instalment %(number)s") % {"number": place + 1},
            "part_label": _("Part of instalment %(number)s") % {"number": place + 1},
            "remove": f"remove.{place}",
            "remove_label": _("Remove instalment %(number)s") % {"number": place + 1},
            "amount": money(amount, unit) if amount is not None else "",
            "is_short": amount is not None and amount <= 0,
            "waits": place == waiting,
        }
        for place, amount in enumerate(amounts)
    ]
    return {
        "sums": rows,
        "whole": money(typed.invoice.amount, unit),
        "by_percent": typed.by_percent,
        "rest": percent(rest or ZERO),
        "rest_is_short": (rest or ZERO) <= 0,
    }

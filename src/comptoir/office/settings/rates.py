"""The company's tax rates and payment terms: two short lists, each edited in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.catalogue import operations
from comptoir.catalogue.models import PaymentTerm, TaxRate
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings.choices import term_label
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.ui import cells, toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action, Choice
from comptoir.ui.tags.figures import percent
from comptoir.ui.tags.inputs import localised

CATEGORIES: Final = {
    "S": gettext_lazy("Standard or reduced rate"),
    "Z": gettext_lazy("Zero rate"),
    "E": gettext_lazy("Exempt"),
    "AE": gettext_lazy("Reverse charge"),
    "K": gettext_lazy("Intra-Community supply"),
    "G": gettext_lazy("Export outside the EU"),
    "O": gettext_lazy("Outside the scope of VAT"),
}


@dataclass(frozen=True)
class Shelf:
    """A short list: its rows, what they show, and the operations that change them."""

    name: str
    model: Any
    order: tuple[str, ...]
    title: Any
    text: Any
    new: Any
    saved: Any
    columns: Callable[[], list[Column]]
    row: Callable[[Any], list[Any]]
    values: Callable[[Any], dict[str, Any]]
    read: Callable[[Any], dict[str, Any]]
    create: Callable[..., Any]
    update: Callable[..., Any]
    page: str

    @property
    def list_url(self) -> str:
        return reverse(f"office:{self.name}s")

    def url(self, act: str, key: str = "") -> str:
        return reverse(f"office:{act}-{self.name}", args=[key] if key else [])


def _read_rate(sent: Mapping[str, str]) -> dict[str, Any]:
    try:
        rate = calculate(sent.get("rate", ""))
    except ValueError:
        raise Refused("rate", _("This is not a number.")) from None
    if not sent.get("rate", "").strip():
        raise Refused("rate", _("Enter the rate in percent; it may be 0."))
    fields = {"name": sent.get("name", "").strip(), "rate": rate, "category": sent.get("category", "S")}
    return fields | {"exemption_code": sent.get("exemption_code", "").strip()}


def _read_term(sent: Mapping[str, str]) -> dict[str, Any]:
    try:
        days = calculate(sent.get("num_days", ""))
    except ValueError:
        raise Refused("num_days", _("This is not a number.")) from None
    if not sent.get("num_days", "").strip() or days != int(days):
        raise Refused("num_days", _("Enter a whole number of days; 0 is on receipt."))
    name = sent.get("name", "").strip()
    return {"num_days": int(days), "end_of_month": sent.get("end_of_month") == "1", "name": name}


RATES: Final = Shelf(
    name="tax-rate",
    model=TaxRate,
    order=("-rate", "name"),
    title=gettext_lazy("Tax rates"),
    text=gettext_lazy("What lines and documents offer. Documents keep the rate they were made with."),
    new=gettext_lazy("New tax rate"),
    saved=gettext_lazy("The tax rate is saved."),
    columns=lambda: [
        Column("name", _("Name"), strong=True, wide=True, phone="main"),
        Column("category", _("Category"), quiet=True, phone="sub"),
        Column("rate", _("Rate"), end=True, phone="end"),
    ],
    row=lambda rate: [rate.name, str(CATEGORIES.get(rate.category, rate.category)), percent(rate.rate)],
    values=lambda rate: {
        "name": rate.name,
        "rate": localised(rate.rate),
        "category": rate.category,
        "exemption_code": rate.exemption_code,
    },
    read=_read_rate,
    create=operations.create_tax_rate,
    update=operations.update_tax_rate,
    page="taxes",
)
TERMS: Final = Shelf(
    name="payment-term",
    model=PaymentTerm,
    order=("num_days", "pk"),
    title=gettext_lazy("Payment terms"),
    text=gettext_lazy(
        "How long clients have to pay; counted from the invoice date, or to the end of that month."
    ),
    new=gettext_lazy("New payment term"),
    saved=gettext_lazy("The payment term is saved."),
    columns=lambda: [
        Column("name", _("Term"), strong=True, wide=True, phone="main"),
        Column("days", _("Days"), end=True, phone="end"),
    ],
    row=lambda term: [term_label(term), cells.number(term.num_days)],
    values=lambda term: {"name": term.name, "num_days": term.num_days, "end_of_month": term.end_of_month},
    read=_read_term,
    create=operations.create_payment_term,
    update=operations.update_payment_term,
    page="payments",
)
SHELVES: Final = {shelf.name: shelf for shelf in (RATES, TERMS)}
VERBS: Final = {
    "archive": (operations.archive, gettext_lazy("Archived.")),
    "restore": (operations.restore, gettext_lazy("It is back.")),
    "delete": (operations.delete, gettext_lazy("Deleted.")),
}


def listed(shelf: Shelf) -> Any:
    """The page of a list."""

    @require_GET
    @desk("edit", "company")
    def view(place: Desk) -> HttpResponse:
        rows = shelf.model.objects.live().order_by(*shelf.order)
        context = {
            **frame(place, level_of(place), shelf.page),
            "title": shelf.title,
            "text": shelf.text,
            "new_label": shelf.new,
            "new_url": shelf.url("new"),
            "back_url": reverse("office:settings-page", args=[shelf.page]),
            "table": _table(shelf, list(rows)),
        }
        return page(place, "settings/shelf.html", context, module="settings")

    return view


def _table(shelf: Shelf, rows: list[Any]) -> Table:
    at = shelf.url("edit", "ID").replace("ID", "{id}")
    return Table(
        columns=[*shelf.columns(), Column("state", "", phone="off")],
        rows=[
            Row(
                ids.encode(row.pk),
                str(row),
                [*shelf.row(row), cells.badge(_("Archived"), status="archived") if row.is_archived else ""],
                can="restore delete" if row.is_archived else "edit archive delete",
            )
            for row in rows
        ],
        actions=[
            Action(_("Edit"), at, "pencil", "dialog", key="edit"),
            Action(
                _("Archive"), at.replace("/edit", "/archive"), "archive", "post", key="archive", divided=True
            ),
            Action(_("Restore"), at.replace("/edit", "/restore"), "archive-off", "post", key="restore"),
            Action(_("Delete"), at.replace("/edit", "/delete"), "trash", "post", key="delete", danger=True),
        ],
        caption=str(shelf.title),
    )


def edit(shelf: Shelf) -> Any:
    """The dialog of a row, new or there already."""

    @require_http_methods(["GET", "POST"])
    @desk("edit", "company")
    def view(place: Desk, key: str = "") -> HttpResponse:
        row = place.find(shelf.model.objects.live(), key, "company", "edit") if key else None
        if place.request.method == "GET":
            return _dialog(place, shelf, Form(shelf.values(row) if row else {"category": "S"}))
        sent = place.request.POST
        try:
            fields = shelf.read(sent)
            if row is None:
                shelf.create(fields, by=place.actor, on=place.on)
            else:
                shelf.update(row, fields, by=place.actor, on=place.on)
        except Refused as refused:
            return _dialog(place, shelf, Form(dict(sent.items()), refused.errors), status=422)
        toasts.add(place.request, shelf.saved)
        return _back(place, shelf)

    return view


def _dialog(place: Desk, shelf: Shelf, form: Form, *, status: int = 200) -> HttpResponse:
    options = [Choice(code, f"{code} – {label}") for code, label in CATEGORIES.items()]
    context = {"form": form, "url": place.request.path, "title": shelf.title, "categories": options}
    return part(place, f"settings/{shelf.name}.html", context, status=status)


def _back(place: Desk, shelf: Shelf) -> HttpResponse:
    address = shelf.list_url
    if not place.request.headers.get("HX-Request"):
        return redirect(address)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = address
    return response


def act(shelf: Shelf) -> Any:
    """Archive, delete or restore."""

    @require_POST
    @desk("edit", "company")
    def view(place: Desk, key: str, name: str) -> HttpResponse:
        if name not in VERBS:
            raise Http404
        row = place.find(shelf.model.objects.all(), key, "company", "edit")
        run, done = VERBS[name]
        if attempt(place, lambda: run(row, by=place.actor, on=place.on)):
            undo = "" if name == "restore" else place.request.path.rpartition("/")[0] + "/restore"
            toasts.add(place.request, done, undo=undo)
        return redirect(shelf.list_url)

    return view


def _paths(at: str, shelf: Shelf) -> list[Any]:
    return [
        path(f"settings/{at}", listed(shelf), name=f"{shelf.name}s"),
        path(f"settings/{at}/new", edit(shelf), name=f"new-{shelf.name}"),
        path(f"settings/{at}/<str:key>/edit", edit(shelf), name=f"edit-{shelf.name}"),
        path(f"settings/{at}/<str:key>/<slug:name>", act(shelf), name=f"act-{shelf.name}"),
    ]


urlpatterns = [*_paths("tax-rates", RATES), *_paths("payment-terms", TERMS)]

"""The form of a product, and what is done to one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.billing.destination import BY_HAND, COMPUTED
from comptoir.catalogue import operations
from comptoir.catalogue.models import Product
from comptoir.kernel.refused import Refused, Stale
from comptoir.office import owned
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.documents.taxes import categories, is_computing, read_tax, tax_choice, tax_choices
from comptoir.office.links import page_url
from comptoir.office.pages import page
from comptoir.office.products import url
from comptoir.office.tags.editing import editor
from comptoir.office.versions import Conflict, conflict, save_if_current, stale, version_of
from comptoir.reference import currency
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.parts import Crumb

SUMS = ("price", "cost", "quantity")
STOCK = ("in_stock_quantity", "stock_notification_threshold")
"""Whole pieces, where the company counts them."""
VERBS = {
    "archive": (operations.archive, gettext_lazy("The product is archived.")),
    "restore": (operations.restore, gettext_lazy("The product is back.")),
    "delete": (operations.delete, gettext_lazy("The product is deleted.")),
}


def new(place: Desk) -> HttpResponse:
    """The form of a new product."""
    return _edit(place, None)


def edit(place: Desk, key: str) -> HttpResponse:
    """The form of a product."""
    return _edit(place, place.find(Product.objects.all(), key, "product", "edit"))


def _edit(place: Desk, product: Product | None) -> HttpResponse:
    if place.request.method == "GET":
        version = version_of(_compared(product)) if product else ""
        return _form(place, product, Form(_values(product) | {"version": version}))
    sent = place.request.POST
    try:
        fields = _read(sent) | (_stock(sent) if place.company.switch("track_inventory") else {})
        if product is None:
            operations.create_product(fields, by=place.actor, on=place.on)
        else:
            _update(place, product, fields)
    except Stale:
        assert product is not None
        return _both(place, product, fields)
    except Refused as refused:
        return _form(place, product, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The product is saved."))
    return redirect("office:products")


def _read(sent: Any) -> dict[str, Any]:
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {
        "product_key": sent.get("product_key", "").strip(),
        "notes": sent.get("notes", ""),
        **owned.read(sent),
    }
    for name in SUMS:
        try:
            fields[name] = calculate(sent.get(name, ""))
        except ValueError:
            faults[name] = [_("This is not a number.")]
    if not fields["product_key"]:
        faults["product_key"] = [_("Give the product a name.")]
    fields |= read_tax(sent.get("tax", ""), 1, "tax", faults)
    if "tax_id" in sent:
        fields["tax_id"] = sent["tax_id"] if sent["tax_id"] in COMPUTED else BY_HAND
    if faults:
        raise Refused.many(faults)
    return fields


def _stock(sent: Any) -> dict[str, Any]:
    """What lies there only when somebody changed it: invoices may have taken some meanwhile."""
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {"stock_notification": bool(sent.get("stock_notification"))}
    for name in STOCK:
        try:
            pieces = calculate(sent.get(name, ""))
        except ValueError:
            pieces = None
        if pieces is None or pieces != int(pieces) or abs(pieces) >= 2**31:
            faults[name] = [_("This is not a whole number.")]
        else:
            fields[name] = int(pieces)
    if faults:
        raise Refused.many(faults)
    if str(fields["in_stock_quantity"]) == sent.get("stock_shown"):
        del fields["in_stock_quantity"]
    return fields


def _values(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {"quantity": 1, "stock_notification": True}
    names = ("product_key", "notes", "tax_id", "stock_notification", *SUMS, *STOCK)
    values = {name: getattr(product, name) for name in names} | {"stock_shown": product.in_stock_quantity}
    return values | owned.values(product) | {"tax": tax_choice(product.tax_name1, product.tax_rate1)}


def _compared(product: Product) -> dict[str, Any]:
    """What a version is made of: all that the form shows but the stock, which invoices move too."""
    moving = {"in_stock_quantity", "stock_shown"}
    return {name: value for name, value in _values(product).items() if name not in moving}


def _update(place: Desk, product: Product, fields: dict[str, Any]) -> None:
    """Save unless somebody else has; a stock that was counted, unless it has moved. Raises Stale."""
    sent = place.request.POST
    counted_at = sent.get("stock_shown") if "in_stock_quantity" in fields else None

    def save() -> None:
        if counted_at not in (None, str(product.in_stock_quantity)):
            raise stale()
        operations.update_product(product, fields, by=place.actor, on=place.on)

    save_if_current(product, sent.get("version", ""), lambda: _compared(product), save)


def _both(place: Desk, product: Product, fields: dict[str, Any]) -> HttpResponse:
    """The form as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    product.refresh_from_db()
    theirs = {name: getattr(product, name) for name in fields}
    typed = dict(place.request.POST.items()) | {"version": version_of(_compared(product))}
    typed["stock_shown"] = str(product.in_stock_quantity)
    if "in_stock_quantity" not in fields:
        typed["in_stock_quantity"] = typed["stock_shown"]
    shown = conflict(place, product, _in_words(theirs), _in_words(fields))
    return _form(place, product, Form(typed), status=409, shown=shown)


def _in_words(fields: dict[str, Any]) -> dict[str, Any]:
    """With the name of the tax category."""
    named = categories() | {BY_HAND: _("By hand")}
    return fields | {"tax_id": named[fields["tax_id"]]} if fields.get("tax_id") in named else fields


def _form(
    place: Desk, product: Product | None, form: Form, *, status: int = 200, shown: Conflict | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "conflict": shown,
        "edit_url": url("edit", product) if product else "",
        **owned.inputs(place, "product"),
        "title": _("Edit product") if product else _("New product"),
        "crumbs": [Crumb(_("Products"), page_url("products"))],
        "categories": [*categories().items(), (BY_HAND, _("By hand: the tax beside"))]
        if is_computing(place)
        else [],
        "taxes": tax_choices([{"tax1": form.value("tax")}]),
        "currency": currency(str(place.preferences.currency_id)),
        "counts_stock": place.company.switch("track_inventory"),
        "back_url": page_url("products"),
        "editor": editor(place, product) if product else {},
    }
    return page(place, "products/edit.html", context, module="products", status=status)


def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete or restore."""
    if name not in VERBS:
        raise Http404
    product = place.find(Product.objects.all(), key, "product", "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(product, by=place.actor, on=place.on)):
        toasts.add(place.request, done, undo=url("act", product, "restore") if name != "restore" else "")
    return redirect("office:products")

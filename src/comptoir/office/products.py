"""Products in the office, and what the lines of a document suggest."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.catalogue import operations
from comptoir.catalogue.models import Product
from comptoir.kernel import formats, ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.taxes import percent, tax_choice, tax_choices
from comptoir.office.lists import ListColumn, ListPage
from comptoir.office.pages import page
from comptoir.reference import currency
from comptoir.ui import cells, toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.boxes import plain
from comptoir.ui.forms import Form
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action, Crumb
from comptoir.ui.tags.figures import locale
from comptoir.ui.tags.inputs import localised

SUMS = ("price", "cost", "quantity")
VERBS = {
    "archive": (operations.archive, gettext_lazy("The product is archived.")),
    "restore": (operations.restore, gettext_lazy("The product is back.")),
    "delete": (operations.delete, gettext_lazy("The product is deleted.")),
}


def url(name: str, product: Product | None = None, *more: str) -> str:
    args = [ids.encode(product.pk)] if product is not None else []
    return reverse(f"office:{name}-product", args=[*args, *more])


@require_GET
@desk("view", "product")
def listed(place: Desk) -> HttpResponse:
    """The list of products."""
    rows = place.seen(Product.objects.all(), "product")
    may_create = place.may("create", "product")
    at = reverse("office:edit-product", args=["ID"]).replace("ID", "{id}")
    listing = ListPage(
        name="products",
        url=reverse("office:products"),
        columns=[
            ListColumn("product_key", _("Product"), _name, "product_key", strong=True, phone="main"),
            ListColumn("notes", _("Description"), lambda row: row.notes[:120], quiet=True, phone="sub"),
            ListColumn("tax", _("Tax"), _tax, quiet=True),
            _sum(place, "price", _("Price"), strong=True, phone="end"),
            _sum(place, "cost", _("Cost"), shown=False),
        ],
        row=lambda product, shown: _row(place, product, shown),
        search=lambda rows, text: rows.matching(text),
        placeholder=_("Product, description…"),
        order=("product_key", "pk"),
        actions=[
            Action(_("Edit"), at, "pencil", key="edit"),
            Action(_("Archive"), at.replace("/edit", "/archive"), "archive", "post", key="archive", divided=True),
            Action(_("Restore"), at.replace("/edit", "/restore"), "archive-off", "post", key="restore"),
            Action(_("Delete"), at.replace("/edit", "/delete"), "trash", "post", key="delete", danger=True),
        ],
        empty_title=_("No product here"),
        empty_text=_("Keep what you sell often: a line of an invoice is filled in one word."),
        empty_icon="package",
        empty_actions=[Action(_("New product"), url("new"), "plus")] if may_create else [],
    ).listing(place, rows)  # fmt: skip
    return page(place, "products/list.html", {"list": listing, "may_create": may_create}, module="products")


def _name(product: Product) -> Any:
    return cells.link(product.product_key or product.notes[:40] or "—", url("edit", product))


def _tax(product: Product) -> str:
    return f"{product.tax_name1} {percent(product.tax_rate1)}" if product.tax_name1 else ""


def _sum(place: Desk, name: str, label: str, **more: Any) -> ListColumn:
    unit = currency(str(place.preferences.currency_id))
    plain = attrgetter(name)
    return ListColumn(
        name, label, lambda row: cells.money(plain(row), unit), name, end=True, plain=plain, **more
    )


def _row(place: Desk, product: Product, shown: list[Any]) -> Row:
    can = ["restore"] if product.archived_at else ["archive", "edit"]
    can += [] if product.is_deleted else ["delete"]
    here = url("edit", product)
    allowed = place.may("edit", "product", product)
    return Row(
        ids.encode(product.pk), product.product_key, shown, here, here, can=" ".join(can) if allowed else ""
    )


@require_http_methods(["GET", "POST"])
@desk("create", "product")
def new(place: Desk) -> HttpResponse:
    """The form of a new product."""
    return _edit(place, None)


@require_http_methods(["GET", "POST"])
@desk("view", "product")
def edit(place: Desk, key: str) -> HttpResponse:
    """The form of a product."""
    return _edit(place, place.find(Product.objects.all(), key, "product", "edit"))


def _edit(place: Desk, product: Product | None) -> HttpResponse:
    if place.request.method == "GET":
        return _form(place, product, Form(_values(product)))
    sent = place.request.POST
    try:
        fields = _read(sent)
        if product is None:
            operations.create_product(fields, by=place.actor, on=place.on)
        else:
            operations.update_product(product, fields, by=place.actor, on=place.on)
    except Refused as refused:
        return _form(place, product, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The product is saved."))
    return redirect("office:products")


def _read(sent: Any) -> dict[str, Any]:
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {
        "product_key": sent.get("product_key", "").strip(),
        "notes": sent.get("notes", ""),
    }
    for name in SUMS:
        try:
            fields[name] = calculate(sent.get(name, ""))
        except ValueError:
            faults[name] = [_("This is not a number.")]
    if not fields["product_key"]:
        faults["product_key"] = [_("Give the product a name.")]
    if faults:
        raise Refused.many(faults)
    rate, _bar, name = sent.get("tax", "").partition("|")
    return fields | {"tax_name1": name, "tax_rate1": calculate(rate)}


def _values(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {"quantity": 1}
    values = {name: getattr(product, name) for name in ("product_key", "notes", *SUMS)}
    return values | {"tax": tax_choice(product.tax_name1, product.tax_rate1)}


def _form(place: Desk, product: Product | None, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": _("Edit product") if product else _("New product"),
        "crumbs": [Crumb(_("Products"), reverse("office:products"))],
        "taxes": tax_choices([{"tax1": form.value("tax")}]),
        "currency": currency(str(place.preferences.currency_id)),
        "back_url": reverse("office:products"),
    }
    return page(place, "products/edit.html", context, module="products", status=status)


@require_POST
@desk("view", "product")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete or restore."""
    if name not in VERBS:
        raise Http404
    product = place.find(Product.objects.all(), key, "product", "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(product, by=place.actor, on=place.on)):
        toasts.add(place.request, done, undo=url("act", product, "restore") if name != "restore" else "")
    return redirect("office:products")


@require_GET
@desk("view", "product")
def suggest(place: Desk) -> HttpResponse:
    """The products that fit what is typed into a line, and what picking one fills in."""
    text = place.request.GET.get("q", "").strip()
    rows = place.seen(Product.objects.active(), "product")
    rows = rows.matching(text) if text else rows
    fills = bool(place.company.switch("fill_products"))
    unit = currency(str(place.preferences.currency_id)) or currency("1")
    assert unit is not None
    found = []
    for product in rows.order_by("product_key", "pk")[:12]:
        fill = {
            "notes": product.notes,
            "cost": plain(localised(product.price)),
            "quantity": plain(localised(product.quantity)),
            "tax1": tax_choice(product.tax_name1, product.tax_rate1),
            "tax_id": product.tax_id,
            "unit_code": product.unit_code,
        }
        found.append(
            {
                "value": product.product_key,
                "label": product.product_key,
                "hint": product.notes[:80],
                "end": formats.money(product.price, unit, locale()),
                "fill": fill if fills else {},
            }
        )
    return JsonResponse(found, safe=False)


urlpatterns = [
    path("products", listed, name="products"),
    path("products/new", new, name="new-product"),
    path("products/suggest", suggest, name="suggest-product"),
    path("products/<str:key>/edit", edit, name="edit-product"),
    path("products/<str:key>/<slug:name>", act, name="act-product"),
]

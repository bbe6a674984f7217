"""Payments in the office: list, page, entry over several invoices, refund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.activity.models import Activity
from comptoir.activity.sentences import told
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.clients import client_url
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.acting import attempt
from comptoir.office.documents.listing import by_client
from comptoir.office.invoices import INVOICES
from comptoir.office.lists import ListColumn, ListFilter, ListPage
from comptoir.office.pages import page, part
from comptoir.payments import operations
from comptoir.payments.models import Payment, Status
from comptoir.reference import currency, payment_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices.models import Invoice
from comptoir.ui import cells, toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action, Choice, Crumb, Detail, Stat
from comptoir.ui.tags.figures import day, locale, money

STATUSES: dict[int, tuple[Any, str]] = {
    Status.PENDING: (pgettext_lazy("status of a payment", "Pending"), "pending"),
    Status.CANCELLED: (pgettext_lazy("status of a payment", "Cancelled"), "cancelled"),
    Status.FAILED: (pgettext_lazy("status of a payment", "Failed"), "failed"),
    Status.COMPLETED: (pgettext_lazy("status of a payment", "Received"), "completed"),
    Status.PARTLY_REFUNDED: (pgettext_lazy("status of a payment", "Partly refunded"), "partially_refunded"),
    Status.REFUNDED: (pgettext_lazy("status of a payment", "Refunded"), "refunded"),
}
FILTERS = (
    ("completed", gettext_lazy("Received")),
    ("unapplied", gettext_lazy("With money left to apply")),
    ("refunded", gettext_lazy("Refunded")),
)
VERBS = {
    "archive": (operations.archive_payment, gettext_lazy("The payment is archived.")),
    "restore": (operations.restore_payment, gettext_lazy("The payment is back.")),
    "delete": (operations.delete_payment, gettext_lazy("The payment is deleted.")),
}


def url(name: str, payment: Payment | None = None, *more: str) -> str:
    args = [ids.encode(payment.pk)] if payment is not None else []
    return reverse(f"office:{name}-payment", args=[*args, *more])


def status(payment: Payment) -> tuple[str, str]:
    """The word of its state and the badge that shows it."""
    if payment.is_deleted:
        return _("Deleted"), "deleted"
    if payment.status_id == Status.COMPLETED and payment.unapplied > 0:
        return str(pgettext_lazy("status of a payment", "To apply")), "unapplied"
    label, badge = STATUSES[payment.status_id]
    return str(label), badge


@require_GET
@desk("view", "payment")
def listed(place: Desk) -> HttpResponse:
    """The list of payments."""
    rows = place.seen(Payment.objects.all(), "payment").select_related("client")
    context = {"list": _list(place).listing(place, rows), "may_create": place.may("create", "payment")}
    return page(place, "payments/list.html", context, module="payments")


def _list(place: Desk) -> ListPage:
    new = [Action(_("New payment"), url("new"), "plus")] if place.may("create", "payment") else []
    return ListPage(
        name="payments",
        url=reverse("office:payments"),
        columns=[
            ListColumn("number", _("Number"), lambda p, d: cells.link(p.number, url("show", p)), "number", strong=True, phone="main"),  # noqa: ARG005
            ListColumn("client", _("Client"), _client_cell, "client__display_name", phone="sub"),
            ListColumn("date", _("Date"), lambda p, d: cells.day(p.date), "date", quiet=True),  # noqa: ARG005
            ListColumn("type", _("Means of payment"), lambda p, d: _type(p), quiet=True),  # noqa: ARG005
            ListColumn("reference", _("Reference"), lambda p, d: p.transaction_reference, quiet=True),  # noqa: ARG005
            ListColumn("status", _("Status"), lambda p, d: _badge(p), phone="end"),  # noqa: ARG005
            ListColumn("amount", _("Amount"), lambda p, d: _sum(p, p.amount), "amount", end=True, strong=True, phone="end"),  # noqa: ARG005
            ListColumn("unapplied", _("To apply"), lambda p, d: _sum(p, p.unapplied) if p.unapplied else "", "unapplied", end=True, shown=False),  # noqa: ARG005
        ],
        row=_row,
        search=lambda rows, text: rows.matching(text),
        placeholder=_("Number, client, reference…"),
        filters=[ListFilter("status", gettext_lazy("Status"), lambda d: FILTERS, _narrow), by_client()],  # noqa: ARG005
        actions=[
            Action(_("Archive"), _act_url("archive"), "archive", "post", key="archive"),
            Action(_("Restore"), _act_url("restore"), "archive-off", "post", key="restore"),
            Action(_("Delete"), _act_url("delete"), "trash", "post", key="delete", danger=True, divided=True),
        ],
        empty_title=_("No payment here"),
        empty_text=_("Enter what you received, over one invoice or several."),
        empty_icon="credit-card",
        empty_actions=new,
    )  # fmt: skip


def _act_url(name: str) -> str:
    return reverse("office:act-payment", args=["ID", name]).replace("ID", "{id}")


def _narrow(rows: Any, value: str, place: Desk) -> Any:  # noqa: ARG001
    match value:
        case "completed":
            return rows.filter(status_id=Status.COMPLETED)
        case "unapplied":
            return rows.unapplied()
        case "refunded":
            return rows.filter(status_id__in=(Status.PARTLY_REFUNDED, Status.REFUNDED))
        case _:
            return rows


def _client_cell(payment: Payment, place: Desk) -> Any:  # noqa: ARG001
    return cells.link(payment.client.display_name or _("Empty contact"), client_url(payment.client))


def _type(payment: Payment) -> str:
    found = payment_type(payment.type_id)
    return name_in(found, locale()) if found else ""


def _badge(payment: Payment) -> Any:
    label, badge = status(payment)
    return cells.badge(label, status=badge)


def _sum(payment: Payment, amount: Decimal) -> Any:
    return cells.money(amount, currency(payment.currency_id))


def _row(payment: Payment, place: Desk, shown: list[Any]) -> Row:
    can = ["restore"] if payment.archived_at else ["archive"]
    can += [] if payment.is_deleted else ["delete"]
    allowed = place.may("edit", "payment", payment)
    return Row(
        ids.encode(payment.pk), payment.number, shown, url("show", payment), can=" ".join(can) if allowed else ""
    )


def _find(place: Desk, key: str, verb: Any = "view") -> Payment:
    payment = place.find(Payment.objects.select_related("client", "client__group"), key, "payment", verb)
    payment.client.company = place.company
    return payment


@require_GET
@desk("view", "payment")
def show(place: Desk, key: str) -> HttpResponse:
    """The page of a payment: where the money went."""
    payment = _find(place, key)
    unit = currency(payment.currency_id)
    label, badge = status(payment)
    may_edit = place.may("edit", "payment", payment)
    allocations = payment.allocations.live().select_related("invoice", "credit").order_by("pk")
    context = {
        "payment": payment,
        "status_label": label,
        "status": badge,
        "crumbs": [Crumb(_("Payments"), reverse("office:payments"))],
        "client_url": client_url(payment.client),
        "client_name": payment.client.display_name or _("Empty contact"),
        "stats": [
            Stat(_("Amount"), money(payment.amount, unit)),
            Stat(_("Applied"), money(payment.applied, unit)),
            Stat(_("To apply"), money(payment.unapplied, unit)),
            Stat(_("Refunded"), money(payment.refunded, unit)),
        ],
        "parts": [
            {
                "label": (each.invoice or each.credit).number,
                "url": INVOICES.url("show", each.invoice) if each.invoice else "",
                "amount": money(each.amount, unit),
                "refunded": money(each.refunded, unit) if each.refunded else "",
            }
            for each in allocations
        ],
        "details": [
            Detail(_("Date"), day(payment.date), "html"),
            Detail(_("Means of payment"), _type(payment)),
            Detail(_("Reference"), payment.transaction_reference, copy=True),
        ],
        "kebab": _kebab(payment) if may_edit else [],
        "refund_url": url("refund", payment) if may_edit and _refundable(payment) else "",
        "activity": told(
            Activity.objects.filter(subject_kind="payment", subject_id=payment.pk).order_by("-pk")[:50]
        ),
    }
    return page(place, "payments/show.html", context, module="payments")


def _refundable(payment: Payment) -> bool:
    return not payment.is_deleted and payment.amount > payment.refunded


def _kebab(payment: Payment) -> list[Action]:
    if payment.archived_at:
        acts = [Action(_("Restore"), url("act", payment, "restore"), "archive-off", "post")]
    else:
        acts = [Action(_("Archive"), url("act", payment, "archive"), "archive", "post")]
    if not payment.is_deleted:
        acts.append(Action(_("Delete"), url("act", payment, "delete"), "trash", "post", danger=True, divided=True))
    return acts


@require_http_methods(["POST"])
@desk("view", "payment")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete or restore."""
    if name not in VERBS:
        raise Http404
    payment = _find(place, key, "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(payment, by=place.actor, on=place.on)):
        undo = url("act", payment, "restore") if name != "restore" else ""
        toasts.add(place.request, done, undo=undo)
    return redirect(url("show", payment))


@require_http_methods(["GET", "POST"])
@desk("create", "payment")
def new(place: Desk) -> HttpResponse:
    """Enter a payment over one or several invoices of a client, or none."""
    asked = place.request.GET if place.request.method == "GET" else place.request.POST
    client = _client(place, asked.get("client_id") or asked.get("client", ""))
    if place.request.method == "GET":
        values = {"date": place.on, "client_id": ids.encode(client.pk) if client else ""}
        return _editor(place, client, Form(values))
    try:
        payment = operations.record_payment(_read(client, asked), by=place.actor, on=place.on)
    except Refused as refused:
        return _editor(place, client, Form(dict(asked.items()), _by_invoice(refused, asked)), status=422)
    toasts.add(place.request, _("The payment is recorded."))
    return redirect(url("show", payment))


def _client(place: Desk, key: str) -> Client | None:
    pk = ids.decode(key)
    rows = place.seen(Client.objects.live(), "client").select_related("group")
    client = rows.filter(pk=pk).first() if pk is not None else None
    if client is not None:
        client.company = place.company
    return client


def _read(client: Client | None, sent: Any) -> dict[str, Any]:
    faults: dict[str, list[Any]] = {}
    parts = []
    for name in sent:
        if name.startswith("part.") and sent[name].strip():
            invoice = Invoice.objects.filter(pk=ids.decode(name.removeprefix("part."))).first()
            parts.append({"invoice": invoice, "amount": _number(sent[name], name, faults)})
    amount = _number(sent.get("amount", ""), "amount", faults)
    try:
        on = date.fromisoformat(sent.get("date", ""))
    except ValueError:
        faults["date"] = [_("This is not a date.")]
    if client is None:
        faults["client_id"] = [_("Choose a client.")]
    if not faults and not amount and not parts:
        faults["amount"] = [_("Say how much was paid.")]
    if faults:
        raise Refused.many(faults)
    return {
        "client": client,
        "amount": amount,
        "date": on,
        "type_id": sent.get("type_id", ""),
        "transaction_reference": sent.get("transaction_reference", ""),
        "private_notes": sent.get("private_notes", ""),
        "invoices": parts,
    }


def _number(text: str, name: str, faults: dict[str, list[Any]]) -> Decimal:
    try:
        return calculate(text)
    except ValueError:
        faults[name] = [_("This is not a number.")]
        return Decimal(0)


def _by_invoice(refused: Refused, sent: Any) -> dict[str, Any]:
    """Faults of the n-th part, at the field of its invoice."""
    names = [name for name in sent if name.startswith("part.") and sent[name].strip()]
    errors: dict[str, Any] = {}
    for field, texts in refused.errors.items():
        head, _dot, rest = field.partition(".")
        place = rest.partition(".")[0]
        known = head == "invoices" and place.isdigit() and int(place) < len(names)
        errors[names[int(place)] if known else "" if head == "invoices" else field] = texts
    return errors


def _editor(place: Desk, client: Client | None, form: Form, *, status: int = 200) -> HttpResponse:
    due = _due(client) if client else []
    context = {
        "form": form,
        "picked": [Choice(ids.encode(client.pk), client.display_name, client.number)] if client else [],
        "client": client,
        "invoices": due,
        "types": [(each.id, name_in(each, locale())) for each in payment_type],
        "crumbs": [Crumb(_("Payments"), reverse("office:payments"))],
        "currency": currency(client.currency_id if client else str(place.preferences.currency_id)),
    }
    target = place.request.headers.get("HX-Target")
    if target == "parts":
        return part(place, "payments/parts.html", context)
    return page(place, "payments/edit.html", context, module="payments", status=status)


def _due(client: Client) -> list[dict[str, Any]]:
    """What the client owes, oldest first."""
    rows = Invoice.objects.filter(client=client).payable().order_by("due_date", "pk")[:200]
    return [
        {
            "name": f"part.{ids.encode(each.pk)}",
            "number": each.number,
            "due": day(each.requested_by),
            "balance": money(each.balance, currency(each.currency_id)),
            "plain": each.balance,
        }
        for each in rows
    ]


@require_http_methods(["GET", "POST"])
@desk("view", "payment")
def refund(place: Desk, key: str) -> HttpResponse:
    """Give money back, per invoice where it was applied."""
    payment = _find(place, key, "edit")
    allocations = [
        each
        for each in payment.allocations.live().filter(credit=None).select_related("invoice").order_by("pk")
        if each.net > 0
    ]
    if place.request.method == "GET":
        return _refund_dialog(place, payment, allocations, Form({"date": place.on}))
    sent = place.request.POST
    faults: dict[str, list[Any]] = {}
    parts = [
        {"invoice": each.invoice, "amount": amount}
        for each in allocations
        if (amount := _number(sent.get(f"part.{each.pk}", ""), f"part.{each.pk}", faults))
    ]
    amount = _number(sent.get("amount", ""), "amount", faults)
    try:
        if faults:
            raise Refused.many(faults)
        on = date.fromisoformat(sent.get("date") or place.on.isoformat())
        operations.refund_payment(payment, amount, parts, by=place.actor, on=on)
    except (Refused, ValueError) as failure:
        errors = failure.errors if isinstance(failure, Refused) else {"date": [_("This is not a date.")]}
        whole = {("" if name in ("id", "invoices") else name): texts for name, texts in errors.items()}
        return _refund_dialog(place, payment, allocations, Form(dict(sent.items()), whole), status=422)
    toasts.add(place.request, _("The refund is recorded."))
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = url("show", payment)
    return response if place.request.headers.get("HX-Request") else redirect(url("show", payment))


def _refund_dialog(
    place: Desk, payment: Payment, allocations: list[Any], form: Form, *, status: int = 200
) -> HttpResponse:
    unit = currency(payment.currency_id)
    context = {
        "form": form,
        "payment": payment,
        "currency": unit,
        "url": url("refund", payment),
        "parts": [
            {"name": f"part.{each.pk}", "number": each.invoice.number, "left": money(each.net, unit)}
            for each in allocations
        ],
    }
    return part(place, "payments/refund.html", context, status=status)


urlpatterns = [
    path("payments", listed, name="payments"),
    path("payments/new", new, name="new-payment"),
    path("payments/<str:key>", show, name="show-payment"),
    path("payments/<str:key>/refund", refund, name="refund-payment"),
    path("payments/<str:key>/<str:name>", act, name="act-payment"),
]

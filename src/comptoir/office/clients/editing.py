"""The form of a client: on a phone in tabs, on a desktop one panel (S53 to S57)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.catalogue.models import PaymentTerm
from comptoir.clients.models import Client, Contact, Group
from comptoir.clients.operations import create_client, update_client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.clients import client_url
from comptoir.office.clients.showing import find
from comptoir.office.desk import Desk
from comptoir.office.pages import page
from comptoir.preferences.custom_fields import custom_fields
from comptoir.reference import country, currency, industry, language, size, sorted_by_name
from comptoir.reference.names import name_in
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.parts import Crumb
from comptoir.ui.tags.figures import locale

ADDRESS = ("address1", "address2", "city", "state", "postal_code", "country_id")
WORDS = (
    "name", "number", "id_number", "vat_number", "website", "phone", "public_notes", "private_notes",
    "size_id", "industry_id", "classification", "siren", "siret", "legal_form", "routing_id",
    "electronic_address", "electronic_address_scheme", "buyer_reference", "iban", "bic",
    "custom_value1", "custom_value2", "custom_value3", "custom_value4",
    *ADDRESS, *(f"shipping_{part}" for part in ADDRESS),
)  # fmt: skip
SETTINGS = ("currency_id", "language_id", "payment_terms", "valid_until", "default_task_rate", "send_reminders")
PERSON = (
    "id", "first_name", "last_name", "email", "phone", "password",
    "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip
FLAGS = ("send_email", "cc_only")


def new(desk: Desk) -> HttpResponse:
    """The form of a new client."""
    desk.need("create", "client")
    if desk.request.method == "POST":
        return _save(desk, None)
    return _form(desk, None, Form({"contacts": [{"send_email": True}], "country_id": str(desk.preferences.country_id)}))


def edit(desk: Desk, key: str) -> HttpResponse:
    """The form of a client."""
    client = find(desk, key, "edit")
    if desk.request.method == "POST":
        return _save(desk, client)
    return _form(desk, client, Form(values_of(client)))


def _save(desk: Desk, client: Client | None) -> HttpResponse:
    sent = desk.request.POST
    typed = {**{name: sent[name] for name in sent}, "contacts": people(sent)}
    try:
        fields = read(sent, client)
        if client is None:
            refuse_nameless(fields)
            saved = create_client(fields, by=desk.actor, on=desk.on)
        else:
            saved = update_client(client, fields, by=desk.actor, on=desk.on)
    except Refused as refused:
        return _form(desk, client, Form(typed, refused.errors), status=422)
    toasts.add(desk.request, _("The client is saved."))
    return redirect(client_url(saved))


def refuse_nameless(fields: Mapping[str, Any]) -> None:
    """A form wants a name or a contact, and nothing else (S55, decision C3)."""
    named = fields.get("name") or any(
        each.get("first_name") or each.get("last_name") or each.get("email") for each in fields["contacts"]
    )
    if not named:
        raise Refused("name", _("Give a name, or the name or e-mail of a contact."))


def read(sent: QueryDict, client: Client | None) -> dict[str, Any]:
    """The fields of the form as the operations take them. Raises Refused."""
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    fields["is_tax_exempt"] = sent.get("is_tax_exempt", "") == "1"
    fields["contacts"] = [_person(each) for each in people(sent)]
    if "group_id" in sent:
        fields["group"] = Group.objects.filter(pk=ids.decode(sent["group_id"])).first()
    fields["settings"] = _settings(sent, client, faults)
    if faults:
        raise Refused.many(faults)
    return fields


def _settings(sent: QueryDict, client: Client | None, faults: dict[str, list[Any]]) -> dict[str, Any]:
    """The client's own settings, those of the form replaced: empty means inherited."""
    own = dict(client.settings) if client is not None else {}
    for name in SETTINGS:
        if name not in sent:
            continue
        value: Any = sent[name].strip()
        if value == "":
            own.pop(name, None)
            continue
        if name == "default_task_rate":
            try:
                value = calculate(value)
            except ValueError:
                faults[name] = [_("This is not a number.")]
                continue
        own[name] = value == "1" if name == "send_reminders" else value
    return own


def people(sent: QueryDict) -> list[dict[str, Any]]:
    """The contacts as typed, in the order of the form; empty ones are left out."""
    rows: dict[int, dict[str, Any]] = {}
    for name in sent:
        prefix, at, key = (*name.split(".", 2), "", "")[:3]
        if prefix == "contacts" and at.isdigit():
            rows.setdefault(int(at), {})[key] = sent[name]
    return [row for _at, row in sorted(rows.items()) if any(str(row.get(key, "")).strip() for key in PERSON)]


def _person(row: Mapping[str, Any]) -> dict[str, Any]:
    person = {key: row[key] for key in PERSON if key in row and key not in ("id", "password")}
    if row.get("password"):
        person["password"] = row["password"]
    if row.get("id"):
        person["id"] = ids.decode(str(row["id"]))
    return person | {flag: row.get(flag) == "1" for flag in FLAGS}


def values_of(client: Client) -> dict[str, Any]:
    """What the form of a saved client shows."""
    values: dict[str, Any] = {name: getattr(client, name) for name in WORDS}
    values |= {name: client.settings.get(name, "") for name in SETTINGS}
    if "send_reminders" in client.settings:
        values["send_reminders"] = "1" if client.settings["send_reminders"] else "0"
    values["is_tax_exempt"] = client.is_tax_exempt
    values["group_id"] = ids.encode(client.group_id) if client.group_id else ""
    values["contacts"] = [_row(contact) for contact in client.contacts.live()]
    return values


def _row(contact: Contact) -> dict[str, Any]:
    row: dict[str, Any] = {key: getattr(contact, key) for key in PERSON if key not in ("id", "password")}
    return row | {"id": ids.encode(contact.pk), **{flag: getattr(contact, flag) for flag in FLAGS}}


def _form(desk: Desk, client: Client | None, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "client": client,
        "title": _("Edit client") if client else _("New client"),
        "crumbs": [Crumb(_("Clients"), reverse("office:clients"))],
        "back_url": client_url(client) if client else reverse("office:clients"),
        "people": person_forms(desk, form),
        "blank_person": _person_form(desk, "new", {"send_email": True}, form),
        "custom": custom_fields(desk.company.custom_fields, "client"),
        "yes_no": [("yes", _("Yes")), ("no", _("No"))],
        "choices": choices(desk, client),
        "sections": sections(form),
    }
    return page(desk, "clients/edit.html", context, module="clients", status=status)


def sections(form: Form) -> list[dict[str, Any]]:
    """The six parts of the form, and which of them have a fault (S53)."""
    parts = [
        ("details", _("Details"), "id"),
        ("contacts", _("Contacts"), "users"),
        ("notes", _("Notes"), "notes"),
        ("settings", _("Settings"), "settings"),
        ("billing", _("Billing address"), "map-pin"),
        ("shipping", _("Shipping address"), "truck"),
    ]
    return [
        {"key": key, "label": label, "icon": icon, "faulty": any(_part_of(name) == key for name in form.errors)}
        for key, label, icon in parts
    ]


def _part_of(field: str) -> str:
    if field.startswith("contacts"):
        return "contacts"
    if field.startswith("shipping_"):
        return "shipping"
    if field in ADDRESS:
        return "billing"
    if field in ("public_notes", "private_notes", "size_id", "industry_id"):
        return "notes"
    return "settings" if field in SETTINGS or field.startswith("settings") else "details"


def person_forms(desk: Desk, form: Form) -> list[dict[str, Any]]:
    """A card for each contact, its inputs named ``contacts.<n>.<key>``."""
    rows = form.value("contacts") or [{}]
    return [_person_form(desk, str(at), row, form) for at, row in enumerate(rows)]


def _person_form(desk: Desk, at: str, row: Mapping[str, Any], form: Form) -> dict[str, Any]:
    def box(key: str) -> dict[str, Any]:
        name = f"contacts.{at}.{key}"
        return {"name": name, "value": row.get(key, ""), "errors": form.faults(name)}

    return {
        "id": row.get("id", ""),
        "id_name": f"contacts.{at}.id",
        **{key: box(key) for key in ("first_name", "last_name", "email", "phone", "password", *FLAGS)},
        "custom": [
            (field, box(field.name)) for field in custom_fields(desk.company.custom_fields, "contact")
        ],
    }


def choices(desk: Desk, client: Client | None) -> dict[str, Any]:
    """What the lists of the form offer, and what holds when nothing is chosen."""
    spoken = locale()
    above = client.preferences if client else desk.preferences
    days = sorted({term.num_days for term in PaymentTerm.objects.active()})
    terms = [(str(n), _("On receipt") if n == 0 else _("%(n)s days") % {"n": n}) for n in days]
    inherited = above.inherited if client else above.found
    return {
        "countries": [(row.id, name) for name, row in sorted_by_name(country, spoken)],
        "currencies": [(row.id, f"{row.code} – {name}") for name, row in sorted_by_name(currency, spoken)],
        "languages": [(row.id, name) for name, row in sorted_by_name(language, spoken)],
        "sizes": [(row.id, name_in(row, spoken)) for row in size],
        "industries": [(row.id, name_in(row, spoken)) for row in industry],
        "groups": [(ids.encode(each.pk), each.name) for each in Group.objects.active().order_by("name")],
        "terms": terms,
        "classifications": classifications(),
        "reminders": [("1", _("On")), ("0", _("Off"))],
        "inherited_currency": getattr(currency(str(inherited("currency_id").value)), "code", ""),
        "inherited_language": _named(language(str(inherited("language_id").value)), spoken),
        "inherited_terms": str(inherited("payment_terms").value),
        "inherited_valid": str(inherited("valid_until").value),
    }


def _named(row: Any, spoken: str) -> str:
    return name_in(row, spoken) if row else ""


def classifications() -> list[tuple[str, str]]:
    return [
        ("individual", _("Individual")),
        ("business", _("Business")),
        ("company", _("Company")),
        ("partnership", _("Partnership")),
        ("trust", _("Trust")),
        ("charity", _("Charity")),
        ("government", _("Government")),
        ("other", _("Other")),
    ]

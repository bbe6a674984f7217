"""The form of a client: on a phone in tabs, on a desktop one panel (S53 to S57)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comptoir.clients.identifiers import vat_advice
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client, update_client
from comptoir.clients.queries import shared_emails
from comptoir.clients.vat.jobs import keep_found
from comptoir.kernel.refused import Refused, Stale
from comptoir.office.clients import client_url, vat
from comptoir.office.clients.choices import choices
from comptoir.office.clients.currencies import warn_of_change
from comptoir.office.clients.finding import find
from comptoir.office.clients.form_fields import hidden
from comptoir.office.clients.people import in_words, person_forms
from comptoir.office.clients.reading import people, read, refuse_nameless, values_of
from comptoir.office.desk import Desk
from comptoir.office.links import page_url
from comptoir.office.pages import page
from comptoir.office.versions import Conflict, conflict, save_if_current, version_of
from comptoir.preferences.custom_fields import custom_fields
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Crumb


def new(desk: Desk) -> HttpResponse:
    """The form of a new client."""
    desk.need("create", "client")
    if desk.request.method == "POST":
        return _save(desk, None)
    start = {"contacts": [{"send_email": True}], "country_id": str(desk.preferences.country_id)}
    return _draw(desk, None, Form(start))


def edit(desk: Desk, key: str) -> HttpResponse:
    """The form of a client."""
    client = find(desk, key, "edit")
    if client.is_deleted:
        toasts.add(desk.request, _("Restore the client first."), "warning")
        return redirect(client_url(client))
    if desk.request.method == "POST":
        return _save(desk, client)
    values = values_of(client)
    return _draw(desk, client, Form(values | {"version": version_of(values)}))


def _save(desk: Desk, client: Client | None) -> HttpResponse:
    sent = desk.request.POST
    typed = {**{name: sent[name] for name in sent}, "contacts": people(sent)}
    before = client.currency_id if client else ""
    try:
        fields = read(sent, client)
        with transaction.atomic():
            saved = _write(desk, client, fields)
            keep_found(saved, by=desk.actor, on=desk.on)
    except Stale:
        assert client is not None
        return _both(desk, client, typed, fields)
    except Refused as refused:
        return _draw(desk, client, Form(typed, _at_fields(refused)), status=422)
    toasts.add(desk.request, _("The client is saved."))
    _warn(desk, saved)
    warn_of_change(desk, saved, before)
    return redirect(client_url(saved))


def _at_fields(refused: Refused) -> dict[str, list[Any]]:
    """The faults of settings at their inputs; the wire's summary of them only where nothing else is said."""
    named = {key.removeprefix("settings."): texts for key, texts in refused.errors.items()}
    summary = named.pop("settings", [])
    return named or {"": summary}


def _write(desk: Desk, client: Client | None, fields: dict[str, Any]) -> Client:
    if client is None:
        refuse_nameless(fields)
        return create_client(fields, by=desk.actor, on=desk.on)
    return save_if_current(
        client,
        desk.request.POST.get("version", ""),
        lambda: values_of(client),
        lambda: update_client(client, fields, by=desk.actor, on=desk.on),
    )


def _warn(desk: Desk, client: Client) -> None:
    """An address that another client has too can sign in to one portal only (decision C10)."""
    others = shared_emails(client)[:3]
    for contact in others:
        said = _("%(email)s is also a contact of %(client)s.")
        toasts.add(
            desk.request, said % {"email": contact.email, "client": contact.client.display_name}, "warning"
        )


def _both(desk: Desk, client: Client, typed: dict[str, Any], fields: Mapping[str, Any]) -> HttpResponse:
    """The form as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    client = find(desk, desk.request.resolver_match.kwargs["key"], "edit")  # type: ignore[union-attr]
    now = values_of(client)
    theirs = now | {"settings": client.settings, "contacts": in_words(now["contacts"])}
    mine = {**fields, "contacts": in_words(fields["contacts"])}
    form = Form(typed | {"version": version_of(now)})
    return _draw(desk, client, form, status=409, shown=conflict(desk, client, theirs, mine))


def _draw(
    desk: Desk, client: Client | None, form: Form, *, status: int = 200, shown: Conflict | None = None
) -> HttpResponse:
    rows, blank = person_forms(desk, form)
    context = {
        "form": form,
        "client": client,
        "conflict": shown,
        "title": _("Edit client") if client else _("New client"),
        "crumbs": [Crumb(_("Clients"), page_url("clients"))],
        "back_url": client_url(client) if client else page_url("clients"),
        "edit_url": client_url(client, "edit") if client else "",
        "people": rows,
        "blank_person": blank,
        "with_passwords": bool(desk.preferences.enable_client_portal_password),
        "custom": custom_fields(desk.company.custom_fields, "client"),
        "yes_no": [("yes", _("Yes")), ("no", _("No"))],
        "choices": choices(desk, client),
        "hidden": hidden(desk.company),
        "fields_url": page_url("client-fields") if desk.may("edit", "company") else "",
        "vat_advice": _vat_advice(desk, form),
        "vat": _vat(desk, form, client),
        "number_help": _number_help(desk),
    }
    return page(desk, "clients/edit.html", context, module="clients", status=status)


def _number_help(desk: Desk) -> str:
    """Better change the pattern than one number: the way there, for who may (S61)."""
    said = _("Given by itself; its pattern is in Settings › Numbers.")
    if not desk.may("edit", "company"):
        return said
    url = reverse("office:settings-page", args=["numbers"]) + "#id-client_number_pattern"
    return format_html('{} <a class="link underline" href="{}">{}</a>', said, url, _("Change the pattern"))


def _vat_advice(desk: Desk, form: Form) -> str:
    """What looks odd about a VAT number; it never stands in the way (S64)."""
    number = str(form.value("vat_number") or "")
    return vat_advice(number, str(form.value("country_id") or ""), on=desk.on) if number else ""


def _vat(desk: Desk, form: Form, client: Client | None) -> vat.Shown | None:
    """The button that asks VIES, and what it knows already."""
    number, home = (str(form.value(name) or "") for name in ("vat_number", "country_id"))
    return vat.of_form(desk, number, home, client)

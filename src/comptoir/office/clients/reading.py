"""From the form of a client to the fields that operations take, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Contact, Group
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.ui.arithmetic import calculate

ADDRESS: Final = ("address1", "address2", "city", "state", "postal_code", "country_id")
WORDS: Final = (
    "name", "number", "id_number", "vat_number", "website", "phone", "public_notes", "private_notes",
    "size_id", "industry_id", "classification", "siren", "siret", "custom_value1", "custom_value2",
    "custom_value3", "custom_value4", *ADDRESS, *(f"shipping_{part}" for part in ADDRESS),
)  # fmt: skip
SETTINGS: Final = (
    "currency_id", "language_id", "payment_terms", "valid_until", "default_task_rate", "send_reminders",
)  # fmt: skip
PERSON: Final = (
    "id", "first_name", "last_name", "email", "phone", "password", "custom_value1", "custom_value2",
    "custom_value3", "custom_value4",
)  # fmt: skip
FLAGS: Final = ("send_email", "cc_only", "is_locked")


def read(sent: QueryDict, client: Client | None) -> dict[str, Any]:
    """The fields of the form. Raises Refused."""
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    fields["is_tax_exempt"] = sent.get("is_tax_exempt", "") == "1"
    fields["contacts"] = [_person(each) for each in people(sent)]
    if "group_id" in sent:
        fields["group"] = Group.objects.filter(pk=ids.decode(str(sent["group_id"]))).first()
    fields["settings"] = _settings(sent, client, faults)
    if faults:
        raise Refused.many(faults)
    return fields


def refuse_nameless(fields: Mapping[str, Any]) -> None:
    """A form wants a name or a contact, and nothing else (S55, decision C3)."""
    named = fields.get("name", "").strip() or any(
        str(each.get(key) or "").strip()
        for each in fields["contacts"]
        for key in ("first_name", "last_name", "email")
    )
    if not named:
        raise Refused("name", _("Give a name, or the name or e-mail of a contact."))


def _settings(sent: QueryDict, client: Client | None, faults: dict[str, list[Any]]) -> dict[str, Any]:
    """The client's own settings, those of the form replaced: empty means inherited."""
    own = dict(client.settings) if client is not None else {}
    for name in SETTINGS:
        text = sent.get(name, "").strip()
        if text:
            own[name] = _setting(name, text, faults)
        elif name in sent:
            own.pop(name, None)
            own |= {name: ""} if name == "currency_id" else {}  # absent, it would stay (decision P2)
    return own


def _setting(name: str, text: str, faults: dict[str, list[Any]]) -> Any:
    if name == "send_reminders":
        return text == "1"
    if name != "default_task_rate":
        return text
    try:
        rate = calculate(text)
    except ValueError:
        faults[name] = [_("This is not a number.")]
        return None
    if rate < 0:
        faults[name] = [_("Not below zero.")]
    return rate


def people(sent: QueryDict) -> list[dict[str, Any]]:
    """The contacts as typed, in the order of the form; empty ones are left out."""
    rows: dict[int, dict[str, Any]] = {}
    for name in sent:
        prefix, at, key = (*name.split(".", 2), "", "")[:3]
        if prefix == "contacts" and at.isdigit() and len(at) < 6:
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

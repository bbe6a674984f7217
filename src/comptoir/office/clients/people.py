"""The cards of contacts in the form of a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comptoir.office.clients.reading import FLAGS
from comptoir.office.desk import Desk
from comptoir.preferences.custom_fields import CustomField, custom_fields
from comptoir.ui.forms import Form

_SHOWN = ("first_name", "last_name", "email", "phone", "password")


def person_forms(desk: Desk, form: Form) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A card for each contact, its inputs named ``contacts.<n>.<key>``, and the one new ones are made of."""
    own = custom_fields(desk.company.custom_fields, "contact")
    rows = form.value("contacts") or [{"send_email": True}]
    cards = [_card(str(at), row, form, own) for at, row in enumerate(rows)]
    return cards, _card("new", {"send_email": True}, form, own)


def _card(at: str, row: Mapping[str, Any], form: Form, own: tuple[CustomField, ...]) -> dict[str, Any]:
    def box(key: str) -> dict[str, Any]:
        name = f"contacts.{at}.{key}"
        return {"name": name, "value": row.get(key, ""), "errors": form.faults(name)}

    return {
        "id": row.get("id", ""),
        "id_name": f"contacts.{at}.id",
        **{key: box(key) for key in (*_SHOWN, *FLAGS)},
        "custom": [(field, box(field.name)) for field in own],
    }


def in_words(people: Iterable[Mapping[str, Any]]) -> str:
    """Contacts for somebody who compares two versions."""
    said = []
    for each in people:
        name = f"{each.get('first_name') or ''} {each.get('last_name') or ''}".strip()
        said.append(
            " ".join(
                word for word in (name, str(each.get("email") or ""), str(each.get("phone") or "")) if word
            )
        )
    return " · ".join(said)

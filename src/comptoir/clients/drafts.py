"""New clients put together and looked at, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from comptoir.activity.actors import Actor
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.writing import sparse
from comptoir.tenancy.scope import current_company

from . import identifiers, passwords, rules
from .columns import Fault, written
from .contacts import Arrangement, arrange
from .models import Client, Group

EDITABLE: Final = frozenset(
    field.name
    for field in Client._meta.concrete_fields
    if field.name
    not in {
        "id",
        "company",
        "created_at",
        "updated_at",
        "archived_at",
        "deleted_at",
        "display_name",
        "sort_name",
        "sort_number",
        "search_text",
        "user",
        "last_login",
        "merged_into",
        "logo_path",
        "settings",
        "balance",
        "paid_to_date",
        "credit_balance",
        "payment_balance",
    }
)


@dataclass(slots=True)
class Draft:
    """A client not yet saved, with its people and what is wrong with them."""

    client: Client
    people: Arrangement
    faults: list[Fault] = field(default_factory=list)

    @property
    def errors(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for path, sentence in self.faults:
            found.setdefault(path, []).append(sentence)
        return found


def draft(batch: Sequence[Mapping[str, Any]], *, by: Actor) -> list[Draft]:
    """A draft of each, its faults noted: an import keeps the good ones and reports the others."""
    company = Preferences((current_company().settings,))
    drafts = [_draft(fields, company, by) for fields in batch]
    for one, twins in zip(drafts, rules.faults_of_twins([one.client for one in drafts]), strict=True):
        one.faults += twins
    note_claims([one.people for one in drafts])
    for one in drafts:
        one.faults += one.people.faults
    return drafts


def refuse_faulty(drafts: Sequence[Draft]) -> None:
    """Raise Refused with every fault: ``contacts.0.email``, or ``7.contacts.0.email`` in a longer batch."""
    many = len(drafts) > 1
    errors = {
        f"{place}.{path}" if many else path: sentences
        for place, one in enumerate(drafts)
        for path, sentences in one.errors.items()
    }
    if errors:
        raise Refused.many(errors)


def values_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns among ``fields``, in the form they are kept in."""
    values = written(Client, fields, EDITABLE)
    identifiers.compact(values)
    return values


def own_settings(
    sent: Mapping[str, Any] | None, stored: Mapping[str, Any], group: Group | None
) -> dict[str, Any]:
    """The client's own settings after ``sent`` replaced them. Raises Refused at ``settings``."""
    above = (group.settings if group else {}, current_company().settings)
    return sparse(sent or {}, stored, str(Preferences(above).currency_id))


def note_claims(arrangements: Sequence[Arrangement]) -> None:
    """Add to each arrangement the e-mails that somebody else signs in with, in one query."""
    owners = {id(contact): made for made in arrangements for _path, contact in made.claims}
    claims = [claim for made in arrangements for claim in made.claims]
    for path, sentence, contact in passwords.claimed_twice(claims):
        owners[id(contact)].faults.append((path, sentence))


def _draft(fields: Mapping[str, Any], company: Preferences, by: Actor) -> Draft:
    values = values_of(fields)
    client = Client(company=current_company(), user_id=by.user_id, **values)
    client.country_id = client.country_id or company.country_id
    made = Draft(client, arrange(client, (), fields.get("contacts") or ()))
    made.faults += rules.faults_of(values)
    if fields.get("settings"):
        try:
            client.settings = own_settings(fields["settings"], {}, client.group)
        except Refused as refusal:
            made.faults += [(path, text) for path, texts in refusal.errors.items() for text in texts]
    return made

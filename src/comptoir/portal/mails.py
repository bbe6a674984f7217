"""Which mails a person wants, as inputs of a form: in the profile, and behind the link of every mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comptoir.clients.models import Contact
from comptoir.clients.receiving import LABELS, Mail


def inputs(contact: Contact) -> list[tuple[str, Any, bool]]:
    """(name, label, whether it is ticked) of each kind."""
    return [(f"wants.{one}", label, one not in contact.declined) for one, label in LABELS.items()]


def read(sent: Mapping[str, str]) -> dict[Mail, bool]:
    """What the form said; a kind that it did not have is absent."""
    return {one: bool(sent[f"wants.{one}"]) for one in Mail if f"wants.{one}" in sent}

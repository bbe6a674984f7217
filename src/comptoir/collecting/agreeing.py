"""What a contact agrees to before paying: written down with the try, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.activity.actors import Actor
from comptoir.activity.operations import tell
from comptoir.clients.models import Contact
from comptoir.payments.parts import Part

from . import facts
from .models import Agreement


@dataclass(frozen=True, slots=True)
class Proof:
    """``name`` and ``drawing`` (a PNG as a data address) are the signature, ``terms`` what was accepted."""

    name: str = ""
    drawing: str = ""
    terms: str = ""

    @property
    def is_signed(self) -> bool:
        return bool(self.name or self.drawing)


def write_down(proof: Proof | None, parts: Sequence[Part], contact: Contact | None, *, by: Actor) -> None:
    """Keep it with every invoice that is paid; the caller is an operation. Nothing agreed, nothing kept."""
    if proof is None or not (proof.is_signed or proof.terms):
        return
    fact = facts.InvoiceSigned if proof.is_signed else facts.TermsAccepted
    for part in parts:
        Agreement.objects.create(
            invoice=part.invoice, contact=contact, by=by.name[:190], ip=by.ip, name=proof.name,
            drawing=proof.drawing, terms=proof.terms,
        )  # fmt: skip
        tell(fact(part.invoice, actor=by))


def signature_of(invoice: object) -> Agreement | None:
    """The latest signature under an invoice."""
    rows = Agreement.objects.filter(invoice=invoice).exclude(name="", drawing="")
    return rows.order_by("-pk").first()

"""What follows in the catalogue when a company is founded."""

from __future__ import annotations

from comptoir.people.facts import CompanyFounded
from comptoir.reference import DEFAULT_PAYMENT_TERMS

from .models import PaymentTerm


def seed_terms(fact: CompanyFounded) -> None:
    """The usual payment terms, to choose from and to change (contract rules 5)."""
    PaymentTerm.objects.bulk_create(
        [PaymentTerm(company_id=fact.subject.pk, num_days=days) for days in DEFAULT_PAYMENT_TERMS]
    )

"""What contacts ask of the API: a token for e-mail and password, and their client's invoices (contract
routes.json contact).

The token is that of a portal session, and ends as one does. The contract does not say what the answers hold:
invoices have the keys of the wire, without what is for staff alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from comptoir.clients.models import Contact
from comptoir.contract import answers, envelopes
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.paging import Page
from comptoir.contract.problems import Problem, not_found
from comptoir.contract.reading import required_texts
from comptoir.contract.secret import refuse_wrong_secret
from comptoir.kernel import ids
from comptoir.people.limits import TooManyTries
from comptoir.portal import sessions
from comptoir.portal.companies import company_of
from comptoir.portal.documents.kinds import INVOICES
from comptoir.portal.doors.arriving import record_sign_in
from comptoir.portal.doors.credentials import right_contacts
from comptoir.portal.requests import address_of, place_of
from comptoir.portal.visits import actor_of, spoken_to, today
from comptoir.tenancy.scope import acting_for

TAXES: Final = tuple(f"tax_{part}{n}" for n in (1, 2, 3) for part in ("name", "rate"))
SHOWN: Final = (
    "id", "client_id", "entity_type", "number", "status_id", "date", "due_date", "amount", "balance",
    "paid_to_date", "partial", "partial_due_date", "currency_id", "po_number", "discount",
    "is_amount_discount", "uses_inclusive_taxes", *TAXES, "total_taxes",
    *(f"custom_surcharge{n}" for n in (1, 2, 3, 4)),
    "public_notes", "terms", "footer", "created_at", "updated_at",
)  # fmt: skip
"""What an invoice tells its client."""
OF_A_LINE: Final = (
    "type_id", "product_key", "notes", "quantity", "cost", "discount", "is_amount_discount", *TAXES,
    "line_total", "gross_line_total", "tax_amount", "unit_code",
)  # fmt: skip


class Contacts(Endpoints):
    path, entity = "contact", "contact"

    @route("POST", "/contact/login", auth="public")
    def login(call: Call) -> HttpResponse:
        """Sign a contact in: a token for each company where e-mail and password are right.

        ``company_key`` names one of them.
        """
        refuse_wrong_secret(call.request)
        people = _right(call)
        if not people:
            raise Problem(401, _("This e-mail and this password do not belong together."))
        return answers.json({"data": [_entered(call, one) for one in people]})

    @route("GET", "/contact/invoices", auth="contact")
    def invoices(call: Call) -> HttpResponse:
        """List the invoices of the contact's client, the newest first, without drafts and deleted ones."""
        with _visit(call) as contact:
            page = Page.asked(call.query)
            rows = INVOICES.visible(contact.client).order_by("-date", "-pk")
            keys = list(rows.values_list("pk", flat=True)[page.start : page.stop])
            shown = [_shown(row, contact) for row in call.registry.fetch("invoices", keys)]
            figures = page.figures(call.query, call.link, len(shown), rows.count())
            return answers.json(envelopes.page(shown, figures, call))


def _right(call: Call) -> list[Contact]:
    """Raises Refused for what is no e-mail or password, Problem 400 for an unknown company, 429 after too
    many tries."""
    sent = required_texts(call.body, call.who, "email", "password")
    key = str(call.body.get("company_key") or "")
    ip = address_of(call.request)
    try:
        company = company_of(key) if key else None
        return right_contacts(sent["email"], sent["password"], company, place_of(call.request), ip)
    except Http404:
        raise not_found() from None
    except TooManyTries as wait:
        headers = {"Retry-After": str(wait.retry_after)}
        raise Problem(429, _("Too many requests"), headers=headers) from None


def _entered(call: Call, contact: Contact) -> dict[str, Any]:
    """A session begins, and is on record."""
    company, client, ip = contact.company, contact.client, address_of(call.request)
    with acting_for(company):
        session, token = sessions.begin(contact, ip=ip)
        record_sign_in(contact, by=actor_of(contact, ip), on=today(company))
    return {
        "token": token,
        "expires_at": int(session.expires_at.timestamp()),
        "id": ids.encode(contact.pk),
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "email": contact.email,
        "client_id": ids.encode(client.pk),
        "client_name": client.display_name,
        "company_key": company.company_key,
        "company_name": company.name,
    }


@contextmanager
def _visit(call: Call) -> Iterator[Contact]:
    """The contact of X-API-TOKEN, in their company and language. Raises Problem 403 for a token that does not
    open everything of the client."""
    session = sessions.behind(call.request.headers.get("X-API-TOKEN", ""))
    if session is None or not session.is_whole or session.awaits_password:
        raise _stranger()
    with acting_for(session.company), spoken_to(session):
        if not sessions.is_open(session.contact):
            raise _stranger()
        yield session.contact


def _stranger() -> Problem:
    return Problem(403, _("Sign in as a contact first."), errors=True)


def _shown(row: Mapping[str, Any], contact: Contact) -> dict[str, Any]:
    """An invoice of the wire as its client may read it, with this contact's own link alone."""
    lines = json.loads(bytes(row["line_items"]), parse_float=Decimal)
    return {
        **{name: row[name] for name in SHOWN},
        "line_items": [{name: line[name] for name in OF_A_LINE if name in line} for line in lines],
        "invitations": [
            {"id": one["id"], "key": one["key"], "link": one["link"]}
            for one in row["invitations"]
            if one["client_contact_id"] == ids.encode(contact.pk)
        ],
    }

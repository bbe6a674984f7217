"""What a provider knows of our clients: their methods, brought up to date, and customers that we lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client, Contact
from comptoir.clients.operations import create_client
from comptoir.kernel.refused import Refused
from comptoir.reference import country

from .interface import Customer, Stored
from .models import CompanyGateway, StoredMethod
from .registry import gateway_of
from .storing import archive_method, keep_method


def follow_methods(row: CompanyGateway, *, by: Actor, on: date) -> int:
    """Keep what the provider keeps for our clients, put aside what it has no more; answers for how many.

    Raises GatewayFault; done again it changes nothing.
    """
    known = StoredMethod.objects.live().filter(gateway=row).exclude(gateway_customer_reference="")
    pairs = known.order_by("pk").values_list("client_id", "gateway_customer_reference").distinct()
    gateway, clients = gateway_of(row), Client.objects.in_bulk({client for client, _customer in pairs})
    for client, customer in dict.fromkeys(pairs):
        _follow(row, clients[client], customer, gateway.methods_of(customer), by=by, on=on)
    return len(clients)


def import_customers(row: CompanyGateway, *, by: Actor, on: date) -> int:
    """Make clients of customers that we do not know, with what they stored; answers how many were new.

    One is known by the provider's reference, else by the e-mail of a contact. Raises GatewayFault.
    """
    gateway, made = gateway_of(row), 0
    for customer in gateway.customers():
        stored = gateway.methods_of(customer.reference)
        client = _known(row, customer)
        if client is None and not (customer.email or stored):
            continue  # nothing would tell it again
        if client is None:
            client = _made(customer, by=by, on=on)
            if client is None:
                continue
            made += 1
        _follow(row, client, customer.reference, stored, by=by, on=on)
    return made


def _follow(
    row: CompanyGateway, client: Client, customer: str, stored: Sequence[Stored], *, by: Actor, on: date
) -> None:
    known = {
        one.token: one
        for one in StoredMethod.objects.live().filter(
            gateway=row, client=client, gateway_customer_reference=customer
        )
    }
    for method in stored:
        kept = known.pop(method.token, None)
        if kept is None or kept.meta != dict(method.meta):
            keep_method(client, row, method, by=by, on=on)
    for gone in known.values():
        if gone.archived_at is None:
            archive_method(gone, by=by, on=on)


def _known(row: CompanyGateway, customer: Customer) -> Client | None:
    methods = StoredMethod.objects.live().filter(gateway=row, gateway_customer_reference=customer.reference)
    found = methods.select_related("client").order_by("pk").first()
    if found is not None:
        return found.client
    people = Contact.objects.live().filter(email__iexact=customer.email, client__deleted_at=None)
    contact = people.select_related("client").order_by("pk").first() if customer.email else None
    return contact.client if contact is not None else None


def _made(customer: Customer, *, by: Actor, on: date) -> Client | None:
    """What cannot be a client is left out."""
    first, _space, last = customer.name.partition(" ")
    home = next((one for one in country.rows if one.iso_3166_2 == customer.country), None)
    fields = {
        "name": customer.name,
        "phone": customer.phone,
        "address1": customer.address1,
        "address2": customer.address2,
        "city": customer.city,
        "state": customer.state,
        "postal_code": customer.postal_code,
        "contacts": [{"first_name": first, "last_name": last, "email": customer.email}],
        **({"country_id": home.id} if home else {}),
    }
    try:
        return create_client(fields, by=by, on=on)
    except Refused:
        return None

"""The second tab of a client: contacts with their ways into the portal, numbers, addresses (S27, S28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Contact
from comptoir.clients.receiving import LABELS, Mail
from comptoir.delivery.mail.dead import dead
from comptoir.delivery.mail.models import DeadAddress
from comptoir.delivery.pdf.blocks import local_order
from comptoir.delivery.placeholders.parties import Address
from comptoir.office.assigning.entries import assigned_to
from comptoir.office.clients.addresses import again_url
from comptoir.office.clients.finding import people_of
from comptoir.office.clients.portal import contact_link, contact_url, may_enter
from comptoir.office.clients.vat import of_client
from comptoir.office.desk import Desk
from comptoir.office.documents.people import called
from comptoir.preferences.custom_fields import CustomField, custom_fields
from comptoir.reference import country, currency, industry, language, size
from comptoir.reference.names import name_in
from comptoir.ui.parts import Detail
from comptoir.ui.tags.figures import locale

_MAP = "https://www.openstreetmap.org/search?"


def details(desk: Desk, client: Client) -> dict[str, Any]:
    """What the tab shows."""
    fields = custom_fields(desk.company.custom_fields, "contact")
    gone = dead(each.email for each in people_of(client))
    found = (
        (_("Billing address"), address(client, "")),
        (_("Shipping address"), address(client, "shipping_")),
    )
    return {
        "people": [_person(desk, client, each, fields, gone) for each in people_of(client)],
        "facts": facts(desk, client),
        "vat": of_client(desk, client),
        "addresses": [
            {
                "label": label,
                "lines": lines,
                "map_url": _MAP + urlencode({"query": lines.replace("\n", ", ")}),
            }
            for label, lines in found
            if lines
        ],
    }


def _person(
    desk: Desk,
    client: Client,
    contact: Contact,
    fields: tuple[CustomField, ...],
    gone: Mapping[str, DeadAddress],
) -> dict[str, Any]:
    opens = may_enter(desk, client)
    stone = gone.get(contact.email.strip().lower())
    return {
        "name": called(contact),
        "email": contact.email,
        "phone": contact.phone,
        "is_primary": contact.is_primary,
        "send_email": contact.send_email,
        "cc_only": contact.cc_only,
        "is_locked": contact.is_locked,
        "left": [_("Unsubscribed: %(mail)s") % {"mail": LABELS[Mail(word)]} for word in contact.declined],
        "dead": _why(stone) if stone else "",
        "dead_said": stone.said if stone else "",
        "again_url": again_url(client, contact) if stone and opens else "",
        "last_login": contact.last_login,
        "portal_url": contact_url(contact, client) if opens else "",
        "portal_link": desk.absolute(contact_link(contact)) if opens else "",
        "custom": [
            (field.label, field.display(value, desk.locale))
            for field in fields
            if (value := getattr(contact, field.name))
        ],
    }


def _why(stone: DeadAddress) -> str:
    if stone.is_complaint:
        return _("An e-mail to this address was reported as unwanted: reminders pass it over.")
    return _("E-mails to this address come back: reminders pass it over until it is changed.")


def facts(desk: Desk, client: Client) -> list[Detail]:
    """What is known of the client, without what is empty."""
    found = [
        Detail(_("Number"), client.number, "number", copy=True),
        Detail(_("ID number"), client.id_number, "number", copy=True),
        Detail(_("VAT number"), client.vat_number, "number", copy=True),
        Detail(_("SIREN"), client.siren, "number", copy=True),
        Detail(_("SIRET"), client.siret, "number", copy=True),
        Detail(_("Main phone"), client.phone, "phone", copy=True),
        Detail(_("Website"), client.website, "web", url=client.website_link),
        Detail(_("Currency"), getattr(currency(client.currency_id), "code", "")),
        Detail(_("Language"), _named(language(str(client.preferences.language_id)))),
        Detail(_("Size"), _named(size(client.size_id))),
        Detail(_("Industry"), _named(industry(client.industry_id))),
        Detail(_("Taxes"), _("Exempt") if client.is_tax_exempt else ""),
        assigned_to(client),
    ]
    own = custom_fields(desk.company.custom_fields, "client")
    found += [Detail(field.label, field.display(getattr(client, field.name), desk.locale)) for field in own]
    return [detail for detail in found if detail.value]


def _named(row: Any) -> str:
    return name_in(row, locale()) if row else ""


def address(client: Client, prefix: str) -> str:
    """An address in lines, without gaps, the town as its country writes it (S91)."""
    home = country(getattr(client, f"{prefix}country_id"))
    parts = {name: getattr(client, prefix + name) for name in _ADDRESS}
    written = Address(**parts, country_code=home.iso_3166_2 if home else "")
    if not written:
        return ""
    lines = (parts["address1"], parts["address2"], local_order(written), _named(home))
    return "\n".join(line for line in lines if line)


_ADDRESS = ("address1", "address2", "city", "state", "postal_code")

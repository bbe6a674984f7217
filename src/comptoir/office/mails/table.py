"""The table of mails below its filters: what, to whom, about which document, how far it came, when."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from comptoir.clients.models import Client
from comptoir.office.clients.paging import PAGE, turns
from comptoir.office.desk import Desk
from comptoir.office.links import address
from comptoir.office.lists import ListFilter
from comptoir.office.lists.bar import Bar
from comptoir.office.lists.periods import by_date
from comptoir.office.mails.kinds import join_records, key_of, label_of
from comptoir.office.mails.reading import Rows, mails_about, mails_of, narrowed
from comptoir.office.mails.rights import may_send_again
from comptoir.office.mails.words import reason_of, state_of
from comptoir.ui import cells
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action


def of_client(place: Desk, client: Client) -> dict[str, Any]:
    """The tab of a client."""
    client.company = place.company
    return _shown(place, mails_of(place, client), {client.pk: client})


def of_document(place: Desk, kind: Any, document: Any) -> dict[str, Any]:
    """The tab of a document."""
    return _shown(place, mails_about(kind.entity, document.pk), {document.client_id: document.client})


def _shown(place: Desk, rows: Rows, clients: dict[int, Client]) -> dict[str, Any]:
    bar = Bar(place, [_by_state(), _by_recipient(rows), by_date(place, "created_at__date")])
    start = (bar.asked.page - 1) * PAGE
    found = list(bar.narrowed(rows)[start : start + PAGE + 1])
    return {
        "bar": bar.drawn() | {"exports": []},
        "table": _table(place, found[:PAGE], clients),
        "is_narrowed": bool(bar.drawn()["chips"]),
        **turns(bar.asked, len(found)),
    }


def _by_state() -> ListFilter:
    choices = (
        ("waiting", _("Waiting")),
        ("sent", pgettext("e-mails", "Sent")),
        ("opened", pgettext("e-mails", "Opened")),
        ("failed", pgettext("e-mails", "Failed")),
        ("unknown", _("Uncertain")),
    )
    return ListFilter("state", gettext_lazy("State"), choices, narrowed)


def _by_recipient(rows: Rows) -> ListFilter:
    """By the address, since a person may have had another then."""
    known = rows.order_by("recipient").values_list("recipient", flat=True).distinct()[:50]
    choices = [(each, each) for each in known]
    return ListFilter(
        "contact", gettext_lazy("Contact"), choices, lambda rows, value: rows.filter(recipient=value)
    )


def _table(place: Desk, mails: list[Any], clients: dict[int, Client]) -> Table:
    join_records(mails)
    at = address("mail", 0).replace(key_of(0), "{id}")
    return Table(
        columns=[
            Column("subject", _("Subject"), phone="main"),
            Column("recipient", _("To"), phone="sub"),
            Column("when", _("Date"), quiet=True, phone="sub"),
            Column("state", _("State"), phone="end"),
        ],
        rows=[
            Row(
                key_of(mail.pk),
                mail.subject,
                [_subject(mail), _recipient(mail), _when(mail), _state(mail)],
                url=address("mail", mail.pk),
                can="look again" if may_send_again(place, mail, clients.get(mail.client_id)) else "look",
            )
            for mail in mails
        ],
        actions=[
            Action(_("Look at it"), at, "mail-opened", key="look"),
            Action(_("Send again"), f"{at}/again", "send", "post", key="again"),
        ],
        caption=_("E-mails"),
    )  # fmt: skip


def _subject(mail: Any) -> Any:
    label, url = label_of(mail)
    below = format_html('<a class="link" href="{}">{}</a>', url, label) if url else label
    return cells.two(cells.link(mail.subject, address("mail", mail.pk)), below)


def _when(mail: Any) -> Any:
    return cells.moment(mail.sent_at or mail.created_at)


def _recipient(mail: Any) -> Any:
    """Who it went to, and why it did not arrive."""
    more = ", ".join([mail.recipient, *(_("copy: %(address)s") % {"address": each} for each in mail.cc)])
    first, below = (mail.recipient_name, more) if mail.recipient_name else (more, "")
    if reason := reason_of(mail):
        below = format_html('{}<span class="mail-reason">{}</span>', below, reason)
    return cells.two(first, below)


def _state(mail: Any) -> Any:
    word, status = state_of(mail)
    return cells.badge(word, status=status)

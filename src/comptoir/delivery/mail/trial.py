"""The "send a test" button: says at once whether a company's way of sending works."""

from __future__ import annotations

from contextlib import suppress

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import to_language

from comptoir.kernel.refused import Refused
from comptoir.tenancy.models import Company

from .addresses import address
from .compose import compose
from .envelope import envelope
from .faults import judge
from .look import Settings, look_of
from .models import MailDelivery
from .transport import has_server, transport
from .writing import write


def send_trial(company: Company, settings: Settings, recipient: str, *, locale: str) -> None:
    """Send a short mail to ``recipient``, now. Raises Refused with what the server said."""
    mail = address(recipient)
    with translation.override(to_language(locale)):
        subject = _("Test message – $company.name")
        body = _("This message shows that your mail settings work.")
    values = {"company.name": str(settings["name"])}
    written = write(subject, body, values, look_of(company, settings), locale=locale)
    row = MailDelivery(
        recipient=mail,
        subject=written.subject,
        html=written.html,
        text=written.text,
        **envelope(company, settings, bcc=False),
    )
    connection = transport(company, row.method)  # a company's own that is missing is refused there
    if not has_server(company, row.method):
        raise Refused("recipient", _("No mail server is set."))
    try:
        connection.send_messages([compose(row)])
    except Exception as error:
        raise Refused("recipient", judge(error, mail, given=False).sentence) from error
    finally:
        with suppress(OSError):
            connection.close()

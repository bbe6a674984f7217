"""The message as it goes over the wire (MIME)."""

from __future__ import annotations

from collections.abc import Sequence
from email.mime.image import MIMEImage
from email.utils import make_msgid
from typing import Final

from django.core.mail import EmailMultiAlternatives

from comptoir.tenancy.keys import derive

from .addresses import bare, named, one_line
from .attachments import Attachment
from .marks import marked
from .models import MailDelivery

LOGO: Final = "logo"
"""The name under which the company's logo travels: ``cid:logo`` in the page."""


def _message_id(delivery: MailDelivery) -> str:
    """The same for every try of one delivery, so that a receiver can tell a copy."""
    domain = bare(delivery.sender).rpartition("@")[2] or "localhost"
    if delivery.pk is None:
        return make_msgid(domain=domain)
    return f"<{derive('mail', delivery.pk)}@{domain}>"


def compose(delivery: MailDelivery, attachments: Sequence[Attachment] = ()) -> EmailMultiAlternatives:
    """The message of a queued delivery: text, HTML, inline logo, files.

    An attachment called ``logo`` is shown in the page rather than listed.
    """
    message = EmailMultiAlternatives(
        subject=one_line(delivery.subject),
        body=delivery.text,
        from_email=delivery.sender,
        to=[named(delivery.recipient_name, delivery.recipient)],
        cc=list(delivery.cc),
        bcc=list(delivery.bcc),
        reply_to=[delivery.reply_to] if delivery.reply_to else None,
        headers={"Message-ID": _message_id(delivery), **delivery.headers},
    )
    if delivery.pk is not None:
        message.metadata = {"mail": marked(delivery)}  # type: ignore[attr-defined]
    message.attach_alternative(delivery.html, "text/html")
    for one in attachments:
        if one.name == LOGO:
            message.attach(_inline(one))
        else:
            message.attach(one_line(one.name), one.content, one.mimetype)
    if attachments and all(one.name == LOGO for one in attachments):
        message.mixed_subtype = "related"  # type: ignore[attr-defined]
    return message


def _inline(logo: Attachment) -> MIMEImage:
    image = MIMEImage(logo.content, logo.mimetype.partition("/")[2])
    image.add_header("Content-ID", f"<{LOGO}>")
    image.add_header("Content-Disposition", "inline", filename=LOGO)
    return image

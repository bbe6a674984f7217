"""Which templates there are for a kind of record, and how the worker is asked to run one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.papers.bundling import begin_run
from comptoir.delivery.papers.models import Bundle
from comptoir.delivery.runs.running import print_run
from comptoir.delivery.runs.sight import sight_of
from comptoir.designs.models import Design
from comptoir.kernel.refused import Refused
from comptoir.tenancy.scope import current_company

MOST: Final = 500
"""Records of one run."""


def templates_for(entity: str) -> list[Design]:
    """By name; one that names no kind is for all of them."""
    rows = Design.objects.active().filter(is_template=True, is_active=True).order_by("name")
    return [row for row in rows if _is_for(row, entity)]


def _is_for(design: Design, entity: str) -> bool:
    return not design.kinds or entity in design.kinds


def template_for(entity: str, key: int | None) -> Design:
    """The template of a key. Raises Refused at ``template_id``: not there, or not for these records."""
    found = Design.objects.live().filter(pk=key, is_template=True).first() if key is not None else None
    if found is None:
        raise Refused("template_id", _("There is no such template."))
    if not _is_for(found, entity):
        raise Refused("template_id", _("This template is not made for these records."))
    return found


def run(template: Design, entity: str, keys: Sequence[int], *, by: Actor) -> Bundle:
    """One PDF, made by the worker. Raises Refused at ``ids``."""
    _refuse_too_many(keys)
    return begin_run(template, entity, keys, by=by)


def mail_run(template: Design, entity: str, keys: Sequence[int], *, by: Actor, on: date) -> None:
    """The same by e-mail, to the person who asks. Raises Refused at ``ids``."""
    _refuse_too_many(keys)
    sight, company = sight_of(by.user_id), current_company()
    person = sight.membership.user
    with translation.override(sight.language):
        body = _("$greeting\n\nThe document you asked for is attached.")
    wish = {"entity": entity, "ids": list(keys), "user": person.pk, "on": on.isoformat()}
    queue_mail(
        kind="template",
        object_id=template.pk,
        client_id=None,
        recipient=person.email,
        recipient_name=person.name,
        locale=translation.to_locale(sight.language),
        subject=template.name.replace("$", ""),
        body=body,
        values={"contact.first_name": person.first_name, "company.name": company.name},
        attachments=[AttachmentRef("template_pdf", template.pk, wish)],
        occurrence=secrets.token_hex(8),
        company=company,
    )


def _refuse_too_many(keys: Sequence[int]) -> None:
    if not keys:
        raise Refused("ids", _("Choose at least one record."))
    if len(keys) > MOST:
        raise Refused("ids", _("Choose at most %(most)s records.") % {"most": MOST})


def file_name(template: Design) -> str:
    """What the PDF is called: ``releve-de-compte.pdf``."""
    return f"{slugify(template.name) or 'template'}.pdf"


@attachment("template_pdf")
def template_pdf(object_id: int, *, entity: str, ids: list[int], user: int, on: str) -> Attachment | None:
    """Drawn when the mail leaves, as far as the person sees the records."""
    template = Design.objects.live().filter(pk=object_id).first()
    if template is None:
        return None
    content = print_run(template, entity, ids, sight_of(user), on=date.fromisoformat(on))
    return Attachment(file_name(template), content, "application/pdf")

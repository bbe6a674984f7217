"""The mail that a file is ready, with the file (contract rules 25)."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.mail.attachments import AttachmentRef
from comptoir.delivery.mail.operations import queue_mail
from comptoir.kernel import ids
from comptoir.people.models import User
from comptoir.tenancy.scope import current_company

from .models import Export


def mail(export: Export) -> None:
    """Tell whoever asked for it; nobody is told twice."""
    person = User.objects.filter(pk=export.user_id).first()
    if person is None or not person.email:
        return
    company = current_company()
    address = f"{settings.BASE_URL.rstrip('/')}/exports/{ids.encode(export.pk)}"
    with translation.override(export.spoken):
        subject = _("Your export is ready: $file")
        said = ngettext("$file: %(n)s record.", "$file: %(n)s records.", export.total) % {"n": export.total}
        kept = _("The file is attached where mail takes it, and can be fetched here for a day: $address")
    queue_mail(
        kind="export",
        object_id=export.pk,
        client_id=None,
        recipient=person.email,
        recipient_name=person.name,
        locale=export.spoken,
        subject=subject,
        body=f"$greeting\n\n{said}\n\n{kept}",
        values={
            "contact.first_name": person.first_name,
            "company.name": company.name,
            "file": export.name,
            "address": address,
        },
        attachments=[AttachmentRef("export", export.pk)],
        occurrence="ready",
        company=company,
    )

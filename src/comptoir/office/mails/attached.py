"""What went along with a mail, as far as it can be looked at now."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.printing import file_name
from comptoir.delivery.papers.keeping import are_kept, versions
from comptoir.files.models import File
from comptoir.office.links import address

Shown = dict[str, str]


def attached(mail: Any) -> list[Shown]:
    """Name, address and icon of each; a document in the version that the mail carried."""
    found = [_one(mail, ref) for ref in mail.attachments]
    return [one for one in found if one]


def _one(mail: Any, ref: dict[str, Any]) -> Shown:
    match ref["maker"]:
        case "document_pdf":
            return _document(mail, ref["object_id"], ref["options"]["kind"])
        case "receipt_pdf":
            url = address("receipt-paper-payment", ref["object_id"])
            return {"name": _("Receipt"), "url": url, "icon": "file-type-pdf"}
        case "statement_pdf":
            return {
                "name": _("Statement"),
                "url": address("statement-client", mail.client_id),
                "icon": "file-description",
            }
        case "file":
            file = File.objects.live().filter(pk=ref["object_id"]).first()
            gone = {"name": _("A file that was deleted since"), "url": "", "icon": "file-off"}
            return {"name": file.name, "url": address("file", file.pk), "icon": "paperclip"} if file else gone
        case _:
            return {}


def _document(mail: Any, pk: int, kind: str) -> Shown:
    document: Any = KINDS[kind].model._default_manager.filter(pk=pk).first()
    if document is None:
        return {"name": _("A document that was deleted since"), "url": "", "icon": "file-off"}
    url = address(f"pdf-{kind}", pk)
    if are_kept(kind) and mail.sent_at:
        sent = versions(document).filter(created_at__lte=mail.sent_at).last()
        url = address(f"version-{kind}", pk, str(sent.pk)) if sent else url
    return {"name": file_name(document), "url": url, "icon": "file-type-pdf"}

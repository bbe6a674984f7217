"""Which attached files a client may see: public ones, of the client, of documents it may see, and those
that the company or the client's group has for everybody (S32, S33)."""

from __future__ import annotations

from collections.abc import Iterable

from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.files.models import File
from comptoir.portal.documents.kinds import KINDS, Kind
from comptoir.sales.invoices.models import Status


def of_client(client: Client) -> list[File]:
    """Newest first."""
    files = list(File.objects.live().public().about(client.pk).order_by("-pk"))
    shown = {kind.table: _shown(kind, client, files) for kind in KINDS.values()}
    shown["client"] = {client.pk}
    own = [file for file in files if file.owner_id in shown.get(file.owner_kind, ())]
    shared = File.objects.live().public().shared(client.company_id, client.group_id)
    return [*own, *shared.order_by("-pk")]


def of_document(document: BillingDocument) -> list[File]:
    """Those of one document, in the order they came."""
    if not _unlocked(document):
        return []
    return list(File.objects.live().public().of(document).order_by("pk"))


def may_upload(client: Client) -> bool:
    """Whether the company takes files from this client."""
    return bool(client.preferences.client_portal_enable_uploads)


def _shown(kind: Kind, client: Client, files: Iterable[File]) -> set[int]:
    """The documents of a kind, among those with files, whose files the client may see."""
    wanted = {file.owner_id for file in files if file.owner_kind == kind.table}
    if not wanted:
        return set()
    rows = kind.visible(client).filter(pk__in=wanted)
    if kind.name == "invoice" and client.preferences.unlock_invoice_documents_after_payment:
        rows = rows.filter(status_id=Status.PAID)
    return set(rows.values_list("pk", flat=True))


def _unlocked(document: BillingDocument) -> bool:
    """Files of an invoice may wait until it is paid."""
    waits = document.client.preferences.unlock_invoice_documents_after_payment
    return not waits or document._meta.model_name != "invoice" or document.status_id == Status.PAID

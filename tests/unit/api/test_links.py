"""What a link alone opens: an invited contact's PDF, a public file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from comptoir.files.models import File
from comptoir.sales.invoices.models import InvoiceInvitation
from comptoir.tenancy.models import Company

from .conftest import Cast, Door

pytestmark = pytest.mark.urls("comptoir.api.urls")


@pytest.fixture
def key(door: Door, monkeypatch: Any) -> str:
    """Of an invitation to an invoice; PDFs are a few bytes here, since delivery has its own tests."""
    monkeypatch.setattr(
        "comptoir.api.links.pdf_of", lambda document, contact: b"%PDF " + document.number.encode()
    )
    client = door.post("clients", {"name": "Acme", "contacts": [{"email": "z@acme.com"}]}).rows["id"]
    door.post("invoices?mark_sent=true", {"client_id": client, "number": "F-1"})
    return InvoiceInvitation.everywhere.get().key


@pytest.fixture
def stored(door: Door, settings: Any, tmp_path: Any) -> File:
    settings.MEDIA_ROOT = tmp_path
    client = door.post("clients", {"name": "Acme"}).rows["id"]
    sent = SimpleUploadedFile("page.txt", b"hello")
    door.upload(f"clients/{client}/upload", {"_method": "PUT", "documents[]": sent})
    return File.everywhere.get()


def test_the_key_of_an_invitation_opens_its_pdf(cast: Cast, key: str) -> None:
    answer = Browser().get(f"/client/invoice/{key}/download_pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content == b"%PDF F-1"


@pytest.mark.parametrize("path", ["/client/quote/{key}/download_pdf", "/client/nonsense/{key}/download_pdf"])
def test_the_key_opens_no_other_kind(cast: Cast, key: str, path: str) -> None:
    assert Browser().get(path.format(key=key)).status_code == 404


def test_a_revoked_key_a_deleted_invoice_and_a_closed_company_open_nothing(
    cast: Cast, door: Door, key: str
) -> None:
    path = f"/client/invoice/{key}/download_pdf"
    Company.objects.update(is_disabled=1)
    assert Browser().get(path).status_code == 404
    Company.objects.update(is_disabled=0)
    assert Browser().get(path).status_code == 200
    invoice = door.get("invoices").rows[0]["id"]
    door.delete(f"invoices/{invoice}")
    assert Browser().get(path).status_code == 404


def test_whoever_guesses_keys_is_asked_to_wait(cast: Cast, key: str) -> None:
    for number in range(20):
        assert Browser().get(f"/client/invoice/{number}/download_pdf").status_code == 404
    answer = Browser().get(f"/client/invoice/{key}/download_pdf")
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)


def test_a_token_opens_the_pdf_of_its_own_company(
    cast: Cast, door: Door, doras: Door, carols: Door, key: str
) -> None:
    assert door.get(f"invoice/{key}/download").raw == b"%PDF F-1"
    assert doras.get(f"invoice/{key}/download").status == 400
    assert doras.get("invoice/unknown/download").status == 400
    assert carols.get(f"invoice/{key}/download").status == 401
    assert door.get(f"quote/{key}/download").status == 400


def test_a_public_file_is_sent_inert(cast: Cast, stored: File) -> None:
    answer = Browser().get(f"/documents/{stored.key}")
    assert b"".join(answer.streaming_content) == b"hello"  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_private_file_needs_a_token_of_its_company(
    cast: Cast, stored: File, door: Door, doras: Door, carols: Door
) -> None:
    File.everywhere.update(is_public=False)
    path = f"/documents/{stored.key}"
    seen = {
        name: _status(path, token)
        for name, token in (("door", door.token), ("dora", doras.token), ("carol", carols.token), ("", ""))
    }
    assert seen == {"door": 200, "dora": 404, "carol": 404, "": 404}


def _status(path: str, token: str) -> int:
    answer = Browser().get(path, headers={"X-API-TOKEN": token})
    if answer.streaming:
        assert b"".join(answer.streaming_content) == b"hello"  # type: ignore[attr-defined]
    return answer.status_code

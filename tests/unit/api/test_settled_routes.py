"""Smaller routes of the contract: what each does, who may, and that nothing moves where it is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity import worker
from comptoir.activity.models import Activity, Job
from comptoir.delivery.papers.models import Version
from comptoir.files.models import File
from comptoir.kernel import ids
from comptoir.people.models import User
from comptoir.preferences.secrets import seal_password
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.unit.delivery.mail_sink import Sink, free_port, listening

from .conftest import PASSWORD, Cast, Door

TYPED = {"x_api_password": PASSWORD}
LINES = [{"product_key": "Advice", "cost": 100, "quantity": 1}]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


def work() -> None:
    while worker.run_once() is not None:
        pass


def test_the_password_may_be_left_out_for_a_while(door: Door) -> None:
    assert door.post("password_timeout").status == 412
    assert door.post("password_timeout", x_api_password="wrong").status == 412
    assert door.post("password_timeout", **TYPED).status == 200
    assert door.post("password_timeout").status == 200


def test_the_account_is_shown_as_it_stays(cast: Cast, door: Door, doras: Door, carols: Door) -> None:
    own = ids.encode(cast.company.account_id or 0)
    shown = door.put(f"accounts/{own}", {"set_react_as_default_ap": False, "report_errors": True}).rows
    assert (shown["id"], shown["set_react_as_default_ap"], shown["report_errors"]) == (own, True, False)
    assert doras.put(f"accounts/{own}", {}).status == 400
    assert carols.put(f"accounts/{own}", {}).status == 401


def test_a_subdomain_is_free_until_another_company_has_it(cast: Cast, door: Door, carols: Door) -> None:
    assert door.post("check_subdomain", {"subdomain": "bistro"}).status == 200
    Company.objects.filter(pk=cast.dora.company.pk).update(subdomain="Bistro")
    taken = door.post("check_subdomain", {"subdomain": "bistro"})
    assert (taken.status, taken.data["errors"]) == (
        422,
        {"subdomain": ["Another company uses this subdomain."]},
    )
    for odd in ("", "-x", "a b", "é", "a." * 40):
        assert door.post("check_subdomain", {"subdomain": odd}).status == 422
    assert carols.post("check_subdomain", {"subdomain": "other"}).status == 401


def test_a_mail_server_is_tried_before_it_is_saved(cast: Cast, door: Door, sink: Sink) -> None:
    sent = {"smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_encryption": "", "smtp_username": ""}
    answer = door.post("smtp/check", sent | {"smtp_password": "*" * 10})
    assert (answer.status, sink.messages) == (422, [])  # it would come from nobody
    reachable(cast)
    assert door.post("smtp/check", sent).status == 200
    assert [str(mail["To"]) for mail in sink.messages] == ["alice@example.com"]
    assert Company.objects.get(pk=cast.company.pk).switches == {}


@pytest.mark.parametrize("password", [{}, {"smtp_password": "*" * 10}])
def test_the_trial_of_another_mail_server_does_not_give_it_the_password(
    cast: Cast, door: Door, sink: Sink, password: dict[str, str]
) -> None:
    reachable(cast)
    kept = seal_password(cast.company, "hush")
    Company.objects.filter(pk=cast.company.pk).update(
        smtp_password=kept, switches={"smtp_host": "mail.example.com"}
    )
    sent = {"smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_encryption": ""}
    refused = door.post("smtp/check", sent | password)
    errors = {"smtp_password": ["Type the password again for another server."]}
    assert (refused.status, refused.data["errors"], sink.messages) == (422, errors, [])
    assert door.post("smtp/check", sent | {"smtp_password": ""}).status == 200
    assert (len(sink.messages), Company.objects.get(pk=cast.company.pk).smtp_password) == (1, kept)


def reachable(cast: Cast) -> None:
    """The company has an address."""
    known = {**cast.company.settings, "email": "us@example.com"}
    Company.objects.filter(pk=cast.company.pk).update(settings=known)


def test_a_mail_server_that_is_away_says_why(cast: Cast, door: Door, carols: Door) -> None:
    reachable(cast)
    sent = {"smtp_host": "127.0.0.1", "smtp_port": free_port()}
    answer = door.post("smtp/check", sent)
    assert (answer.status, list(answer.data["errors"])) == (422, ["recipient"])
    assert carols.post("smtp/check", sent).status == 401
    for _ in range(19):
        door.post("smtp/check", sent)
    assert door.post("smtp/check", sent).status == 503


def test_reminders_are_planned_anew_by_the_worker(cast: Cast, door: Door, carols: Door) -> None:
    client = door.post("clients", {"name": "Bistro"}).rows["id"]
    door.post("invoices?mark_sent=true", {"client_id": client, "line_items": LINES, "due_date": "2099-01-31"})
    work()
    reminding = {"enable_reminder1": True, "num_days_reminder1": 5, "schedule_reminder1": "before_due_date"}
    Company.objects.filter(pk=cast.company.pk).update(settings={**cast.company.settings, **reminding})
    assert carols.post("invoices/update_reminders").status == 401
    assert not Job.objects.filter(name="delivery.plan_reminders").exists()
    assert door.post("invoices/update_reminders").status == 200
    work()
    with acting_for(cast.company):
        planned = Invoice.objects.get().next_send_date
        assert planned is not None
        assert planned.date() == date(2099, 1, 26)


def test_people_join_by_an_invitation_only(cast: Cast, door: Door, carols: Door) -> None:
    assert door.post("company_users", {"user_id": "x"}).status == 400
    assert carols.post("company_users").status == 401


def test_another_services_sign_in_is_dropped_where_a_password_stays(
    cast: Cast, door: Door, carols: Door, doras: Door
) -> None:
    User.objects.filter(pk=cast.carol.user_id).update(oauth_provider_id="google")
    carol = ids.encode(cast.carol.user_id)
    assert doras.post(f"users/{carol}/disconnect_oauth").status == 400
    assert door.post(f"users/{carol}/disconnect_mailer").rows["oauth_provider_id"] == "google"
    assert door.post(f"users/{carol}/disconnect_oauth").rows["oauth_provider_id"] == ""
    locked_out = User.objects.get(pk=cast.carol.user_id)
    locked_out.oauth_provider_id = "google"
    locked_out.set_unusable_password()
    locked_out.save()
    assert carols.post(f"users/{carol}/disconnect_oauth").status == 400
    assert User.objects.get(pk=cast.carol.user_id).oauth_provider_id == "google"
    alice = ids.encode(cast.alice.user_id)
    assert carols.post(f"users/{alice}/disconnect_oauth").status == 401
    for path in ("connected_account", "connected_account/gmail"):
        assert door.post(path).status == 400


def test_a_file_of_the_company_is_kept(
    cast: Cast, door: Door, carols: Door, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = door.upload(
        "documents", {"file": SimpleUploadedFile("Terms.pdf", b"%PDF-1.7 x"), "is_public": "false"}
    )
    assert (made.rows["name"], made.rows["is_public"]) == ("Terms.pdf", False)
    refused = door.post("documents")
    assert (refused.status, refused.data["errors"]) == (422, {"file": ["Send one file."]})
    assert carols.upload("documents", {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 x")}).status == 401
    with acting_for(cast.company):
        assert list(File.objects.values_list("owner_kind", "name")) == [("company", "Terms.pdf")]


def test_a_document_is_fetched_as_it_was_then(
    cast: Cast, door: Door, carols: Door, doras: Door, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = door.post("clients", {"name": "Bistro"}).rows["id"]
    door.post("invoices?mark_sent=true", {"client_id": client, "line_items": LINES})
    work()
    with acting_for(cast.company):
        sent = Activity.objects.get(fact="InvoiceSent")
        founded = Activity.objects.get(fact="ClientCreated")
        version = Version.objects.get()
    path = f"activities/download_entity/{ids.encode(sent.pk)}"
    answer = door.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert hashlib.sha256(answer.raw).hexdigest() == version.checksum
    assert carols.get(path).status == 401
    assert doras.get(path).status == 400
    assert door.get(f"activities/download_entity/{ids.encode(founded.pk)}").status == 404
    assert door.get("activities/download_entity/nonsense").status == 400

"""Webhooks in the settings: added, changed, resumed, deleted by administrators of their company."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from comptoir.delivery.webhooks.models import Webhook
from comptoir.kernel import ids

from .conftest import Office
from .reading import toasts

GOOD = {
    "target_url": "https://example.com/hook",
    "event_id": "2",
    "rest_method": "post",
    "headers": "X-Key: a:b\n\n X-Other : 2 ",
}


def added(office: Office, **fields: Any) -> Webhook:
    office.browser().post("/settings/webhooks/new", {**GOOD, **fields})
    return Webhook.objects.get()


def at(row: Webhook, what: str) -> str:
    return f"/settings/webhooks/{ids.encode(row.pk)}/{what}"


def test_one_is_added_and_listed(office: Office) -> None:
    row = added(office)
    assert (row.target_url, row.event_id, row.rest_method) == ("https://example.com/hook", 2, "post")
    assert row.headers == {"X-Key": "a:b", "X-Other": "2"}
    page = office.browser().get("/settings/webhooks").content.decode()
    assert "https://example.com/hook" in page
    assert row.secret not in page
    assert row.secret in office.browser().get(at(row, "edit")).content.decode()


def test_faults_stand_at_their_fields_and_nothing_is_kept(office: Office) -> None:
    for name, value, says in (
        ("target_url", "http://192.168.0.1/", "This address lies inside a private network."),
        ("headers", "nonsense", "Write each header on a line of its own"),
        ("event_id", "99", "There is no such event."),
    ):
        answer = office.browser().post("/settings/webhooks/new", {**GOOD, name: value})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert Webhook.objects.count() == 0


def test_a_changed_target_starts_afresh(office: Office) -> None:
    row = added(office)
    Webhook.objects.update(failures=8, paused_at=timezone.now(), last_error="Not Found")
    office.browser().post(at(row, "edit"), {**GOOD, "target_url": "https://example.com/other"})
    row.refresh_from_db()
    assert (row.target_url, row.failures, row.paused_at) == ("https://example.com/other", 0, None)


def test_a_paused_one_is_resumed(office: Office) -> None:
    row = added(office)
    Webhook.objects.update(failures=8, paused_at=timezone.now(), last_error="Not Found")
    assert "Not Found" in office.browser().get("/settings/webhooks").content.decode()
    answer = office.browser().post(at(row, "resume"), follow=True)
    assert toasts(answer) == ["The webhook goes on; what waited is on its way."]
    row.refresh_from_db()
    assert (row.failures, row.paused_at) == (0, None)


def test_a_deleted_one_is_told_nothing_more(office: Office) -> None:
    row = added(office)
    office.browser().post(at(row, "delete"))
    assert "example.com/hook" not in office.browser().get("/settings/webhooks").content.decode()
    row.refresh_from_db()
    assert row.is_deleted


def test_they_are_for_administrators_of_this_company(office: Office) -> None:
    row = added(office)
    assert office.browser(office.carol).get("/settings/webhooks").status_code == 403
    assert office.browser(office.carol).post(at(row, "delete")).status_code == 403
    assert office.browser(office.dora).post(at(row, "delete")).status_code == 404
    row.refresh_from_db()
    assert not row.is_deleted

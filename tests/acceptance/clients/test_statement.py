"""Row S26b: the statement of a client: chosen, seen, sent, and sent by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest

from comptoir.activity.models import Job, SystemLog
from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.schedules.models import Schedule, Turn
from comptoir.insight.schedules.running import run_due
from comptoir.insight.schedules.statements import send
from comptoir.kernel import ids
from comptoir.tenancy.scope import acting_for

from .conftest import House, faults, text, work

ANN = {"first_name": "Ann", "email": "ann@example.com", "send_email": True}
DAYS = "period=custom&start=2026-01-01&end=2026-12-31&status=all"
ALL = "&opening=1&payments=1&credits=1&aging=1"


def at(client: Client, what: str = "") -> str:
    return f"/clients/{ids.encode(client.pk)}/statement{what}"


def printed(house: House, client: Client, query: str = DAYS + ALL) -> str:
    paper = pdfium.PdfDocument(house.office.get(f"{at(client, '/pdf')}?{query}").content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())


def statements() -> list[MailDelivery]:
    """Those that left, or are about to."""
    return list(MailDelivery.objects.filter(kind="statement").order_by("pk"))


def with_books(house: House) -> tuple[Client, Any, Any]:
    """One invoice of 100 with 40 paid, one of 100 unpaid."""
    client = house.client(name="Bistro", contacts=[ANN])
    paid, open_ = house.invoice(client), house.invoice(client)
    parts = [{"invoice_id": paid["id"], "amount": 100}]
    fields = {"client_id": ids.encode(client.pk), "amount": 100, "date": "2026-11-24", "invoices": parts}
    house.api("POST", "payments", fields)
    return client, paid, open_


def test_s26b_the_page_offers_periods_states_and_tables_and_shows_the_picture(house: House) -> None:
    client, _paid, _open = with_books(house)
    page = house.office.get(at(client))
    assert [str(label) for _key, label in page.context["periods"]] == [
        "This month", "Last month", "This quarter", "Last quarter", "This year", "Last year", "Chosen days",
    ]  # fmt: skip
    assert [str(label) for _key, label in page.context["statuses"]] == ["All", "Unpaid", "Paid"]
    body = page.content.decode()
    for name in ("opening", "payments", "credits", "aging"):
        assert f'name="{name}"' in body, name
    assert house.office.get(page.context["picture_url"])["Content-Type"] == "image/webp"


def test_s26b_it_lists_what_was_chosen(house: House) -> None:
    client, paid, open_ = with_books(house)
    whole = printed(house, client)
    assert paid["number"] in whole
    assert open_["number"] in whole
    unpaid = printed(house, client, DAYS.replace("all", "unpaid"))
    assert open_["number"] in unpaid
    assert f"{open_['number']} Nov" in unpaid
    assert f"{paid['number']} Nov" not in unpaid
    other = printed(house, client, DAYS.replace("2026", "2025"))
    assert open_["number"] not in other


def test_s26b_a_client_without_invoices_has_one_too(house: House) -> None:
    client = house.client(name="Quiet")
    assert house.office.get(at(client)).status_code == 200
    assert "Quiet" in printed(house, client)


def test_s26b_it_is_downloaded_and_mailed_to_the_contacts(house: House) -> None:
    client, _paid, _open = with_books(house)
    kept = house.office.get(f"{at(client, '/pdf')}?{DAYS}&download")
    assert kept["Content-Disposition"] == 'attachment; filename="statement-Bistro-2026-01-01-2026-12-31.pdf"'
    house.office.post(f"{at(client, '/mail')}?{DAYS}", {"once": "a"})
    assert [mail.recipient for mail in statements()] == ["ann@example.com"]


MONTHLY = {
    "frequency_id": "5",
    "next_run": "2099-01-31",
    "date_range": "last_month",
    "status": "all",
    "show_payments_table": "1",
}


def moment(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def test_s26b_it_is_scheduled_paused_and_taken_away(house: House) -> None:
    client, _paid, _open = with_books(house)
    dialog = house.office.get(at(client, "/schedule"))
    assert "ann@example.com" in text(dialog)
    assert house.office.post(at(client, "/schedule"), MONTHLY).status_code == 302
    (row,) = Schedule.objects.all()
    assert (row.frequency_id, row.next_run, row.parameters["date_range"]) == (
        "5",
        date(2099, 1, 31),
        "last_month",
    )
    assert row.parameters["clients"] == [ids.encode(client.pk)]
    (shown,) = house.office.get(at(client)).context["schedules"]
    assert (shown["often"], str(shown["span"]), shown["is_paused"]) == ("Monthly", "Last month", False)
    house.office.post(shown["pause"])
    row.refresh_from_db()
    assert row.is_paused
    assert run_due(moment("2099-02-01")) == 0
    house.office.post(shown["resume"])
    house.office.post(shown["delete"])
    assert house.office.get(at(client)).context["schedules"] == []
    assert run_due(moment("2099-02-01")) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"next_run": "2020-01-01"}, "next_run"),
        ({"next_run": "soon"}, "next_run"),
        ({"frequency_id": "99"}, "frequency_id"),
        ({"date_range": "never"}, "date_range"),
        ({"status": "odd"}, "status"),
    ],
)
def test_s26b_what_cannot_be_scheduled_is_refused_at_its_field(
    house: House, wrong: dict[str, str], field: str
) -> None:
    client, _paid, _open = with_books(house)
    answer = house.office.post(at(client, "/schedule"), MONTHLY | wrong)
    assert (answer.status_code, list(faults(answer))) == (422, [field])
    assert Schedule.objects.count() == 0


def test_s26b_each_turn_leaves_once_however_often_the_clock_strikes(house: House) -> None:
    client, _paid, _open = with_books(house)
    house.office.post(at(client, "/schedule"), MONTHLY)
    assert run_due(moment("2099-01-30")) == 0
    for _time in range(3):
        run_due(moment("2099-01-31"))
        work()
    (mail,) = statements()
    assert mail.recipient == "ann@example.com"
    assert mail.attachments[0]["options"]["wish"]["start"] == "2098-12-01"
    assert mail.attachments[0]["options"]["wish"]["end"] == "2098-12-31"
    (row,) = Schedule.objects.all()
    assert row.next_run == date(2099, 2, 28)
    run_due(moment("2099-02-28"))
    work()
    row.refresh_from_db()
    assert (row.next_run, len(statements()), Turn.objects.count()) == (date(2099, 3, 31), 2, 2)


def test_s26b_a_job_that_runs_twice_sends_once(house: House) -> None:
    client, _paid, _open = with_books(house)
    house.office.post(at(client, "/schedule"), MONTHLY)
    run_due(moment("2099-01-31"))
    args = Job.objects.get(name="schedules.statement").args
    for _time in range(2):
        send(**args)
    assert len(statements()) == 1


def test_s26b_after_a_long_sleep_one_turn_is_made_up(house: House) -> None:
    client, _paid, _open = with_books(house)
    house.office.post(at(client, "/schedule"), MONTHLY)
    assert run_due(moment("2099-06-15")) == 1
    assert run_due(moment("2099-06-15")) == 0
    work()
    assert (len(statements()), Schedule.objects.get().next_run) == (1, date(2099, 6, 30))


def test_s26b_it_leaves_at_the_hour_at_which_the_company_sends(house: House) -> None:
    house.wishes(entity_send_time=9)
    client, _paid, _open = with_books(house)
    house.office.post(at(client, "/schedule"), MONTHLY)
    at_eight = datetime(2099, 1, 31, 7, 59, tzinfo=UTC)  # 8:59 in Paris
    with acting_for(house.company):
        assert run_due(at_eight) == 0
        assert run_due(at_eight + timedelta(minutes=1)) == 1


def test_s26b_who_cannot_be_reached_is_told_in_the_logs_and_stops_nobody(house: House) -> None:
    silent, client = house.client(name="Silent"), house.client(name="Bistro", contacts=[ANN])
    fields = {"name": "All", "template": "email_statement", "frequency_id": "5", "next_run": "2099-01-31"}
    house.api("POST", "task_schedulers", fields | {"parameters": {"date_range": "last_month"}})
    run_due(moment("2099-01-31"))
    work()
    assert [mail.client_id for mail in statements()] == [client.pk]
    assert [row.client_id for row in SystemLog.objects.filter(log__schedule="All")] == [silent.pk]


def test_s26b_a_merged_client_is_followed_and_invoices_may_be_waited_for(
    house: House,
) -> None:
    kept, gone = house.client(name="Kept", contacts=[ANN]), house.client(name="Gone")
    parameters = {
        "clients": [ids.encode(gone.pk)], "date_range": "all_time", "only_clients_with_invoices": True,
    }  # fmt: skip
    fields = {"template": "email_statement", "frequency_id": "5", "next_run": "2099-01-31"}
    house.api("POST", "task_schedulers", fields | {"parameters": parameters})
    house.office.post(f"/clients/{ids.encode(gone.pk)}/merge", {"kept": ids.encode(kept.pk)})
    run_due(moment("2099-01-31"))
    work()
    assert len(statements()) == 0
    house.invoice(kept)
    run_due(moment("2099-02-28"))
    work()
    assert [mail.client_id for mail in statements()] == [kept.pk]


def test_s26b_programs_keep_schedules_too(house: House) -> None:
    client, _paid, _open = with_books(house)
    key = ids.encode(client.pk)
    fields = {
        "name": "Monthly", "template": "email_statement", "frequency_id": "5", "next_run": "2099-01-31",
        "remaining_cycles": 1, "parameters": {"clients": [key], "date_range": "last_month"},
    }  # fmt: skip
    made = house.api("POST", "task_schedulers", fields)
    assert (made["next_run"], made["remaining_cycles"], made["parameters"]["clients"]) == (
        "2099-01-31",
        1,
        [key],
    )
    refused = house.api("POST", "task_schedulers", fields | {"template": "email_everything"}, status=422)
    assert list(refused["errors"]) == ["template"]
    odd = fields | {"parameters": {"clients": ["AAAAAAAAAA"]}}
    refused = house.api("POST", "task_schedulers", odd, status=422)
    assert list(refused["errors"]) == ["parameters.clients"]
    assert run_due(moment("2099-01-31")) == 1
    assert run_due(moment("2099-02-28")) == 0
    assert house.api("GET", f"task_schedulers/{made['id']}")["remaining_cycles"] == 0

"""Schedules by the API: statements, a document on a day, an invoice in instalments (contract rules 27)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from comptoir.activity import jobs, worker
from comptoir.activity.models import Activity, Job, SystemLog
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.exports.making import opened
from comptoir.insight.exports.models import Export
from comptoir.insight.schedules.models import Schedule, Turn
from comptoir.insight.schedules.reports import send as send_report
from comptoir.insight.schedules.schedule import run_all
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.scope import acting_for
from tests.unit.api.conftest import Cast, Door, hired

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def client(door: Door) -> str:
    body = {"name": "Bistro", "contacts": [{"email": "bea@bistro.test", "send_email": True}]}
    return str(door.post("clients", body).rows["id"])


def bill(door: Door, client: str, **more: Any) -> Any:
    lines = [{"product_key": "Advice", "cost": 100, "quantity": 1}]
    return door.post("invoices", {"client_id": client, "line_items": lines, **more}).rows


def record(entity_id: str, **more: Any) -> dict[str, Any]:
    parameters = {"entity": "invoice", "entity_id": entity_id, **more}
    return {"template": "email_record", "next_run": "2026-12-01", "parameters": parameters}


def turn(year: int, month: int, day: int, hour: int = 12) -> None:
    """The clock's turn, then everything it left."""
    jobs.discover()
    with time_machine.travel(datetime(year, month, day, hour, tzinfo=UTC), tick=False):
        run_all()
        while worker.run_once() is not None:
            pass


def test_a_document_leaves_once_on_its_day_and_the_schedule_is_gone(
    door: Door, cast: Cast, client: str
) -> None:
    invoice = bill(door, client)
    made = door.post("task_schedulers", record(invoice["id"])).rows
    assert (made["frequency_id"], made["next_run"], made["is_paused"]) == ("0", "2026-12-01", False)
    turn(2026, 11, 30)
    assert door.get(f"invoices/{invoice['id']}").rows["status_id"] == "1"
    turn(2026, 12, 1)
    turn(2026, 12, 1, 13)
    turn(2026, 12, 2)
    shown = door.get(f"invoices/{invoice['id']}").rows
    assert (shown["status_id"], shown["last_sent_date"]) == ("2", "2026-12-01")
    with acting_for(cast.company):
        assert [(m.recipient, m.template) for m in MailDelivery.objects.filter(kind="invoice")] == [
            ("bea@bistro.test", "invoice")
        ]
        assert (Turn.objects.count(), Activity.objects.filter(fact="ScheduleRan").count()) == (1, 1)
    gone = door.get(f"task_schedulers/{made['id']}").rows
    assert (gone["is_deleted"], gone["remaining_cycles"]) == (True, 0)


def test_after_downtime_it_leaves_late(door: Door, cast: Cast, client: str) -> None:
    invoice = bill(door, client)
    door.post("task_schedulers", record(invoice["id"], template="custom1"))
    turn(2027, 1, 15)
    with acting_for(cast.company):
        assert MailDelivery.objects.get(kind="invoice").template == "custom1"


def test_who_cannot_be_reached_is_told_in_the_logs(door: Door, cast: Cast) -> None:
    nobody = door.post("clients", {"name": "Silent", "contacts": [{"first_name": "Sil"}]}).rows["id"]
    invoice = bill(door, nobody)
    door.post("task_schedulers", record(invoice["id"]) | {"name": "On time"})
    turn(2026, 12, 1)
    with acting_for(cast.company):
        assert not MailDelivery.objects.filter(kind="invoice").exists()
        log = SystemLog.objects.get(category_id=2).log
        assert (log["kind"], log["schedule"]) == ("invoice", "On time")
        assert Invoice.objects.get().status_id == 1
        assert not Job.objects.filter(state=Job.State.FAILED).exists()


def test_a_paused_or_deleted_schedule_stays_silent(door: Door, cast: Cast, client: str) -> None:
    paused = door.post("task_schedulers", record(bill(door, client)["id"]) | {"is_paused": True}).rows
    deleted = door.post("task_schedulers", record(bill(door, client)["id"])).rows
    assert door.delete(f"task_schedulers/{deleted['id']}").status == 200
    turn(2026, 12, 1)
    with acting_for(cast.company):
        assert not MailDelivery.objects.exists()
    door.put(f"task_schedulers/{paused['id']}", {"is_paused": False})
    turn(2026, 12, 2)
    with acting_for(cast.company):
        assert MailDelivery.objects.filter(kind="invoice").count() == 1


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"frequency_id": "5"}, "frequency_id", "A document leaves once: choose no frequency."),
        ({"next_run": "2026-11-23"}, "next_run", "The first day must not be past."),
        (
            {"parameters": {"entity": "client"}},
            "parameters.entity",
            "Choose an invoice, a quote or a credit note.",
        ),
        (
            {"parameters": {"entity": "invoice", "entity_id": ids.encode(999)}},
            "parameters.entity_id",
            "There is no such document.",
        ),
        (
            {"template": "invoice_outstanding_tasks"},
            "template",
            "Outstanding tasks are not invoiced by a schedule here.",
        ),
        ({"template": "nonsense"}, "template", "There is no such schedule."),
    ],
)
def test_what_cannot_be_scheduled_is_refused(
    door: Door, cast: Cast, client: str, change: dict[str, Any], field: str, sentence: str
) -> None:
    answer = door.post("task_schedulers", record(bill(door, client)["id"]) | change)
    assert (answer.status, answer.data["errors"]) == (422, {field: [sentence]})
    with acting_for(cast.company):
        assert not Schedule.objects.exists()


def test_another_companys_document_does_not_exist(door: Door, doras: Door) -> None:
    theirs = bill(doras, str(doras.post("clients", {"name": "Far"}).rows["id"]))
    answer = door.post("task_schedulers", record(theirs["id"]))
    assert answer.data["errors"] == {"parameters.entity_id": ["There is no such document."]}


def test_only_administrators_schedule(door: Door, carols: Door, client: str) -> None:
    answer = carols.post("task_schedulers", record(bill(door, client)["id"]))
    assert answer.status == 401


def split(invoice: Any, **more: Any) -> dict[str, Any]:
    return {
        "template": "payment_schedule",
        "frequency_id": "5",
        "next_run": "2026-12-31",
        "remaining_cycles": 3,
        "parameters": {"invoice_id": invoice["id"]},
        **more,
    }


def instalments(door: Door, invoice: Any) -> list[tuple[str, float]]:
    rows = door.get(f"invoices/{invoice['id']}?show_schedule=true").rows["schedule"]
    return [(row["date"], row["amount"]) for row in rows]


def test_an_invoice_is_split_and_the_schedule_counts_its_days(door: Door, cast: Cast, client: str) -> None:
    invoice = bill(door, client)
    made = door.post("task_schedulers", split(invoice)).rows
    assert instalments(door, invoice) == [("2026-12-31", 33.33), ("2027-01-31", 33.33), ("2027-02-28", 33.34)]
    turn(2026, 12, 31)
    after = door.get(f"task_schedulers/{made['id']}").rows
    assert (after["next_run"], after["remaining_cycles"]) == ("2027-01-31", 2)
    turn(2027, 3, 15)
    assert door.get(f"task_schedulers/{made['id']}").rows["is_deleted"] is True
    assert len(instalments(door, invoice)) == 3


def test_parts_can_be_listed_and_a_deleted_schedule_takes_them_back(door: Door, client: str) -> None:
    invoice = bill(door, client)
    rows = [{"date": "2026-12-10", "amount": 40}, {"date": "2027-01-10", "amount": "60"}]
    wish = split(invoice, frequency_id="", remaining_cycles=-1)
    wish["parameters"] = {"invoice_id": invoice["id"], "schedule": rows}
    made = door.post("task_schedulers", wish).rows
    assert (made["next_run"], made["remaining_cycles"]) == ("2026-12-10", 2)
    assert instalments(door, invoice) == [("2026-12-10", 40), ("2027-01-10", 60)]
    door.delete(f"task_schedulers/{made['id']}")
    assert instalments(door, invoice) == []
    restored = door.post("task_schedulers/bulk", {"action": "restore", "ids": [made["id"]]}).rows
    assert restored[0]["is_deleted"] is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"remaining_cycles": 1}, "remaining_cycles"),
        ({"frequency_id": "0"}, "frequency_id"),
        ({"is_paused": True}, "is_paused"),
        ({"parameters": {"invoice_id": ids.encode(999)}}, "parameters.invoice_id"),
    ],
)
def test_parts_that_are_none_are_refused(door: Door, client: str, change: dict[str, Any], field: str) -> None:
    invoice = bill(door, client)
    answer = door.post("task_schedulers", split(invoice, **change))
    assert (answer.status, list(answer.data["errors"])) == (422, [field])
    assert instalments(door, invoice) == []


def test_parts_that_do_not_add_up_and_paid_invoices_are_refused(door: Door, cast: Cast, client: str) -> None:
    invoice = bill(door, client)
    wish = split(invoice)
    rows = [{"date": "2026-12-10", "amount": 40}, {"date": "2027-01-10", "amount": 50}]
    wish["parameters"] = {"invoice_id": invoice["id"], "schedule": rows}
    assert list(door.post("task_schedulers", wish).data["errors"]) == ["parameters.schedule"]
    door.post(f"invoices/{invoice['id']}/mark_paid")
    assert list(door.post("task_schedulers", split(invoice)).data["errors"]) == ["parameters.invoice_id"]
    with acting_for(cast.company):
        assert not Schedule.objects.exists()


def test_what_a_schedule_does_is_not_changed_later(door: Door, client: str) -> None:
    invoice = bill(door, client)
    made = door.post("task_schedulers", record(invoice["id"])).rows
    answer = door.put(f"task_schedulers/{made['id']}", {"template": "email_statement"})
    assert answer.data["errors"] == {"template": ["Make another schedule for this."]}


def report(**more: Any) -> dict[str, Any]:
    parameters = {
        "report_name": "invoice",
        "date_range": "last_month",
        "report_keys": ["invoice.number"],
        **more,
    }
    return {
        "template": "email_report",
        "frequency_id": "5",
        "next_run": "2026-12-01",
        "parameters": parameters,
    }


def files(cast: Cast) -> list[tuple[str, list[str]]]:
    """To whom a file went, and its lines."""
    with acting_for(cast.company):
        sent = MailDelivery.objects.filter(kind="export").order_by("pk")
        mails = {mail.object_id: mail.recipient for mail in sent}
        kept = Export.objects.filter(pk__in=mails).order_by("pk")
        return [(mails[one.pk], lines_of(one)) for one in kept]


def lines_of(export: Export) -> list[str]:
    with opened(export) as content:
        return content.read().decode("utf-8-sig").split()


def test_a_report_of_the_month_before_is_mailed_to_who_made_it(
    door: Door, cast: Cast, client: str, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for day, number in (("2026-10-31", "A1"), ("2026-11-01", "A2"), ("2026-12-01", "A3")):
        bill(door, client, number=number, date=day)
    made = door.post("task_schedulers", report() | {"remaining_cycles": 2}).rows
    turn(2026, 12, 1)
    turn(2026, 12, 2)
    [(recipient, lines)] = files(cast)
    assert (recipient, lines[1:]) == ("alice@example.com", ["A2"])
    turn(2027, 1, 1)
    assert [lines[1:] for _, lines in files(cast)] == [["A2"], ["A3"]]
    assert door.get(f"task_schedulers/{made['id']}").rows["remaining_cycles"] == 0
    turn(2027, 2, 1)
    assert len(files(cast)) == 2


def test_run_twice_a_report_is_asked_for_once(door: Door, cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = door.post("task_schedulers", report()).rows
    with acting_for(cast.company):
        for _ in range(2):
            send_report(schedule=ids.decode(made["id"]) or 0, day="2026-12-01", on="2026-12-01")
        assert Export.objects.count() == 1


def test_who_may_not_see_it_any_more_gets_no_report(door: Door, cast: Cast) -> None:
    made = door.post("task_schedulers", report()).rows
    with acting_for(cast.company):
        Schedule.objects.filter(pk=ids.decode(made["id"])).update(user_id=cast.carol.user_id)
    turn(2026, 12, 1)
    with acting_for(cast.company):
        assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("words", "files"),
    [("view_invoice", 0), ("view_reports", 0), ("view_reports,view_invoice", 1)],
)
def test_a_report_wants_the_right_to_reports_and_to_what_is_in_it(
    door: Door, cast: Cast, settings: Any, tmp_path: Any, words: str, files: int
) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = door.post("task_schedulers", report()).rows
    with acting_for(cast.company):
        eve = hired("eve", cast.alice, words)
        Schedule.objects.filter(pk=ids.decode(made["id"])).update(user_id=eve.user_id)
    turn(2026, 12, 1)
    with acting_for(cast.company):
        assert Export.objects.filter(user_id=eve.user_id).count() == files
        assert Export.objects.count() == files


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"report_name": "nonsense"}, "report_name", "There is no such report."),
        ({"date_range": "custom"}, "start_date", "Choose a first and a last day."),
        ({"date_range": "custom", "start_date": "2026-13-01"}, "start_date", "This is not a day."),
        ({"report_keys": ["nonsense"]}, "report_keys", "Choose at least one column."),
        ({"include_deleted": "maybe"}, "include_deleted", "This is neither true nor false."),
    ],
)
def test_reports_that_are_none_are_refused(
    door: Door, change: dict[str, Any], field: str, sentence: str
) -> None:
    answer = door.post("task_schedulers", report(**change))
    assert (answer.status, answer.data["errors"]) == (422, {f"parameters.{field}": [sentence]})
    assert not Schedule.everywhere.exists()

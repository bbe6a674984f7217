"""Pay an invoice in instalments, from its page: parts of any size on days of their own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.reading import faults, text, toasts

EQUAL = {"count": "3", "first": "2026-12-31", "rhythm": "5"}
DAYS = ("2026-12-31", "2027-02-15", "2027-03-31")


def at(invoice: Invoice, *more: str) -> str:
    return "/".join(["/invoices", ids.encode(invoice.pk), *more])


def typed(*parts: str, **more: str) -> dict[str, str]:
    """What the form sends for these parts; the last day has none."""
    rows = {f"schedule.{place}.part": part for place, part in enumerate(parts)}
    days = {f"schedule.{place}.date": day for place, day in enumerate(DAYS[: len(parts) + 1])}
    return {**days, **rows, "unit": "amount", "mails": "1", **more}


def outputs(answer: Any) -> dict[str, str]:
    """What the rows come to, by the ids of their outputs."""
    found = re.findall(r'<output id="instalment-(\w+)".*?>(.*?)</output>', answer.content.decode())
    return {place: re.sub(r"<[^>]+>", "", figure) for place, figure in found}


def test_parts_of_any_size_are_saved_shown_and_taken_back(office: Office) -> None:
    invoice, browser = papers.invoice(office.alice, office.client), office.browser()
    answer = browser.post(at(invoice, "instalments"), typed("50", "20,05"), follow=True)
    assert toasts(answer) == ["The instalments are planned."]
    assert "Instalment 3 of 3 €29.95 on Mar 31, 2027" in text(answer)
    invoice.refresh_from_db()
    assert invoice.instalments == [
        {"date": "2026-12-31", "amount": "50"},
        {"date": "2027-02-15", "amount": "20.05"},
        {"date": "2027-03-31", "amount": "29.95"},
    ]
    again = browser.get(at(invoice, "instalments"))
    assert [again.context["form"].value(f"schedule.{place}.part") for place in (0, 1)] == ["50", "20.05"]
    assert outputs(again) == {"0": "€50.00", "1": "€20.05", "2": "€29.95", "rest": ""}
    browser.post(at(invoice, "instalments"), typed("50", "20", mails="", charges="1"))
    invoice.refresh_from_db()
    assert ([row["silent"] for row in invoice.instalments], invoice.auto_bill_enabled) == ([True] * 3, True)
    browser.post(at(invoice, "instalments"), typed("50", at_once="1"))
    invoice.refresh_from_db()
    assert (invoice.instalments, invoice.partial) == ([], 0)


def test_percentages_leave_the_cents_to_the_last(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    said = typed("33.333", "33.333", unit="percent")
    counted = office.browser().post(at(invoice, "instalments"), {**said, "step": "count"})
    assert outputs(counted) == {"0": "€33.33", "1": "€33.33", "2": "€33.34", "rest": "33.334%"}
    assert office.browser().post(at(invoice, "instalments"), said).status_code == 302
    invoice.refresh_from_db()
    assert [row["amount"] for row in invoice.instalments] == ["33.33", "33.33", "33.34"]


def test_the_sum_is_counted_as_one_types(office: Office) -> None:
    invoice, browser = papers.invoice(office.alice, office.client), office.browser()
    for parts, rest in ((("50", "3*12.5"), "€12.50"), (("50", "many"), "€50.00"), (("80", "40"), "-€20.00")):
        answer = browser.post(at(invoice, "instalments"), typed(*parts, step="count"))
        assert outputs(answer)["2"] == rest
    assert answer.content.decode().count("text-error") == 2
    invoice.refresh_from_db()
    assert invoice.instalments == []


@pytest.mark.parametrize(
    ("sent", "parts", "days"),
    [
        (EQUAL | {"step": "fill"}, ["33.33", "33.33", "33.34"], ["2026-12-31", "2027-01-31", "2027-02-28"]),
        (
            EQUAL | {"step": "fill", "unit": "percent"},
            ["33.33", "33.33", "33.34"],
            ["2026-12-31", "2027-01-31", "2027-02-28"],
        ),
        (typed("50", step="add", rhythm="2"), ["50", "", ""], ["2026-12-31", "2027-02-15", "2027-02-22"]),
        (typed("50", "20", step="remove.0"), ["20", ""], ["2027-02-15", "2027-03-31"]),
        (typed("50", step="remove.0"), ["50", ""], ["2026-12-31", "2027-02-15"]),
        (typed("25", "50", step="unit", unit="percent"), ["25", "50", "25"], list(DAYS)),
        (typed("40", step="unit", unit="amount"), ["40", "60"], ["2026-12-31", "2027-02-15"]),
        (typed("50") | EQUAL, ["33.33", "33.33", "33.34"], ["2026-12-31", "2027-01-31", "2027-02-28"]),
    ],
    ids=["equal", "equal in percent", "one more", "one less", "never one", "percent", "amounts", "saved"],
)
def test_a_step_changes_what_is_typed_and_nothing_else(
    office: Office, sent: dict[str, str], parts: list[str], days: list[str]
) -> None:
    invoice = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(invoice, "instalments"), sent)
    rows = answer.context["form"].values["schedule"]
    assert (answer.status_code, [row["part"] for row in rows], [row["date"] for row in rows]) == (
        200,
        parts,
        days,
    )
    invoice.refresh_from_db()
    assert invoice.instalments == []


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (EQUAL | {"step": "fill", "count": "1"}, {"count": "Say from 2 to 60 instalments."}),
        (EQUAL | {"step": "fill", "count": "many"}, {"count": "Say from 2 to 60 instalments."}),
        (EQUAL | {"step": "fill", "first": "soon"}, {"first": "This is not a date."}),
        (typed("50", "50"), {"schedule.1.part": "Nothing is left for the last instalment."}),
        (typed("100", unit="percent"), {"schedule.0.part": "Nothing is left for the last instalment."}),
        (typed("many", "20"), {"schedule.0.part": "Say how much is due."}),
        (typed("-5", "20", unit="percent"), {"schedule.0.part": "Say how much is due."}),
        (typed("33.333"), {"schedule.0.part": "Amounts of this currency have 2 decimals.",
                           "schedule.1.part": "Amounts of this currency have 2 decimals."}),
        (typed("50", **{"schedule.0.date": "2027-03-01"}),
         {"schedule.1.date": "Each instalment is due after the one before it."}),
        (typed("50", **{"schedule.1.date": ""}), {"schedule.1.date": "Say when it is due."}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_at_its_field(
    office: Office, sent: dict[str, str], found: dict[str, str]
) -> None:
    invoice = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(invoice, "instalments"), sent)
    assert (answer.status_code, faults(answer)) == (422, {name: [said] for name, said in found.items()})
    invoice.refresh_from_db()
    assert invoice.instalments == []


def test_a_paid_invoice_offers_none(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    assert "Pay in instalments" in text(office.browser().get(at(invoice)))
    papers.payment(office.alice, office.client, "100", of=invoice)
    assert "Pay in instalments" not in text(office.browser().get(at(invoice)))


ENDLESS = "9" * 40


@pytest.mark.parametrize("unit", ["amount", "percent"])
@pytest.mark.parametrize("step", ["count", "unit", "add", ""])
@pytest.mark.parametrize("parts", [(ENDLESS,), ("9223372036854", "9223372036854"), ("-9223372036854",)])
def test_a_number_that_no_column_holds_is_no_part(
    office: Office, parts: tuple[str, ...], step: str, unit: str
) -> None:
    invoice = papers.invoice(office.alice, office.client)

    answer = office.browser().post(
        at(invoice, "instalments"), typed(*parts, unit=unit, **({"step": step} if step else {}))
    )

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.instalments) == (200 if step else 422, [])


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"count": ENDLESS * 125, "first": "2026-12-31"}, ("count", "Say from 2 to 60 instalments.")),
        (
            {"count": "2", "first": "9999-12-31"},
            ("first", "The last instalment would fall after the year 9999."),
        ),
    ],
)
def test_equal_parts_without_end_are_told_at_their_field(
    office: Office, sent: dict[str, str], told: tuple[str, str]
) -> None:
    invoice = papers.invoice(office.alice, office.client)

    answer = office.browser().post(at(invoice, "instalments"), {"step": "fill", **sent})

    assert (answer.status_code, faults(answer)) == (422, {told[0]: [told[1]]})


def test_after_the_last_day_of_the_calendar_a_new_row_has_no_day(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    sent = {"step": "add", "schedule.0.date": "2026-12-31", "schedule.1.date": "9999-12-31"}

    answer = office.browser().post(at(invoice, "instalments"), sent)

    assert answer.context["form"].values["schedule"][2] == {"date": "", "part": ""}

"""Row S64, online: a VAT number is asked about at VIES, and nothing ever waits for the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import Retry
from comptoir.activity.models import Activity, Job, SystemLog
from comptoir.clients.models import Client
from comptoir.clients.vat import jobs
from comptoir.clients.vat.checking import Check, OtherNumber, keep, record
from comptoir.clients.vat.numbers import VatNumber
from comptoir.clients.vat.vies import Answer
from comptoir.kernel import ids
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.vies_double import Register

from .conftest import House, edit_url, form_of, member, text, work

BELGIAN = "BE0403053608"
ACME = {"name": "ACME SA", "address": "RUE HAUTE 1\n1000 BRUXELLES"}


@pytest.fixture
def vies(vies: Register) -> Register:
    vies.known[BELGIAN] = ACME
    return vies


def tab(client: Client) -> str:
    return f"/clients/{ids.encode(client.pk)}/tab/details"


def vat(client: Client) -> str:
    return f"/clients/{ids.encode(client.pk)}/vat"


def log() -> list[tuple[int, int, dict[str, Any]]]:
    rows = SystemLog.objects.filter(type_id=401).order_by("pk")
    return [
        (row.category_id, row.event_id, {k: v for k, v in row.log.items() if k != "milliseconds"})
        for row in rows
    ]


def test_s64_a_person_asks_and_the_answer_stays_with_the_client(house: House, vies: Register) -> None:
    client = house.client(name="Acme", country_id="56", vat_number="BE 0403.053.608")
    assert "Check at VIES" in text(house.office.get(tab(client)))
    assert f"VIES is being asked about {BELGIAN}…" in text(house.office.post(vat(client)))
    assert vies.seen == []
    work("clients.")
    assert vies.seen == [BELGIAN]
    page = text(house.office.get(tab(client)))
    for words in ("Valid number", f"{BELGIAN} is registered at VIES.", "ACME SA", "1000 BRUXELLES"):
        assert words in page
    shown = house.shown(client)
    found = shown["tax_info"]["vies"]
    assert shown["has_valid_vat_number"] is True
    assert (found["number"], found["state"], found["name"]) == (BELGIAN, "valid", "ACME SA")
    assert found["at"].startswith("20")
    told = Activity.objects.get(fact="ClientVatChecked")
    assert (told.actor_kind, told.notes) == ("system", BELGIAN)
    assert told.changes == {"has_valid_vat_number": [False, True]}
    detail = {"number": BELGIAN, "service": "VIES", "valid": True, "name": "ACME SA", "consultation": ""}
    assert log() == [(6, 11, detail)]
    assert "VAT number at VIES" in text(house.office.get(tab(client).replace("details", "logs")))


def test_s64_the_proof_of_the_query_is_kept_when_the_company_has_a_number(
    house: House, vies: Register
) -> None:
    house.wishes(vat_number="FR40303265045")
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    work("clients.")
    assert vies.askers == ["FR40303265045"]
    assert house.shown(client)["tax_info"]["vies"]["consultation"] == "WAPIAAAA00000001"
    assert "Proof of the query WAPIAAAA00000001" in text(house.office.get(tab(client)))


def test_s64_an_asker_that_vies_does_not_know_asks_without_proof(house: House, vies: Register) -> None:
    house.wishes(vat_number="FR40303265045")
    vies.strangers = {"FR40303265045"}
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    work("clients.")
    assert vies.askers == ["FR40303265045", ""]
    found = house.shown(client)["tax_info"]["vies"]
    assert (found["state"], "consultation" in found) == ("valid", False)


def test_s64_an_unknown_number_is_said_and_nothing_is_refused(house: House, vies: Register) -> None:
    client = house.client(name="Acme", vat_number="BE0999999922", has_valid_vat_number=True)
    house.office.post(vat(client))
    work("clients.")
    page = text(house.office.get(tab(client)))
    assert "VIES does not know BE0999999922: have the client look at it again." in page
    assert house.shown(client)["has_valid_vat_number"] is False
    sent = form_of(house, client) | {"name": "Acme Two"}
    assert house.office.post(edit_url(client), sent).status_code == 302
    assert house.invoice(client)["amount"] == 100


def test_s64_a_register_that_is_away_is_asked_again_and_changes_nothing(house: House, vies: Register) -> None:
    vies.away = {"BE": "MS_UNAVAILABLE"}
    client = house.client(name="Acme", vat_number=BELGIAN, has_valid_vat_number=True)
    house.office.post(vat(client))
    with pytest.raises(Retry) as again:
        work("clients.")
    assert again.value.after.total_seconds() == 300
    page = text(house.office.get(tab(client)))
    assert "The register of this country does not answer at the moment: Belgium." in page
    assert "next try:" in page
    assert "Check again" in page
    shown = house.shown(client)
    assert (shown["has_valid_vat_number"], shown["tax_info"]["vies"]["state"]) == (True, "unavailable")
    assert Activity.objects.filter(fact="ClientVatChecked").count() == 0
    assert log() == [(6, 10, {"number": BELGIAN, "service": "VIES", "error": "MS_UNAVAILABLE"})]
    vies.away = {}
    work("clients.")
    assert house.shown(client)["tax_info"]["vies"]["state"] == "valid"


def test_s64_after_six_tries_it_is_left_to_people(house: House, vies: Register) -> None:
    vies.away = {"BE": "TIMEOUT"}
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    for minutes in (5, 15, 60, 240, 720):
        with pytest.raises(Retry) as again:
            work("clients.")
        assert again.value.after.total_seconds() == minutes * 60
    work("clients.")
    assert len(vies.seen) == 6
    page = text(house.office.get(tab(client)))
    assert "VIES does not answer at the moment. This says nothing about the number." in page
    assert "next try" not in page
    assert "Check again" in page


@pytest.mark.parametrize(
    "raw",
    [(500, b"{}"), (200, b"<html>"), (200, b"[]"), (302, b""), (200, b'{"userError": "VALID"}')],
)
def test_s64_an_odd_answer_counts_as_none(house: House, vies: Register, raw: tuple[int, bytes]) -> None:
    """A redirect is not followed: the double would answer well at the other end."""
    vies.raw = raw
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    with pytest.raises(Retry):
        work("clients.")
    assert (len(vies.seen), house.shown(client)["has_valid_vat_number"]) == (1, False)


def test_s64_nobody_listens_and_nothing_breaks(house: House, settings: Any) -> None:
    settings.VIES_URL = "http://127.0.0.1:9/rest-api"
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    with pytest.raises(Retry):
        work("clients.")
    assert house.shown(client)["tax_info"]["vies"]["state"] == "unavailable"


def test_s64_another_number_forgets_what_was_said_of_the_first(house: House, vies: Register) -> None:
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    work("clients.")
    assert house.put(client, vat_number="BE0404616494", has_valid_vat_number=True)["tax_info"] == {}
    assert house.shown(client)["has_valid_vat_number"] is False
    assert house.put(client, has_valid_vat_number=True)["has_valid_vat_number"] is True


def test_s64_a_number_that_changed_before_it_was_asked_about_is_left_alone(
    house: House, vies: Register
) -> None:
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    house.put(client, vat_number="BE0404616494")
    work("clients.")
    assert (vies.seen, house.shown(client)["tax_info"]) == ([], {})


def test_s64_an_answer_that_comes_after_the_number_changed_is_not_kept(house: House) -> None:
    """What the worker holds while VIES thinks is not what the client is by then."""
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.put(client, vat_number="BE0404616494")
    on, late = date(2026, 11, 24), Check(BELGIAN, "unavailable", timezone.now())
    with acting_for(client.company):
        with pytest.raises(OtherNumber):
            record(client, BELGIAN, Answer(is_valid=True), by=SYSTEM, on=on)
        with pytest.raises(OtherNumber):
            keep(client, late, on=on)
    shown = house.shown(client)
    assert (shown["has_valid_vat_number"], shown["tax_info"]) == (False, {})
    assert Activity.objects.filter(fact="ClientVatChecked").count() == 0


def test_s64_by_wish_every_new_number_is_asked_about(house: House, vies: Register) -> None:
    house.company_put(check_vat_numbers="always")
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.client(name="Nobody")
    work("clients.")
    work("clients.")
    assert vies.seen == [BELGIAN]
    assert house.shown(client)["has_valid_vat_number"] is True
    house.put(client, phone="1")
    work("clients.")
    work("clients.")
    assert vies.seen == [BELGIAN]
    house.put(client, vat_number="BE0404616494")
    work("clients.")
    work("clients.")
    assert vies.seen == [BELGIAN, "BE0404616494"]


def test_s64_by_default_nothing_is_asked_by_itself(house: House, vies: Register) -> None:
    house.client(name="Acme", vat_number=BELGIAN)
    work()
    assert (vies.seen, Job.objects.filter(name__startswith="clients.").count()) == ([], 0)


def test_s64_a_company_that_does_not_want_it_is_never_asked_for(house: House, vies: Register) -> None:
    house.company_put(check_vat_numbers="never")
    client = house.client(name="Acme", vat_number=BELGIAN)
    assert "VIES" not in text(house.office.get(tab(client)))
    assert "VIES" not in text(house.office.get(edit_url(client)))
    house.office.post(vat(client))
    house.office.post("/clients/vat", {"vat_number": BELGIAN})
    house.api("POST", f"clients/{ids.encode(client.pk)}/updateTaxData", {})
    work()
    assert (vies.seen, Job.objects.filter(name__startswith="clients.").count()) == ([], 0)


def test_s64_a_program_asks_too(house: House, vies: Register) -> None:
    client = house.client(name="Acme", vat_number=BELGIAN)
    asked = house.api("POST", f"clients/{ids.encode(client.pk)}/updateTaxData", {})
    assert asked["tax_info"]["vies"]["state"] == "asked"
    work("clients.")
    assert house.shown(client)["has_valid_vat_number"] is True


def test_s64_in_the_form_a_number_is_looked_up_before_it_is_saved(house: House, vies: Register) -> None:
    assert "Check at VIES" in text(house.office.get("/clients/new"))
    typed = {"name": "Acme", "vat_number": "be 0403.053.608", "country_id": "250"}
    assert f"VIES is being asked about {BELGIAN}…" in text(house.office.post("/clients/vat", typed))
    work("clients.")
    told = text(house.office.get("/clients/vat", {"vat_number": BELGIAN, "country_id": "250"}))
    assert "Valid number" in told
    assert "ACME SA" in told
    house.office.post("/clients/new", typed)
    client = Client.objects.get()
    assert (client.vat_number, client.has_valid_vat_number) == ("be 0403.053.608", True)
    assert client.tax_info["vies"]["name"] == "ACME SA"
    assert vies.seen == [BELGIAN]


def test_s64_what_is_no_number_of_the_union_is_not_asked_about(house: House, vies: Register) -> None:
    said = "VIES knows numbers of the European Union, such as FR40303265045."
    for typed, home in (("", "250"), ("CHE123", "756"), ("123", "")):
        answer = house.office.post("/clients/vat", {"vat_number": typed, "country_id": home})
        assert said in text(answer), typed
    swiss = house.client(name="Swiss", country_id="756", vat_number="CHE-107.787.577")
    assert "VIES" not in text(house.office.get(tab(swiss)))
    work()
    assert vies.seen == []


@pytest.mark.parametrize("typed", ["BE../../evil", "BE0403053608?x=http://evil", "http://169.254.169.254/"])
def test_s64_a_number_never_leads_anywhere_else(house: House, vies: Register, typed: str) -> None:
    client = house.client(name="Odd", country_id="56", vat_number=typed)
    house.office.post(vat(client))
    work("clients.")
    assert all(number.startswith("BE") and number.isalnum() for number in vies.seen)


def test_s64_who_may_only_look_has_no_button(house: House, vies: Register) -> None:
    client = house.client(name="Acme", vat_number=BELGIAN)
    house.office.post(vat(client))
    work("clients.")
    browser = member(house, "view_client")
    page = text(browser.get(tab(client)))
    assert "Valid number" in page
    assert "Check again" not in page
    assert browser.post(vat(client)).status_code == 403


def test_s64_what_is_found_is_of_one_company(house: House, vies: Register) -> None:
    house.office.post("/clients/vat", {"vat_number": BELGIAN})
    work("clients.")
    number = VatNumber("BE", "0403053608")
    assert jobs.look_up(number) is not None
    with acting_for(factories.second_company(beside=house.company)):
        assert jobs.look_up(number) is None

"""Files become clients as if each had been typed, and every row says what became of it (S4)."""

from __future__ import annotations

import pytest

from comptoir.activity.models import Activity, Job
from comptoir.clients.groups import create_group
from comptoir.clients.models import Client, Contact
from comptoir.insight.imports.models import Import, SavedMapping
from comptoir.insight.imports.operations import (
    forget_import,
    forget_mapping,
    resume_import,
    save_mapping,
    start_import,
    stop_import,
    use_mapping,
)
from comptoir.insight.imports.reporting import correction
from comptoir.insight.imports.running import run_import
from comptoir.kernel.refused import Refused, WrongState
from comptoir.preferences.operations import update_company

from .conftest import ON, Desk, counts, report


def test_a_row_becomes_a_client_with_everything_it_says(desk: Desk) -> None:
    group = create_group({"name": "Grands comptes"}, by=desk.paul, on=ON)
    update_company(
        desk.company,
        {"custom_fields": {"client1": "Depuis|date", "client2": "VIP|switch"}},
        by=desk.paul,
        on=ON,
    )
    head = (
        "Nom;Groupe;Pays;Devise;Langue;SIRET;Type;Délai de paiement;Depuis;VIP;Courriel;Prénom;Exonéré de TVA"
    )
    row = (
        "Durand;grands comptes;Belgique;Dollar des États-Unis;French;732 829 320 00074;Société;"
        "30 jours;31/03/2020;oui;a@example.com;Ada;non"
    )
    run = desk.run(f"{head}\n{row}\n")
    assert report(run) == [(2, "made", [])]
    client = Client.objects.get()
    assert (client.name, client.number, client.group, client.country_id) == ("Durand", "0001", group, "56")
    assert client.settings == {"currency_id": "1", "language_id": "4", "payment_terms": "30"}
    assert (client.siret, client.siren, client.classification) == ("73282932000074", "732829320", "company")
    assert (client.custom_value1, client.custom_value2, client.is_tax_exempt) == ("2020-03-31", "yes", False)
    contact = client.contacts.get()
    assert (contact.email, contact.first_name, contact.is_primary) == ("a@example.com", "Ada", True)
    assert contact.contact_key
    told = Activity.objects.get(fact="ClientCreated")
    assert (told.subject_id, told.actor_id, told.code) == (client.pk, desk.paul.id, 1)


def test_clients_get_the_numbers_that_typing_them_would_give(desk: Desk) -> None:
    desk.client(name="Before")
    run = desk.run("Nom,N° client\nOne,\nTwo,0003\nThree,\n")
    assert counts(run) == {"made": 3}
    assert dict(Client.objects.values_list("name", "number")) == {
        "Before": "0001",
        "Two": "0003",
        "One": "0002",
        "Three": "0004",
    }
    assert desk.client(name="After").number == "0005"


def test_rows_of_one_client_are_its_people(desk: Desk) -> None:
    run = desk.run(
        "Nom,Ville,Prénom,Courriel,Courriel 2\n"
        "Durand,,Ada,ada@example.com,compta@example.com\n"
        "Martin,Lyon,,,\n"
        "DURAND,Lille,Bob,bob@example.com,\n"
    )
    assert report(run) == [(2, "made", []), (3, "made", []), (4, "merged", [])]
    durand = Client.objects.get(name="Durand")
    assert durand.city == "Lille"
    people = [(c.first_name, c.email, c.is_primary) for c in durand.contacts.all()]
    assert people == [
        ("Ada", "ada@example.com", True),
        ("", "compta@example.com", False),
        ("Bob", "bob@example.com", False),
    ]


def test_namesakes_with_numbers_of_their_own_stay_apart(desk: Desk) -> None:
    run = desk.run("Nom,N° client\nDurand,A1\nDurand,A2\n")
    assert counts(run) == {"made": 2}
    assert sorted(Client.objects.values_list("number", flat=True)) == ["A1", "A2"]


def test_faulty_rows_are_refused_with_reasons_and_the_others_are_made(desk: Desk) -> None:
    run = desk.run(
        "Nom,Pays,Courriel,SIREN\n"
        "Good,France,good@example.com,\n"
        "Bad country,Atlantide,,\n"
        "Bad mail,,nobody,\n"
        "Bad SIREN,,,123\n"
        ",FR,,\n"
    )
    assert report(run) == [
        (2, "made", []),
        (3, "refused", [["client.country_id", "There is no country called “Atlantide”."]]),
        (4, "refused", [["contact.email", "This is not an e-mail address."]]),
        (
            5,
            "refused",
            [["client.siren", "This is not a SIREN number: it has 9 digits that check each other."]],
        ),
        (6, "refused", [["", "This row names nobody: no client, no person, no e-mail."]]),
    ]
    assert [client.name for client in Client.objects.all()] == ["Good"]
    assert Activity.objects.filter(fact="ClientCreated").count() == 1


def test_a_client_of_several_rows_is_whole_or_not_there(desk: Desk) -> None:
    run = desk.run("Nom,Courriel\nDurand,ada@example.com\nDurand,wrong\n")
    assert [outcome for _n, outcome, _reasons in report(run)] == ["refused", "refused"]
    assert Client.objects.count() == 0


def test_the_refused_rows_come_back_as_a_file_to_correct(desk: Desk) -> None:
    run = desk.run("Société,Pays\nGood,FR\n=Bad,Atlantide\n")
    text = "".join(correction(run, ["Société", "Pays"]))
    assert text == (
        "\ufeffClient name,Country,Row,Reason\r\n"
        "'=Bad,Atlantide,3,Country: There is no country called “Atlantide”.\r\n"
    )
    again = desk.run(text.replace("Atlantide", "Allemagne"))
    assert counts(again) == {"made": 1}
    assert Client.objects.get(name="=Bad").country_id == "276"


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("N° client", "K1"),
        ("Identifiant", "X-9"),
        ("TVA", "FR 40.303 265 045"),
        ("Courriel", "INFO@example.com"),
        ("Nom", "dupont & fils"),
    ],
)
def test_who_is_there_already_is_left_out(desk: Desk, head: str, cell: str) -> None:
    known = desk.client(
        name="Dupont & Fils",
        number="K1",
        id_number="X-9",
        vat_number="FR40303265045",
        contacts=[{"email": "info@example.com"}],
    )
    content = f"{head}\n{cell}\n" if head in ("Nom", "Courriel") else f"Nom,{head}\nOther name,{cell}\n"
    run = desk.run(content)
    row = run.rows.get()
    assert (row.outcome, row.record_id, Client.objects.count()) == ("skipped", known.pk, 1)
    assert row.reasons[0][1].endswith("Dupont & Fils.")


def test_known_clients_are_brought_up_to_date(desk: Desk) -> None:
    known = desk.client(
        name="Dupont", city="Lyon", phone="1", contacts=[{"first_name": "Ada", "email": "a@example.com"}]
    )
    run = desk.run(
        "Nom,Ville,Téléphone,Courriel,Nom de famille\n"
        "Dupont,Lille,,A@example.com,Byron\nDupont,,,b@example.com,\n",
        duplicates="update",
    )
    assert report(run) == [(2, "updated", []), (3, "updated", [])]
    known.refresh_from_db()
    assert (known.city, known.phone) == ("Lille", "1")
    people = [(c.first_name, c.last_name, c.email) for c in known.contacts.live()]
    assert people == [("Ada", "Byron", "A@example.com"), ("", "", "b@example.com")]
    assert Activity.objects.filter(fact="ClientUpdated").count() == 1


def test_two_clients_that_fit_are_a_question_for_a_person(desk: Desk) -> None:
    desk.client(name="Dupont")
    desk.client(name="Dupont")
    run = desk.run("Nom,Ville\nDupont,Lille\n", duplicates="update")
    assert report(run) == [(2, "refused", [["client.name", "2 clients fit this row."]])]


def test_on_request_namesakes_are_made_but_never_the_same_number(desk: Desk) -> None:
    desk.client(name="Dupont", number="K1")
    run = desk.run("Nom,N° client\nDupont,\nDurand,K1\n", duplicates="create")
    assert report(run) == [
        (2, "made", []),
        (3, "refused", [["client.number", "Another client has this number already."]]),
    ]
    assert Client.objects.count() == 2


def test_only_the_chosen_keys_count(desk: Desk) -> None:
    desk.client(name="Dupont")
    assert counts(desk.run("Nom\nDupont\n", matched_by=["number"])) == {"made": 1}


def test_a_rehearsal_says_everything_and_writes_nothing(desk: Desk) -> None:
    desk.client(name="Dupont")
    run = desk.run("Nom,Pays\nNew,FR\nDupont,FR\nBad,Atlantide\n", rehearsal=True)
    assert (run.state, counts(run)) == (Import.State.CHECKED, {"made": 1, "skipped": 1, "refused": 1})
    assert (Client.objects.count(), Activity.objects.filter(fact="ClientCreated").count()) == (1, 1)
    told = Activity.objects.filter(subject_kind="import").order_by("pk").values_list("fact", flat=True)
    assert list(told) == ["ImportUploaded", "ImportCheckStarted", "ImportChecked"]
    done = run_import(start_import(run, {}, by=desk.paul, on=ON))
    assert list(told.all())[3:] == ["ImportStarted", "ImportFinished"]
    assert (done.state, counts(done)) == (Import.State.DONE, {"made": 1, "skipped": 1, "refused": 1})
    assert Client.objects.get(name="New").number == "0002"


def test_the_file_goes_when_its_import_is_done(
    desk: Desk, django_capture_on_commit_callbacks: object
) -> None:
    from comptoir.files import shelves

    run = desk.begin("Nom\nDurand\n")
    path = run.path
    assert shelves.storage().exists(path)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        run_import(run)
    assert (run.path, shelves.storage().exists(path)) == ("", False)
    with pytest.raises(WrongState):
        start_import(run, {}, by=desk.paul, on=ON)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"mapping": {"0": "client.city"}}, "mapping"),
        ({"mapping": {"0": "client.nothing"}}, "mapping.0"),
        ({"mapping": {"0": "client.name", "1": "client.name"}}, "mapping.0"),
        ({"duplicates": "destroy"}, "duplicates"),
        ({"matched_by": ["colour"]}, "matched_by"),
        ({"decimal": "x"}, "decimal"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_nothing_begins(
    desk: Desk, choices: dict[str, object], field: str
) -> None:
    run = desk.upload("Nom,Ville\nDurand,Lyon\n")
    with pytest.raises(Refused) as refused:
        start_import(run, choices, by=desk.paul, on=ON)
    assert next(iter(refused.value.errors)) == field
    run.refresh_from_db()
    assert (run.state, Job.objects.filter(name="imports.run").count()) == (Import.State.UPLOADED, 0)


def test_columns_are_kept_under_a_name_and_used_again(desk: Desk) -> None:
    pairs = [("Kunde", "client.name"), ("Ort", "client.city")]
    saved = save_mapping("German shop", "client", pairs, by=desk.paul, on=ON)
    run = desk.upload("Ort,Kunde,Rest\nBonn,Schmidt,x\n")
    assert run.mapping == {}
    assert use_mapping(run, saved).mapping == {"0": "client.city", "1": "client.name"}
    save_mapping("German shop", "client", pairs[:1], by=desk.paul, on=ON)
    assert SavedMapping.objects.get().headings == [["Kunde", "client.name"]]
    with pytest.raises(Refused):
        save_mapping(" ", "client", pairs, by=desk.paul, on=ON)
    forget_mapping(saved, by=desk.paul, on=ON)
    assert SavedMapping.objects.count() == 0


def test_stopped_it_goes_on_where_it_ended(desk: Desk) -> None:
    run = desk.begin("Nom\nDurand\nMartin\n")
    stop_import(run, by=desk.paul, on=ON)
    assert run_import(run).state == Import.State.STOPPED
    assert Client.objects.count() == 0
    run = run_import(resume_import(run, by=desk.paul, on=ON))
    assert (run.state, counts(run), Client.objects.count()) == (Import.State.DONE, {"made": 2}, 2)


def test_an_import_whose_file_is_gone_says_so(desk: Desk) -> None:
    from comptoir.files import shelves

    run = desk.begin("Nom\nDurand\n")
    shelves.remove([run.path])
    run = run_import(run)
    assert (run.state, run.error) == (Import.State.FAILED, "The file is not here any more: upload it again.")


def test_an_import_and_its_report_are_removed_but_never_its_clients(desk: Desk) -> None:
    run = desk.begin("Nom\nDurand\n")
    with pytest.raises(WrongState):
        forget_import(run, by=desk.paul, on=ON)
    forget_import(run_import(run), by=desk.paul, on=ON)
    assert (Import.objects.count(), Client.objects.count(), Contact.objects.count()) == (0, 1, 1)


def test_an_import_does_not_wait_behind_a_heap_of_mails(desk: Desk) -> None:
    from django.utils import timezone

    from comptoir.activity import claims, outbox

    outbox.queue("delivery.send_mail", {"delivery": 1})
    desk.begin("Nom\nDurand\n")
    first = claims.due(timezone.now()).first()
    assert first is not None
    assert first.name == "imports.run"

"""Sending, to a real SMTP server: what arrives, and what happens when it does not."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult
from django.utils import timezone

from comptoir.activity import worker
from comptoir.activity.models import Job, SystemLog
from comptoir.delivery.mail import attachments, handlers, outcomes, sending
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.outcomes import outcome
from comptoir.delivery.mail.trial import send_trial
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.secrets import seal_password
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .mail_cast import atelier, queued
from .mail_sink import Sink, free_port, listening

pytestmark = pytest.mark.django_db(transaction=True)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture
def company(settings: Any, sink: Sink) -> Iterator[Company]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.DEFAULT_FROM_EMAIL = "Comptoir <no-reply@comptoir.example>"
    with acting_for(atelier()) as company:
        yield company


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_makers", {})
    monkeypatch.setattr(outcomes, "_follow", {})


def deliver(row: MailDelivery) -> MailDelivery:
    """Let a worker run what is due, and look at the row."""
    while worker.run_once():
        pass
    row.refresh_from_db()
    return row


def logs() -> list[tuple[int, int, int]]:
    return list(SystemLog.objects.order_by("id").values_list("category_id", "event_id", "type_id"))


def parts(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_the_message_arrives_whole(company: Company, sink: Sink) -> None:
    attachment("invoice_pdf")(
        lambda pk, *, lang: Attachment(f"Facture {pk} {lang} été.pdf", PDF, "application/pdf")
    )
    row = deliver(
        queued(
            company,
            recipient_name="Claire Été",
            attachments=[AttachmentRef("invoice_pdf", 42, {"lang": "fr"})],
        )
    )

    (message,) = sink.messages
    assert row.state == "sent"
    assert message["Subject"] == "Facture F2026-0042 – Atelier Lumière"
    assert message["From"] == "Atelier Lumière <no-reply@comptoir.example>"
    assert message["To"] == "Claire Été <claire@client.example>"
    assert message["Reply-To"] == "bonjour@atelier.example"
    assert message["Message-ID"] == row.message_id
    assert parts(message) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    text = message.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n").startswith(
        "Bonjour Claire,\n\nVoici la facture F2026-0042.\n\nMontant dû\n"
    )
    assert "1 459,26&nbsp;€" in message.get_body(("html",)).get_content()
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("Facture 42 fr été.pdf", PDF)


def test_the_logo_travels_inside_the_page(company: Company, sink: Sink) -> None:
    attachment("company_logo")(lambda pk: Attachment("logo", PNG, "image/png"))
    deliver(queued(company, logo=AttachmentRef("company_logo", company.pk)))

    (message,) = sink.messages
    assert parts(message) == [
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
    ]
    (*_, logo) = message.walk()
    assert (logo["Content-ID"], logo.get_content_disposition(), logo.get_content()) == (
        "<logo>",
        "inline",
        PNG,
    )
    assert 'src="cid:logo"' in message.get_body(("html",)).get_content()


def test_a_sent_mail_is_logged_with_what_a_person_asks_for(company: Company, sink: Sink) -> None:
    row = deliver(queued(company))

    assert logs() == [(2, 30, 900)]
    log = SystemLog.objects.get().log
    assert isinstance(log.pop("duration_ms"), int)
    assert log == {
        "recipient": "claire@client.example",
        "subject": "Facture F2026-0042 – Atelier Lumière",
        "kind": "invoice",
        "state": "sent",
        "attempt": 1,
        "message_id": row.message_id,
    }
    assert abs(row.sent_at - timezone.now()) < timedelta(minutes=1)


def test_two_recipients_get_two_mails_and_do_not_see_each_other(company: Company, sink: Sink) -> None:
    first = queued(company)
    deliver(queued(company, recipient="paul@client.example"))
    first.refresh_from_db()

    assert [envelope.rcpt_tos for envelope in sink.envelopes] == [
        ["claire@client.example"],
        ["paul@client.example"],
    ]
    assert "paul" not in sink.messages[0].as_string()
    assert sink.messages[0]["Message-ID"] != sink.messages[1]["Message-ID"]
    assert first.state == "sent"


def test_hidden_copies_stay_hidden(company: Company, sink: Sink) -> None:
    preferences = Preferences(({"bcc_email": "archive@atelier.example"},))
    deliver(queued(company, settings=preferences, cc=["chef@client.example"]))

    (envelope,), (message,) = sink.envelopes, sink.messages
    assert envelope.rcpt_tos == ["claire@client.example", "chef@client.example", "archive@atelier.example"]
    assert message["Cc"] == "chef@client.example"
    assert message["Bcc"] is None
    assert "archive@" not in message.as_string()


def test_a_server_that_is_busy_is_asked_again_later(company: Company, sink: Sink) -> None:
    sink.on_rcpt = lambda _address: "451 4.7.1 Come back later"
    row = deliver(queued(company))

    assert (row.state, row.attempts, row.error) == ("queued", 1, "451 4.7.1 Come back later")
    wait = Job.objects.get().run_at - timezone.now()
    assert timedelta(seconds=50) < wait <= timedelta(minutes=1)
    sink.on_rcpt = lambda _address: None
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        deliver(row)

    assert (row.state, row.attempts, row.error, len(sink.messages)) == ("sent", 2, "", 1)
    assert logs() == [(2, 31, 900), (2, 30, 900)]
    assert Job.objects.get().state == "done"


def test_a_server_that_stays_busy_is_given_up_after_a_day(company: Company, sink: Sink) -> None:
    sink.on_data = lambda _envelope: "452 4.3.1 No room"
    row = deliver(queued(company))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        while row.state == "queued":
            clock.shift(timedelta(hours=12))
            deliver(row)

    assert (row.state, row.attempts, row.error) == ("failed", 8, "452 4.3.1 No room")
    assert [event for _category, event, _type in logs()] == [31] * 7 + [32]
    assert sum(sending.PAUSES, timedelta()) > timedelta(hours=20)


def test_an_address_that_does_not_exist_fails_at_once(company: Company, sink: Sink) -> None:
    sink.on_rcpt = lambda _address: "550 5.1.1 No such user"
    row = deliver(queued(company))

    assert (row.state, row.attempts, row.error) == ("failed", 1, "550 5.1.1 No such user")
    assert sink.messages == []
    assert logs() == [(2, 32, 900)]
    assert SystemLog.objects.get().log["error"] == "550 5.1.1 No such user"


def test_a_refused_recipient_counts_though_a_hidden_copy_was_taken(company: Company, sink: Sink) -> None:
    sink.on_rcpt = lambda address: "550 5.1.1 No such user" if address.startswith("claire") else None
    row = deliver(queued(company, settings=Preferences(({"bcc_email": "archive@atelier.example"},))))

    assert (row.state, row.error) == ("failed", "550 5.1.1 No such user")
    assert [envelope.rcpt_tos for envelope in sink.envelopes] == [["archive@atelier.example"]]


def test_a_dead_server_is_tried_again(company: Company, settings: Any) -> None:
    settings.EMAIL_PORT = free_port()
    row = deliver(queued(company))

    assert (row.state, row.attempts) == ("queued", 1)
    assert row.error.startswith("ConnectionRefusedError: ")
    assert logs() == [(2, 31, 900)]


def test_a_server_that_hangs_up_before_the_message_is_tried_again(company: Company, sink: Sink) -> None:
    sink.on_mail = lambda: "421 4.3.2 Closing"
    row = deliver(queued(company))

    assert (row.state, row.attempts) == ("queued", 1)


def test_a_line_lost_after_the_message_leaves_it_unknown(company: Company, sink: Sink) -> None:
    def take_and_hang_up(envelope: Any) -> str:
        sink.keep(envelope)
        return "hang up"

    sink.on_data = take_and_hang_up
    row = deliver(queued(company))
    deliver(row)

    assert row.state == "unknown"
    assert row.error.startswith("SMTPServerDisconnected: ")
    assert len(sink.messages) == 1
    assert logs() == [(2, 32, 900)]
    assert SystemLog.objects.get().log["state"] == "unknown"


def test_a_mail_found_half_sent_is_unknown_and_not_sent(company: Company, sink: Sink) -> None:
    row = queued(company)
    MailDelivery.objects.update(state="sending")
    deliver(row)

    assert (row.state, sink.messages) == ("unknown", [])


def test_a_mail_that_another_worker_took_is_left_to_it(
    company: Company, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queued(company)
    begin = sending._begin

    def late(one: MailDelivery, message_id: str) -> None:
        MailDelivery.objects.update(state="sending")
        begin(one, message_id)

    monkeypatch.setattr(sending, "_begin", late)
    deliver(row)

    assert (row.state, sink.messages, logs()) == ("sending", [], [])


def test_an_attachment_that_cannot_be_made_puts_the_mail_off(company: Company, sink: Sink) -> None:
    made: list[int] = []

    @attachment("invoice_pdf")
    def make(pk: int) -> Attachment:
        made.append(pk)
        if len(made) == 1:
            raise OSError("no ink")
        return Attachment("f.pdf", PDF, "application/pdf")

    row = deliver(queued(company, attachments=[AttachmentRef("invoice_pdf", 42)]))

    assert (row.state, row.error, sink.messages) == ("queued", "OSError: no ink", [])
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        deliver(row)
    assert (row.state, len(sink.messages)) == ("sent", 1)


def test_attachments_that_no_server_would_take_fail_with_a_reason(company: Company, sink: Sink) -> None:
    attachment("big")(lambda pk: Attachment("big.bin", b"x" * (21 * 1024 * 1024), "application/zip"))
    row = deliver(queued(company, attachments=[AttachmentRef("big", 1)]))

    assert (row.state, row.error) == ("failed", "The attachments are larger than 20 MB.")
    assert sink.messages == []


def test_an_attachment_that_is_gone_is_left_out(company: Company, sink: Sink) -> None:
    attachment("file")(lambda pk: None)
    row = deliver(queued(company, attachments=[AttachmentRef("file", 1)]))

    assert row.state == "sent"
    assert list(sink.messages[0].iter_attachments()) == []


def test_the_text_of_a_secret_mail_is_forgotten_once_it_is_over(company: Company, sink: Sink) -> None:
    row = deliver(queued(company, body="Clef : abc123", secret=True))

    assert "abc123" in sink.messages[0].get_body(("plain",)).get_content()
    assert (row.state, row.text, row.html) == ("sent", "", "")


def test_who_waits_for_the_outcome_is_told(company: Company, sink: Sink) -> None:
    told: list[tuple[int, str]] = []
    outcome("invoice")(lambda delivery: told.append((delivery.object_id, delivery.state)))
    outcome("quote")(lambda delivery: told.append((0, "wrong")))
    deliver(queued(company))
    sink.on_rcpt = lambda _address: "550 no"
    deliver(queued(company, object_id=43))

    assert told == [(42, "sent"), (43, "failed")]


def test_a_follower_that_fails_is_asked_again_and_undoes_nothing(company: Company, sink: Sink) -> None:
    told: list[int] = []

    @outcome("invoice")
    def follow(delivery: MailDelivery) -> None:
        told.append(delivery.object_id)
        if len(told) == 1:
            raise LookupError("not there yet")

    row = deliver(queued(company))
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        deliver(row)

    assert (row.state, told, len(sink.messages)) == ("sent", [42, 42], 1)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_mails_that_nobody_works_on_any_more_are_shown(company: Company) -> None:
    waiting, begun, fresh = (queued(company, occurrence=str(n)) for n in range(3))
    Job.objects.filter(args={"delivery": waiting.pk}).update(state="failed")
    long_ago = timezone.now() - timedelta(hours=2)
    MailDelivery.objects.filter(pk=begun.pk).update(state="sending", updated_at=long_ago)

    handlers.settle_lost_mails()

    states = dict(MailDelivery.objects.values_list("occurrence", "state"))
    assert states == {"0": "failed", "1": "unknown", "2": "queued"}
    assert fresh.state == "queued"


class OwnServer:
    """A company's server: TLS, a name and a password."""

    def __init__(self) -> None:
        self.seen: list[tuple[bytes, bytes]] = []

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        self.seen.append((login.login, login.password))
        return AuthResult(success=login.password == b"s3cret-passw0rd", handled=False)


@pytest.fixture
def own_server(tmp_path: Any) -> Iterator[tuple[Sink, OwnServer]]:
    door = OwnServer()
    context = _certificate(tmp_path)
    with listening(
        tls_context=context, authenticator=door, auth_required=True, require_starttls=True
    ) as sink:
        yield sink, door


def _certificate(folder: Any) -> ssl.SSLContext:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1)
    )
    signed = built.sign(key, hashes.SHA256())
    pem = signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def use(company: Company, sink: Sink, **switches: Any) -> None:
    company.switches = {
        "smtp_host": "127.0.0.1",
        "smtp_port": sink.port,
        "smtp_encryption": "tls",
        "smtp_username": "factures@atelier.example",
        "smtp_local_domain": "atelier.example",
        "smtp_verify_peer": False,
        **switches,
    }
    company.settings["email_sending_method"] = "smtp"
    company.smtp_password = seal_password(company, "s3cret-passw0rd")
    company.save()


def test_a_company_sends_through_its_own_server(company: Company, own_server: tuple[Sink, OwnServer]) -> None:
    sink, door = own_server
    use(company, sink)
    row = deliver(queued(company))

    assert (row.state, row.error) == ("sent", "")
    assert door.seen == [(b"factures@atelier.example", b"s3cret-passw0rd")]
    assert sink.messages[0]["From"] == "Atelier Lumière <bonjour@atelier.example>"


def test_a_certificate_that_does_not_fit_is_not_trusted(
    company: Company, own_server: tuple[Sink, OwnServer]
) -> None:
    sink, door = own_server
    use(company, sink, smtp_verify_peer=True)
    row = deliver(queued(company))

    assert row.state == "queued"
    assert row.error.startswith("SSLCertVerificationError: ")
    assert (door.seen, sink.messages) == ([], [])


def test_a_wrong_password_can_be_mended_and_shows_nowhere(
    company: Company, own_server: tuple[Sink, OwnServer], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="comptoir")
    sink, _door = own_server
    use(company, sink)
    company.smtp_password = seal_password(company, "wr0ng-passw0rd")
    company.save()
    row = deliver(queued(company))

    assert row.state == "queued"
    assert row.error.startswith("535 ")
    job = Job.objects.get()
    for text in (row.error, job.error, str(job.args), str(SystemLog.objects.get().log), caplog.text):
        assert "passw0rd" not in text
    company.smtp_password = seal_password(company, "s3cret-passw0rd")
    company.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver(row).state == "sent"


def test_a_way_of_sending_that_is_not_there_fails_with_a_reason(company: Company, sink: Sink) -> None:
    preferences = Preferences(({"email_sending_method": "gmail", "custom_sending_email": "a@x.example"},))
    row = deliver(queued(company, settings=preferences))
    assert row.state == "failed"
    assert "This way of sending mail is not installed." in row.error
    assert sink.messages == []


def test_the_trial_says_what_the_server_said(company: Company, sink: Sink) -> None:
    send_trial(company, Preferences((company.settings,)), "moi@atelier.example", locale="fr_FR")
    sink.on_rcpt = lambda _address: "550 5.1.1 No such user"
    with pytest.raises(Refused) as refusal:
        send_trial(company, Preferences((company.settings,)), "moi@atelier.example", locale="fr_FR")

    assert [message["Subject"] for message in sink.messages] == ["Message d’essai – Atelier Lumière"]
    assert refusal.value.errors == {"recipient": ["550 5.1.1 No such user"]}
    assert MailDelivery.objects.count() == 0


def test_a_job_for_a_mail_that_is_gone_or_over_does_nothing(company: Company, sink: Sink) -> None:
    row = deliver(queued(company))
    sending.send_mail(delivery=row.pk)
    sending.send_mail(delivery=row.pk + 1)

    assert len(sink.messages) == 1

"""Sending by the API of a provider: what exactly is posted, and what follows from each answer."""

from __future__ import annotations

import base64
import logging
import os
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from comptoir.activity import worker
from comptoir.activity.actors import SYSTEM
from comptoir.activity.models import Job, SystemLog
from comptoir.delivery.mail import attachments, heard, marks, outcomes, sending
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.models import DeadAddress, MailDelivery
from comptoir.delivery.mail.providers.ses import smtp_password
from comptoir.delivery.mail.trial import send_trial
from comptoir.delivery.mail.waiting import lacks_server, wake_all
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.mail_doubles import TAKEN, Services, standing

from .mail_cast import atelier, queued
from .mail_sink import listening

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {
    "postmark": {"postmark_secret": "pm-s3cret"},
    "mailgun": {"mailgun_secret": "mg-s3cret", "mailgun_domain": "mg.atelier.example"},
    "brevo": {"brevo_secret": "bv-s3cret"},
}
PDF = b"%PDF-1.7\n" + bytes(range(256))


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with standing() as services:
        yield services


@pytest.fixture
def company(settings: Any, services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    services.posted.clear()
    services.says, services.hangs_up = None, False
    settings.MAIL_PROVIDERS = services.settings
    monkeypatch.setattr(attachments, "_makers", {})
    monkeypatch.setattr(outcomes, "_follow", {})
    with acting_for(atelier()) as company:
        yield company


def use(company: Company, name: str, **more: Any) -> None:
    """Choose a provider, with its keys."""
    wanted = {"email_sending_method": f"client_{name}", **KEYS.get(name, {}), **more}
    update_company(company, {"settings": wanted}, by=SYSTEM, on=timezone.now().date())


def mail(company: Company, **more: Any) -> MailDelivery:
    return queued(company, settings=Preferences((company.settings,)), **more)


def deliver(row: MailDelivery) -> MailDelivery:
    while worker.run_once():
        pass
    row.refresh_from_db()
    return row


def test_postmark_is_posted_the_whole_mail(company: Company, services: Services) -> None:
    use(company, "postmark", bcc_email="archive@atelier.example")
    attachment("invoice_pdf")(lambda pk: Attachment("Facture été.pdf", PDF, "application/pdf"))
    row = deliver(
        mail(
            company,
            recipient_name="Claire Été",
            cc=["chef@client.example"],
            unsubscribe="https://x.example/u",
            attachments=[AttachmentRef("invoice_pdf", 42)],
        )
    )
    (posted,) = services.posted
    text, html = posted.data.pop("TextBody"), posted.data.pop("HtmlBody")
    assert (text, html) == (row.text, row.html)
    assert (posted.path, posted.headers["X-Postmark-Server-Token"]) == ("/postmark/email", "pm-s3cret")
    headers = {one["Name"]: one["Value"] for one in posted.data.pop("Headers")}
    assert headers == {
        "Message-ID": row.message_id,
        "X-PM-KeepID": "true",
        "List-Unsubscribe": "<https://x.example/u>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mark = posted.data.pop("Metadata")
    assert marks.read(mark["mail"]) == (row.pk, 1)
    assert posted.data == {
        "From": "Atelier Lumière <bonjour@atelier.example>",
        "To": "Claire Été <claire@client.example>",
        "Cc": "chef@client.example",
        "Bcc": "archive@atelier.example",
        "ReplyTo": "bonjour@atelier.example",
        "Subject": "Facture F2026-0042 – Atelier Lumière",
        "TrackOpens": False,
        "TrackLinks": "None",
        "Attachments": [
            {
                "Name": "Facture été.pdf",
                "Content": base64.b64encode(PDF).decode(),
                "ContentType": "application/pdf",
            }
        ],
    }
    assert (row.state, row.number, row.handed) == ("sent", "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", 1)


@pytest.mark.parametrize(
    ("endpoint", "path"), [("api.mailgun.net", "/mailgun"), ("api.eu.mailgun.net", "/mailgun-eu")]
)
def test_mailgun_is_posted_a_form(company: Company, services: Services, endpoint: str, path: str) -> None:
    use(company, "mailgun", mailgun_endpoint=endpoint)
    attachment("invoice_pdf")(lambda pk: Attachment("F42.pdf", PDF, "application/pdf"))
    row = deliver(mail(company, attachments=[AttachmentRef("invoice_pdf", 42)]))
    (posted,) = services.posted
    assert posted.path == f"{path}/v3/mg.atelier.example/messages"
    assert posted.headers["Authorization"] == "Basic " + base64.b64encode(b"api:mg-s3cret").decode()
    assert marks.read(posted.data.pop("v:mail")) == (row.pk, 1)
    lines = {
        key: value.replace("\r\n", "\n") for key, value in posted.data.items() if key in ("text", "html")
    }
    assert lines == {"text": row.text, "html": row.html}
    assert {key: value for key, value in posted.data.items() if key not in lines} == {
        "from": "Atelier Lumière <bonjour@atelier.example>",
        "to": "claire@client.example",
        "h:Reply-To": "bonjour@atelier.example",
        "h:Message-Id": row.message_id,
        "subject": "Facture F2026-0042 – Atelier Lumière",
        "o:tracking-opens": "no",
        "o:tracking-clicks": "no",
        "attachment": ("F42.pdf", PDF),
    }
    assert (row.state, row.number) == ("sent", "20261124.1@mg.atelier.example")


def test_brevo_is_posted_an_object(company: Company, services: Services) -> None:
    use(company, "brevo", custom_sending_email="factures@atelier.example")
    attachment("invoice_pdf")(lambda pk: Attachment("F42.pdf", PDF, "application/pdf"))
    row = deliver(mail(company, attachments=[AttachmentRef("invoice_pdf", 42)]))
    (posted,) = services.posted
    assert (posted.path, posted.headers["api-key"]) == ("/brevo/v3/smtp/email", "bv-s3cret")
    headers = posted.data.pop("headers")
    assert headers.pop("X-Mailin-custom").startswith('{"mail": "')
    assert headers == {"Message-ID": row.message_id}
    assert posted.data == {
        "sender": {"name": "Atelier Lumière", "email": "factures@atelier.example"},
        "to": [{"email": "claire@client.example"}],
        "replyTo": {"email": "bonjour@atelier.example"},
        "subject": "Facture F2026-0042 – Atelier Lumière",
        "textContent": row.text,
        "htmlContent": row.html,
        "attachment": [{"name": "F42.pdf", "content": base64.b64encode(PDF).decode()}],
    }
    assert (row.state, row.number) == ("sent", "202611241000.1@smtp-relay.mailin.fr")


BUSY = {"message": "Slow down"}
POSTMARK = {"ErrorCode": 300, "Message": "Invalid 'From' address: 'x'."}


@pytest.mark.parametrize(
    ("name", "status", "said", "state", "error"),
    [
        ("postmark", 401, {"ErrorCode": 10, "Message": "Bad token."}, "queued", "Postmark 401: Bad token."),
        ("mailgun", 401, b"Forbidden", "queued", "Mailgun 401: Forbidden"),
        ("brevo", 401, {"message": "Key not found"}, "queued", "Brevo 401: Key not found"),
        ("brevo", 402, {"message": "No credits"}, "queued", "Brevo 402: No credits"),
        ("postmark", 429, BUSY, "queued", "Postmark 429: Slow down"),
        ("mailgun", 429, BUSY, "queued", "Mailgun 429: Slow down"),
        ("brevo", 429, BUSY, "queued", "Brevo 429: Slow down"),
        ("postmark", 500, b"", "queued", "Postmark 500: Internal Server Error"),
        ("mailgun", 503, b"down", "queued", "Mailgun 503: down"),
        ("postmark", 422, POSTMARK, "failed", "Postmark 422: Invalid 'From' address: 'x'."),
        ("postmark", 422, {"ErrorCode": 400, "Message": "Sender?"}, "queued", "Postmark 422: Sender?"),
        ("mailgun", 400, {"message": "from is missing"}, "failed", "Mailgun 400: from is missing"),
        ("brevo", 400, {"message": "sender is not valid"}, "failed", "Brevo 400: sender is not valid"),
        ("mailgun", 504, b"gateway", "unknown", "Mailgun 504: gateway"),
        ("brevo", 201, b"<html>", "unknown", "Brevo 201: <html>"),
    ],
)  # fmt: skip
def test_each_answer_is_weighed(
    company: Company, services: Services, name: str, status: int, said: Any, state: str, error: str
) -> None:
    use(company, name)
    services.says = (status, said)
    row = deliver(mail(company))
    assert (row.state, row.error, row.number) == (state, error, "")
    waits = Job.objects.filter(state=Job.State.QUEUED).count()
    assert (waits, len(services.posted)) == (1 if state == "queued" else 0, 1)
    services.says = None
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        deliver(row)
    assert (row.state, len(services.posted)) == (("sent", 2) if state == "queued" else (state, 1))


def test_an_inactive_recipient_is_final(company: Company, services: Services) -> None:
    use(company, "postmark")
    words = "You tried to send to a recipient that has been marked as inactive. Found inactive addresses: claire@client.example. Inactive recipients are ones that have generated a hard bounce."  # fmt: skip  # noqa: E501
    services.says = (422, {"ErrorCode": 406, "Message": words})
    row = deliver(mail(company))
    assert (row.state, row.error) == ("failed", f"Postmark 406: {words}")


INACTIVE = "Message OK, but will not deliver to these inactive addresses: {}. Inactive recipients are ones that have generated a hard bounce or a spam complaint."  # fmt: skip  # noqa: E501
BAD_COPY = "Error parsing 'Cc': Illegal email domain 'x' in address 'chef@client.example'."


@pytest.mark.parametrize(
    ("status", "said", "state", "error"),
    [
        (200, {"Message": INACTIVE.format("claire@client.example")}, "failed", "Postmark 406: Message OK"),
        (200, {"Message": INACTIVE.format("chef@client.example")}, "sent", ""),
        (422, {"Message": BAD_COPY, "ErrorCode": 300}, "failed", "Postmark 422: Error parsing 'Cc'"),
    ],
)
def test_what_postmark_takes_for_the_copies_only_is_not_sent(
    company: Company, services: Services, status: int, said: Any, state: str, error: str
) -> None:
    use(company, "postmark")
    taken = TAKEN["postmark"] if status == 200 else {}
    services.says = (status, {**taken, "To": "Claire@client.example", **said})
    row = deliver(mail(company, cc=["chef@client.example"]))
    assert (row.state, row.error.startswith(error), bool(row.error)) == (state, True, bool(error))


@pytest.mark.parametrize(
    ("trusted", "state"), [(True, "unknown"), (False, "queued")], ids=["broken answer", "not trusted"]
)
def test_tls_that_breaks_leaves_it_open_once_the_mail_is_gone(
    company: Company, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, trusted: bool, state: str
) -> None:
    use(company, "brevo")
    here = localhost(tmp_path)
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "here.pem"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.MAIL_PROVIDERS = {"brevo": f"https://localhost:{server.getsockname()[1]}/v3/"}
        thread = Thread(target=garbled, args=(server, here))
        thread.start()
        row = deliver(mail(company))
        thread.join()
    assert (row.state, row.error) == (state, "SSLError: Brevo")


def garbled(server: socket.socket, context: ssl.SSLContext) -> None:
    """Take one request by TLS, and answer with what is none."""
    plain, _address = server.accept()
    with plain:
        try:
            inner = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=True)
        except ssl.SSLError:
            return
        with inner:
            request = piece = inner.recv(65536)
            while piece and not request.endswith(b"}"):  # in pieces; what is unread would be a reset
                piece = inner.recv(65536)
                request += piece
            os.write(inner.fileno(), b"HTTP/1.1 200 OK\r\n\r\n")


def test_a_connection_that_breaks_after_the_request_leaves_it_open(
    company: Company, services: Services
) -> None:
    use(company, "brevo")
    services.hangs_up = True
    row = deliver(mail(company))
    assert (row.state, row.error, len(services.posted)) == ("unknown", "ConnectionError: Brevo", 1)


def test_a_provider_that_cannot_be_reached_is_asked_again(
    company: Company, services: Services, settings: Any
) -> None:
    use(company, "brevo")
    settings.MAIL_PROVIDERS = {"brevo": "http://127.0.0.1:9/v3/"}
    row = deliver(mail(company))
    assert (row.state, row.error) == ("queued", "ConnectionError: Brevo")
    settings.MAIL_PROVIDERS = services.settings
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver(row).state == "sent"


@pytest.mark.parametrize(
    ("answer", "what", "state", "error"),
    [
        (None, "bounced", "failed", "550 5.1.1 Unknown"),
        (None, "returned", "failed", "550 5.1.1 Unknown"),
        (None, "spam", "sent", ""),
        ((500, b"Oh"), "delivered", "sent", ""),
        ((500, b"Oh"), "bounced", "failed", "550 5.1.1 Unknown"),
        ((504, b"Oh"), "delivered", "sent", ""),
    ],
)
def test_news_that_outrun_the_answer_are_the_later_ones(
    company: Company,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    answer: Any,
    what: str,
    state: str,
    error: str,
) -> None:
    use(company, "postmark")
    services.says = answer
    row = mail(company)
    mark, through = marks.marked(row), sending._try

    def outrun(row: MailDelivery) -> Any:
        fault = through(row)
        told = {"recipient": row.recipient, "mark": mark, "number": "", "said": "550 5.1.1 Unknown"}
        heard.follow(provider="postmark", what=what, **told)
        return fault

    monkeypatch.setattr(sending, "_try", outrun)
    deliver(row)
    assert (row.state, row.arrival, row.error) == (state, what, error)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        deliver(row)
    assert (row.state, len(services.posted)) == (state, 1)


@pytest.mark.parametrize("name", ["postmark", "mailgun", "brevo", "ses"])
def test_without_its_key_mails_wait_and_leave_once_it_is_typed(
    company: Company, services: Services, name: str
) -> None:
    use(company, name, **dict.fromkeys(KEYS.get(name, {}), ""))
    row = deliver(mail(company))
    assert (row.state, lacks_server(company), services.posted) == ("waiting", True, [])
    if name != "ses":
        use(company, name)
        assert (wake_all(), deliver(row).state, lacks_server(company)) == (1, "sent", False)


def test_keys_are_sealed_and_show_nowhere(
    company: Company, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="comptoir")
    use(company, "mailgun")
    services.says = (401, b"Forbidden")
    row = deliver(mail(company))
    stored = Company.objects.get(pk=company.pk).settings
    for text in (stored, row.error, Job.objects.get().error, SystemLog.objects.get().log, caplog.text):
        assert "s3cret" not in str(text)


def test_a_key_of_another_company_is_none(company: Company, services: Services) -> None:
    use(company, "brevo")
    other = Company.objects.create(account=company.account, company_key="o" * 32, settings=company.settings)
    with acting_for(other), pytest.raises(Refused) as refusal:
        send_trial(other, Preferences((other.settings,)), "moi@atelier.example", locale="fr_FR")
    assert list(refusal.value.errors) == ["brevo_secret"]
    assert services.posted == []


def test_the_trial_says_what_the_provider_said(company: Company, services: Services) -> None:
    use(company, "brevo")
    send_trial(company, Preferences((company.settings,)), "moi@atelier.example", locale="fr_FR")
    services.says = (401, {"message": "Key not found"})
    with pytest.raises(Refused) as refusal:
        send_trial(company, Preferences((company.settings,)), "moi@atelier.example", locale="fr_FR")
    assert [one.data["subject"] for one in services.posted] == ["Message d’essai – Atelier Lumière"] * 2
    assert refusal.value.errors == {"recipient": ["Brevo 401: Key not found"]}
    assert MailDelivery.objects.count() == 0


class Door:
    """Amazon's SMTP server: keeps who came in."""

    def __init__(self) -> None:
        self.seen: list[tuple[bytes, bytes]] = []

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        self.seen.append((login.login, login.password))
        return AuthResult(success=True)


SES = {
    "ses_access_key": "AKIAIOSFODNN7EXAMPLE",
    "ses_secret_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ses_region": "eu-west-3",
    "ses_from_address": "factures@atelier.example",
}


def localhost(folder: Any) -> ssl.SSLContext:
    """A certificate for this machine; ``folder`` / "here.pem" says that it is to be believed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1)
    )
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    public = built.sign(key, SHA256()).public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "here.pem").write_bytes(public)
    (folder / "server.pem").write_bytes(public + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_amazon_takes_mails_by_its_smtp_door(
    company: Company, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(company, "ses", **SES)
    door = Door()
    here = localhost(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "here.pem"))
    with listening(tls_context=here, authenticator=door, auth_required=True, require_starttls=True) as sink:

        def take(envelope: Any) -> str:
            sink.keep(envelope)
            return "250 Ok 0109019b1c7e-1234-000000"

        sink.on_data = take
        settings.MAIL_PROVIDERS = {"ses": f"smtp+tls://localhost:{sink.port}"}
        row = deliver(mail(company))
    assert (row.state, row.error, row.number) == ("sent", "", "0109019b1c7e-1234-000000")
    assert sink.messages[0]["From"] == "Atelier Lumière <factures@atelier.example>"
    assert door.seen == [
        (b"AKIAIOSFODNN7EXAMPLE", smtp_password(SES["ses_secret_key"], "eu-west-3").encode())
    ]


@pytest.mark.parametrize(
    ("secret", "region", "password"),
    [
        ("some+secret+key", "eu-central-1", "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2"),
        ("another+secret+key", "us-west-1", "BKVmjjMDFk/qqw8EROW99bjCS65PF8WKvK5bSr4Y6EqF"),
    ],
)
def test_the_password_of_amazons_door_is_the_one_that_others_work_out(
    secret: str, region: str, password: str
) -> None:
    assert smtp_password(secret, region) == password


def test_a_region_that_is_none_is_refused_at_its_field(company: Company) -> None:
    use(company, "ses", **{**SES, "ses_region": "evil.example/"})
    with pytest.raises(Refused) as refusal:
        send_trial(company, Preferences((company.settings,)), "moi@atelier.example", locale="en")
    assert list(refusal.value.errors) == ["ses_region"]


def test_a_mailbox_that_does_not_exist_is_remembered_whoever_says_so(company: Company, settings: Any) -> None:
    with listening() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        sink.on_rcpt = lambda _address: "550 5.1.1 No such user"
        assert deliver(queued(company, recipient="Claire@client.example")).state == "failed"
        sink.on_rcpt = lambda _address: "550 5.7.1 Blocked by policy"
        assert deliver(queued(company, recipient="paul@client.example")).state == "failed"
    assert list(DeadAddress.objects.values_list("address", "said", "is_complaint")) == [
        ("claire@client.example", "550 5.1.1 No such user", False)
    ]

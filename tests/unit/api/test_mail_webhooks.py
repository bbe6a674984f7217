"""What providers tell of mails: believed when it is theirs, told twice or in any order to the same end."""

from __future__ import annotations

import hmac
import itertools
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection

from comptoir.activity import worker
from comptoir.activity.models import Activity, Job, SystemLog
from comptoir.delivery.mail import listening, marks
from comptoir.delivery.mail.models import DeadAddress, MailDelivery
from comptoir.delivery.mail.providers import sns
from comptoir.sales.invoices.models import InvoiceInvitation as Invitation
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.mail_doubles import Services, standing

from .conftest import Cast, Door

ANN = "ann@example.com"
TOPIC = "arn:aws:sns:eu-west-3:123456789012:mails"


@pytest.fixture
def mail(cast: Cast, door: Door) -> MailDelivery:
    """An invoice to Ann, which the provider took a moment ago."""
    contact = {"first_name": "Ann", "email": "Ann@example.com", "send_email": True}
    client = door.post("clients", {"name": "Ann Ltd", "contacts": [contact]}).rows["id"]
    key = door.post("invoices", {"client_id": client, "line_items": [{"cost": 5, "quantity": 1}]}).rows["id"]
    door.post("emails", {"entity": "invoice", "entity_id": key, "template": "email_template_invoice"})
    secrets = {"mailgun_secret": "mg-key", "mailgun_webhook_secret": "mg-sign", "ses_topic_arn": TOPIC}
    door.put(f"companies/{door.get('companies').rows[0]['id']}", {"settings": secrets})
    with acting_for(cast.company):
        Job.objects.all().delete()
        row = MailDelivery.objects.get()
        row.mark = marks.marked(row)
        row.state, row.handed, row.number, row.sent_at = "sent", 1, "n-1", datetime.now(UTC)
        row.save()
        return row


def basic(company: Company, user: str = "", password: str = "") -> str:
    known = listening.address(company, "postmark").partition("//")[2].partition("@")[0].split(":")
    return "Basic " + b64encode(f"{user or known[0]}:{password or known[1]}".encode()).decode()


def post(cast: Cast, name: str, told: Any, **more: str) -> int:
    company = Company.objects.get(pk=cast.company.pk)
    return Door().post(f"{name}_webhook", told, authorization=more.get("auth") or basic(company)).status


def work() -> None:
    while worker.run_once():
        pass


def now(cast: Cast, row: MailDelivery) -> tuple[str, str, str, str, str]:
    """The mail and its invitation, once the worker has done its work."""
    work()
    with acting_for(cast.company):
        row.refresh_from_db()
        invitation = Invitation.objects.get()
    return row.state, row.arrival, row.error, invitation.email_status, invitation.email_error


def logs(cast: Cast) -> list[int]:
    with acting_for(cast.company):
        return list(SystemLog.objects.filter(category_id=2).order_by("id").values_list("event_id", flat=True))


def dead(cast: Cast) -> list[tuple[str, bool]]:
    with acting_for(cast.company):
        return list(DeadAddress.objects.values_list("address", "is_complaint"))


NEW = itertools.count()


def postmark(row: Any, what: str, to: str = ANN, mark: str = "") -> dict[str, Any]:
    told = {"MessageID": f"pm-{next(NEW)}", "Metadata": {"mail": mark or row.mark}}
    if what == "Delivery":
        return {**told, "RecordType": what, "Recipient": to, "DeliveredAt": "2026-11-24T10:00:00Z"}
    kind = "SpamComplaint" if what == "SpamComplaint" else "Bounce"
    said = "smtp;550 5.1.1 The account does not exist"
    return {**told, "RecordType": kind, "Type": what, "ID": next(NEW), "Email": to, "Details": said}


def mailgun(row: Any, what: str, to: str = ANN, key: str = "mg-sign") -> dict[str, Any]:
    events: dict[str, dict[str, Any]] = {
        "Delivery": {"event": "delivered"},
        "HardBounce": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "delivery-status": {"code": 550, "message": "5.1.1 The account does not exist"},
        },
        "SoftBounce": {"event": "failed", "severity": "permanent", "reason": "old"},
        "Transient": {"event": "failed", "severity": "temporary"},
        "SpamComplaint": {"event": "complained"},
        "Open": {"event": "opened"},
    }
    event = {"id": f"mg-{next(NEW)}", "recipient": to, "user-variables": {"mail": row.mark}, **events[what]}
    stamp, token = "1764000000", f"t{next(NEW)}"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), "sha256").hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": event,
    }


def brevo(row: Any, what: str, to: str = ANN) -> dict[str, Any]:
    events = {
        "Delivery": "delivered",
        "HardBounce": "hard_bounce",
        "SoftBounce": "soft_bounce",
        "Transient": "deferred",
        "SpamComplaint": "spam",
        "Open": "opened",
    }
    told = {"event": events[what], "email": to, "message-id": "<x@mailin.fr>", "ts_epoch": next(NEW)}
    reason = {"reason": "550 5.1.1 The account does not exist"} if what == "HardBounce" else {}
    return {**told, **reason, "X-Mailin-custom": json.dumps({"mail": row.mark})}


Told = Callable[..., dict[str, Any]]
EACH = pytest.mark.parametrize("told", [postmark, mailgun, brevo])


@EACH
def test_a_mail_that_arrived_is_on_record(cast: Cast, mail: MailDelivery, told: Told) -> None:
    assert post(cast, told.__name__, told(mail, "Delivery")) == 200
    assert now(cast, mail) == ("sent", "delivered", "", "delivered", "")
    assert (logs(cast), dead(cast)) == ([34], [])


@EACH
def test_a_mail_that_came_back_shows_everywhere(
    cast: Cast, door: Door, mail: MailDelivery, told: Told
) -> None:
    assert post(cast, told.__name__, told(mail, "HardBounce")) == 200
    state, arrival, error, status, said = now(cast, mail)
    assert (state, arrival, status) == ("failed", "bounced", "bounced")
    assert "550 5.1.1 The account does not exist" in error == said
    assert (logs(cast), dead(cast)) == ([32], [(ANN, False)])
    with acting_for(cast.company):
        assert Activity.objects.filter(fact="InvoiceEmailFailed").count() == 1
        log = SystemLog.objects.get(event_id=32)
        assert (log.client_id, log.log["recipient"], log.log["error"]) == (mail.client_id, ANN, error)
    (row,) = door.get("invoices?include=client").rows
    (invitation,) = row["invitations"]
    assert (invitation["email_status"], invitation["email_error"]) == ("bounced", error)
    (shown,) = door.post("emails/entityHistory", {"entity": "invoice", "entity_id": row["id"]}).data
    assert (shown["events"][0]["status"], shown["events"][0]["delivery_message"]) == ("bounced", error)


@EACH
def test_a_complaint_leaves_the_mail_sent(cast: Cast, mail: MailDelivery, told: Told) -> None:
    assert post(cast, told.__name__, told(mail, "SpamComplaint")) == 200
    assert now(cast, mail) == ("sent", "spam", "", "spam", "")
    assert (logs(cast), dead(cast)) == ([33], [(ANN, True)])


@EACH
def test_news_of_no_matter_move_nothing(cast: Cast, mail: MailDelivery, told: Told) -> None:
    assert post(cast, told.__name__, told(mail, "Transient")) == 200
    assert now(cast, mail) == ("sent", "", "", "", "")
    assert (logs(cast), dead(cast)) == ([31], [])
    if told is not postmark:
        assert post(cast, told.__name__, told(mail, "Open")) == 200
    assert (Job.objects.exclude(state="done").count(), logs(cast)) == (0, [31])


@EACH
def test_what_is_told_three_times_is_heard_once(cast: Cast, mail: MailDelivery, told: Told) -> None:
    news = told(mail, "HardBounce")
    for _time in range(3):
        assert post(cast, told.__name__, news) == 200
        work()
    assert logs(cast) == [32]
    with acting_for(cast.company):
        assert Activity.objects.filter(fact="InvoiceEmailFailed").count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(["SoftBounce", "Delivery", "HardBounce"])))
def test_the_worst_holds_in_whatever_order_it_is_told(
    cast: Cast, mail: MailDelivery, order: tuple[str, ...]
) -> None:
    for what in order:
        post(cast, "postmark", postmark(mail, what))
    state, arrival, *_rest, status, _said = now(cast, mail)
    assert (state, arrival, status) == ("failed", "bounced", "bounced")


@pytest.mark.parametrize("order", [("SoftBounce", "Delivery"), ("Delivery", "SoftBounce")])
def test_a_mail_that_came_back_for_now_and_arrived_has_arrived(
    cast: Cast, mail: MailDelivery, order: tuple[str, ...]
) -> None:
    for what in order:
        post(cast, "brevo", brevo(mail, what))
        work()
    assert now(cast, mail) == ("sent", "delivered", "", "delivered", "")
    assert dead(cast) == []


def test_an_uncertain_mail_is_settled_by_the_news(cast: Cast, mail: MailDelivery) -> None:
    with acting_for(cast.company):
        MailDelivery.objects.update(state="unknown", error="ConnectionError: Postmark", sent_at=None)
    post(cast, "postmark", postmark(mail, "Delivery"))
    assert now(cast, mail)[:3] == ("sent", "delivered", "")
    assert mail.sent_at is not None


def test_a_mail_that_waits_to_be_tried_again_but_arrived_does_not_leave_twice(
    cast: Cast, mail: MailDelivery
) -> None:
    with acting_for(cast.company):
        MailDelivery.objects.update(state="queued", error="Postmark 500: Oh")
    post(cast, "postmark", postmark(mail, "Delivery"))
    assert now(cast, mail)[:3] == ("sent", "delivered", "")


@pytest.mark.parametrize(("tried", "state"), [(1, "failed"), (0, "queued")])
def test_what_came_back_does_not_leave_by_itself_again_but_for_a_person(
    cast: Cast, mail: MailDelivery, tried: int, state: str
) -> None:
    with acting_for(cast.company):
        MailDelivery.objects.update(state="queued", attempts=tried, error="Postmark 500: Oh")
    post(cast, "postmark", postmark(mail, "HardBounce"))
    assert now(cast, mail)[0] == state


@pytest.mark.parametrize("order", list(itertools.permutations(["SpamComplaint", "HardBounce", "Delivery"])))
def test_a_complaint_about_an_address_outlives_whatever_else_is_told(
    cast: Cast, mail: MailDelivery, order: tuple[str, ...]
) -> None:
    for what in order:
        post(cast, "postmark", postmark(mail, what))
        work()
    assert dead(cast) == [(ANN, True)]


def test_words_that_no_database_keeps_are_left_out(cast: Cast, mail: MailDelivery) -> None:
    told = {**postmark(mail, "HardBounce"), "Details": "550 5.1.1 Un\0known \ud800box"}
    assert post(cast, "postmark", told) == 200
    assert now(cast, mail)[2] == "550 5.1.1 Un known ?box"


def test_news_of_the_first_time_do_not_touch_the_second(cast: Cast, door: Door, mail: MailDelivery) -> None:
    with acting_for(cast.company):
        MailDelivery.objects.update(state="sent", handed=2)
    post(cast, "postmark", postmark(mail, "HardBounce"))
    assert now(cast, mail) == ("sent", "", "", "", "")
    assert (logs(cast), dead(cast)) == ([32], [(ANN, False)])


def test_a_copy_that_came_back_is_the_copys_own(cast: Cast, mail: MailDelivery) -> None:
    post(cast, "postmark", postmark(mail, "HardBounce", to="boss@example.com"))
    assert now(cast, mail) == ("sent", "", "", "", "")
    assert (logs(cast), dead(cast)) == ([32], [("boss@example.com", False)])


def test_a_stranger_is_refused(cast: Cast, mail: MailDelivery) -> None:
    company = Company.objects.get(pk=cast.company.pk)
    wrong = (
        basic(company, password="x" * 32),
        basic(company, user="nobody"),
        basic(cast.dora.company, user=company.company_key),
        *("Bearer x", "Basic !!", "Basic eDp5", " "),
    )
    for auth, told in itertools.product(wrong, (postmark, mailgun, brevo)):
        assert post(cast, told.__name__, told(mail, "HardBounce"), auth=auth) == 401, auth
    assert now(cast, mail) == ("sent", "", "", "", "")
    assert (logs(cast), dead(cast), Job.objects.count()) == ([], [], 0)


@pytest.mark.parametrize("change", ["signature", "token", "timestamp", "key", "none"])
def test_mailgun_must_sign(cast: Cast, mail: MailDelivery, change: str) -> None:
    told = mailgun(mail, "HardBounce", key="mg-key" if change == "key" else "mg-sign")
    if change == "none":
        del told["signature"]
    elif change != "key":
        told["signature"][change] = "0" + told["signature"][change][1:]
    assert post(cast, "mailgun", told) == 400
    assert (now(cast, mail)[0], logs(cast), Job.objects.count()) == ("sent", [], 0)


def test_nonsense_moves_nothing(cast: Cast, mail: MailDelivery) -> None:
    said: tuple[Any, ...] = (
        [],
        "text",
        {"event-data": 5},
        {"signature": []},
        {"RecordType": "Bounce", "Metadata": []},
    )
    for name, body in itertools.product(("postmark", "mailgun", "brevo", "ses"), said):
        assert post(cast, name, body) in (200, 400), (name, body)
    assert (now(cast, mail)[0], logs(cast), Job.objects.count()) == ("sent", [], 0)


def test_mails_of_another_company_and_marks_that_are_made_up_are_nothing(
    cast: Cast, mail: MailDelivery
) -> None:
    forged = mail.mark.replace("-", "-x", 1)  # type: ignore[attr-defined]
    assert post(cast, "postmark", postmark(mail, "HardBounce", mark=forged)) == 200
    theirs = basic(cast.dora.company)
    assert post(cast, "postmark", postmark(mail, "HardBounce"), auth=theirs) == 200
    assert now(cast, mail) == ("sent", "", "", "", "")
    assert (logs(cast), dead(cast)) == ([], [])


def test_who_asks_for_it_writes_to_the_address_again(cast: Cast, door: Door, mail: MailDelivery) -> None:
    post(cast, "postmark", postmark(mail, "HardBounce"))
    work()
    (row,) = door.get("invoices").rows
    (shown,) = door.post("emails/entityHistory", {"entity": "invoice", "entity_id": row["id"]}).data
    assert door.post(f"reactivate_email/{shown['events'][0]['bounce_id']}").status == 200
    assert dead(cast) == []
    with acting_for(cast.company):
        mail.refresh_from_db()
    assert (mail.state, mail.arrival, mail.error) == ("queued", "", "")


def test_a_complaint_is_forgiven_without_a_second_mail(cast: Cast, door: Door, mail: MailDelivery) -> None:
    post(cast, "postmark", postmark(mail, "SpamComplaint"))
    work()
    (row,) = door.get("invoices").rows
    (shown,) = door.post("emails/entityHistory", {"entity": "invoice", "entity_id": row["id"]}).data
    path = f"reactivate_email/{shown['events'][0]['bounce_id']}"
    assert (shown["events"][0]["status"], door.post(path).status, dead(cast)) == ("spam", 200, [])
    assert (now(cast, mail)[0], door.post(path).status) == ("sent", 400)


@pytest.fixture(scope="module")
def amazon() -> Iterator[tuple[Services, rsa.RSAPrivateKey]]:
    """Amazon's certificate, on this machine."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
    today = datetime.now(UTC)
    built = x509.CertificateBuilder(
        name, name, key.public_key(), 1, today - timedelta(days=1), today + timedelta(days=1)
    )
    with standing() as services:
        services.pages["/cert.pem"] = built.sign(key, SHA256()).public_bytes(Encoding.PEM)
        services.pages["/confirm"] = b"<ok/>"
        yield services, key


@pytest.fixture
def topic(amazon: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Makes signed messages."""
    services, key = amazon
    services.seen.clear()
    sns._key.cache_clear()
    monkeypatch.setattr(sns, "ORIGIN", re.compile(f"{services.url}/"))

    def signed(message: Any, kind: str = "Notification", **more: str) -> dict[str, Any]:
        told = {
            "Type": kind, "MessageId": f"sns-{next(NEW)}", "TopicArn": TOPIC, "Message": json.dumps(message),
            "Timestamp": "2026-11-24T10:00:00.000Z", "SignatureVersion": "2",
            "SigningCertURL": f"{services.url}/cert.pem", **more,
        }  # fmt: skip
        said = "".join(f"{name}\n{told[name]}\n" for name in sns._SIGNED[kind] if name in told)
        signature = key.sign(said.encode(), padding.PKCS1v15(), SHA256())
        return {**told, "Signature": b64encode(signature).decode()}

    return signed


def ses(what: str, number: str = "n-1") -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        "Delivery": {"delivery": {"recipients": [ANN], "smtpResponse": "250 ok"}},
        "Permanent": {"bounce": {"bounceType": "Permanent", "bouncedRecipients": [
            {"emailAddress": ANN, "diagnosticCode": "smtp; 550 5.1.1 user unknown"}]}},
        "Transient": {"bounce": {"bounceType": "Transient", "bouncedRecipients": [{"emailAddress": ANN}]}},
        "Complaint": {"complaint": {"complainedRecipients": [{"emailAddress": ANN}]}},
    }  # fmt: skip
    kind = "Bounce" if "bounce" in found[what] else what
    return {"notificationType": kind, "mail": {"messageId": number}, **found[what]}


@pytest.mark.parametrize(
    ("what", "state", "arrival", "event"),
    [
        ("Delivery", "sent", "delivered", 34),
        ("Permanent", "failed", "bounced", 32),
        ("Transient", "failed", "returned", 32),
        ("Complaint", "sent", "spam", 33),
    ],
)
def test_amazon_tells_by_a_signed_topic(
    cast: Cast, mail: MailDelivery, topic: Any, what: str, state: str, arrival: str, event: int
) -> None:
    news = topic(ses(what))
    assert [post(cast, "ses", news) for _time in range(2)] == [200, 200]
    assert (now(cast, mail)[:2], logs(cast)) == ((state, arrival), [event])
    assert post(cast, "ses", topic(ses(what, number="another"))) == 200
    work()
    assert logs(cast) == [event]


def test_while_amazon_is_asked_for_its_certificate_no_transaction_is_open(
    cast: Cast, mail: MailDelivery, topic: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths, through = [], sns._fetched
    outside = len(connection.savepoint_ids)

    def fetched(url: str) -> bytes:
        depths.append(len(connection.savepoint_ids) - outside)
        return through(url)

    monkeypatch.setattr(sns, "_fetched", fetched)
    assert post(cast, "ses", topic(ses("Delivery"))) == 200
    assert depths == [0]


def test_amazons_news_that_outrun_its_answer_are_heard(cast: Cast, mail: MailDelivery, topic: Any) -> None:
    with acting_for(cast.company):
        MailDelivery.objects.update(state="sending", number="")
    assert post(cast, "ses", topic(ses("Permanent"))) == 200
    work()
    with acting_for(cast.company):
        MailDelivery.objects.update(state="sent", number="n-1")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        assert now(cast, mail)[:2] == ("failed", "bounced")


@pytest.mark.parametrize(
    "change", ["Message", "MessageId", "TopicArn", "Signature", "SigningCertURL", "Type"]
)
def test_what_amazon_did_not_sign_is_refused(
    cast: Cast, mail: MailDelivery, topic: Any, amazon: Any, change: str
) -> None:
    wrong = {
        "Message": json.dumps(ses("Permanent")),
        "MessageId": "another",
        "TopicArn": TOPIC + "x",
        "Signature": b64encode(b"x" * 256).decode(),
        "SigningCertURL": "https://evil.example/cert.pem",
        "Type": "Nonsense",
    }
    assert post(cast, "ses", {**topic(ses("Delivery")), change: wrong[change]}) == 400
    assert (now(cast, mail)[:2], logs(cast), Job.objects.count()) == (("sent", ""), [], 0)


def test_only_the_companys_own_topic_is_confirmed(cast: Cast, topic: Any, amazon: Any, mail: Any) -> None:
    services, _key = amazon
    asked = {"kind": "SubscriptionConfirmation", "SubscribeURL": f"{services.url}/confirm", "Token": "t"}
    assert post(cast, "ses", topic("Confirm", **asked, TopicArn=TOPIC + "x")) == 400
    work()
    assert services.seen == []
    assert post(cast, "ses", topic("Confirm", **asked)) == 200
    work()
    assert services.seen == ["/cert.pem", "/confirm"]


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-3.amazonaws.com/x.pem",
        "https://sns.eu-west-3.amazonaws.com.evil.example/x.pem",
        "https://evil.example/sns.eu-west-3.amazonaws.com/",
        "https://sns.eu-west-3.amazonaws.com@evil.example/x.pem",
        "https://sns.s3.amazonaws.com/x.pem",
        "https://sns.s3-eu-west-1.amazonaws.com/x.pem",
        "https://sns.eu-west-3.amazonaws.com.cn@evil.example/x.pem",
    ],
)
def test_nobody_else_is_asked_for_amazons_certificate(url: str) -> None:
    assert sns.ORIGIN.match(url) is None
    assert sns.ORIGIN.match("https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-1.pem")

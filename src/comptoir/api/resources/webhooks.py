"""Webhooks on the wire (contract rules 19, schemas.json webhook)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.resources.records import record_named
from comptoir.api.resources.wire import Dated
from comptoir.contract import answers, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Code, Constant, Json, Key, Text
from comptoir.contract.reading import Reading
from comptoir.contract.resources import Resource
from comptoir.delivery.webhooks import operations
from comptoir.delivery.webhooks.bodies import body_of
from comptoir.delivery.webhooks.events import LAST
from comptoir.delivery.webhooks.jobs import tell_target
from comptoir.delivery.webhooks.models import Webhook


class Webhooks(Dated, Resource):
    path, entity, model = "webhooks", "webhook", Webhook

    id = Key("pk", writable=False)
    company_id = Key(writable=False)
    user_id = Key(writable=False)
    target_url = Text(required=True)
    event_id = Code(required=True)
    format = Constant("JSON")
    rest_method = Text(default="post")
    headers = Json(shape=dict)

    search = ("target_url",)
    create, update = operations.create_webhook, operations.update_webhook
    actions = {
        "archive": operations.archive_webhook,
        "restore": operations.restore_webhook,
        "delete": operations.delete_webhook,
    }
    removes = "archive"

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        """An event that does not exist is 400, as apps expect (decision T21)."""
        event = values.get("event_id")
        if event is not None and not 0 < event <= LAST:
            raise problems.Problem(400, _("There is no such event."))

    @route("POST", "{id}/retry")
    def retry(call: Call) -> HttpResponse:
        """Tell the target of a record once more, now."""
        webhook = call.row("edit")
        record = record_named(call)
        body = body_of(str(record._meta.model_name), record.pk)
        if body is None:
            raise problems.not_found()
        answer = tell_target(webhook, body, f"{webhook.pk}-retry-{record.pk}")
        said = _("The target answered %(status)s.") % {"status": answer.status or answer.error}
        return answers.message(said)

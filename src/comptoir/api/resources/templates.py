"""A mail as its recipient would see it, before it is sent (contract rules 22)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.utils import translation

from comptoir.api.resources.records import record_named, resource_named
from comptoir.billing.documents import BillingDocument
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import Text
from comptoir.contract.reading import Reading
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.mail.preview import preview
from comptoir.delivery.mail.texts import template_named
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.preferences.cascade import Preferences
from comptoir.reference import language
from comptoir.sales.invoices.models import Invoice

USUAL: Final = "invoice"


class Templates(Endpoints):
    path, entity = "templates", "invoice"

    @route("POST", "/templates")
    def written(call: Call) -> HttpResponse:
        """Subject and body with their placeholders filled in, and the whole mail in ``wrapper``."""
        reading = Reading(call.who)
        said = {
            name: Text().free(name).take(call.body.get(name) or "", name, reading)
            for name in ("template", "subject", "body")
        }
        template = template_named(str(said["template"] or USUAL))
        if template is None:
            reading.fault("template", "unknown")
        reading.settle()
        assert template is not None
        document = _document(call)
        settings, locale, kind, values = _reader(call, document, template)
        found = preview(
            call.who.company,
            settings,
            template,
            values,
            kind=kind,
            locale=locale,
            subject=str(said["subject"] or ""),
            body=str(said["body"] or ""),
        )
        # The encoder knows no SafeString.
        texts = {name: str.__str__(text) for name, text in found._asdict().items()}
        return answers.json({**texts, "cc_email": str(call.body.get("cc_email") or "")})


def _document(call: Call) -> BillingDocument | None:
    """The document that the body names, else the newest invoice that the caller sees."""
    if call.body.get("entity") and call.body.get("entity_id"):
        resource = resource_named(call, call.body.get("entity"))
        if resource is not None and issubclass(resource.model, BillingDocument):
            found = record_named(call)
            return found if isinstance(found, BillingDocument) else None
    newest: Any = call.who.seen(Invoice.objects.live(), "invoice").order_by("-pk").first()
    return newest


def _reader(
    call: Call, document: BillingDocument | None, template: str
) -> tuple[Preferences, str, str, dict[str, str]]:
    if document is None:
        settings = Preferences((call.who.company.settings,))
        spoken = language(str(settings.language_id))
        return settings, spoken.locale if spoken else "en", template.partition("_")[0], {}
    facts = facts_of(document)
    with translation.override(facts.reader.language):
        values = document_values(facts, Labels(facts.translations))
    return document.client.preferences, facts.reader.locale, document.kind.entity, values

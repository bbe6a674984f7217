"""A kind of records is declared once, in its model; the rooms above have what each of them owes it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from comptoir.activity import kinds
from comptoir.activity.kinds import Kind
from comptoir.api.registry import registry
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.kinds import KINDS as SENDABLE
from comptoir.delivery.runs.subjects import SUBJECTS
from comptoir.insight.exports.sheets import SHEETS
from comptoir.office.links import record_url
from comptoir.office.mails.kinds import KINDS as MAILS
from comptoir.office.modules import module_of
from comptoir.people.permissions import WORDED
from comptoir.portal.documents.kinds import KINDS as PORTAL
from comptoir.tagging import facts
from comptoir.tagging import kinds as tagging
from tests.shape.house import tables

KINDS = list(kinds.every())
OF_CLIENTS = [kind for kind in KINDS if issubclass(kind.model, BillingDocument)]
"""Documents: they are sent, shown in the portal and run through templates."""

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.entity)


def test_what_has_rights_of_its_own_is_declared() -> None:
    """A model on the wire whose entity has words in permissions, and every document."""
    ruled = {one.model for one in registry().resources.values() if one.entity in WORDED}
    documents = {model for model in tables() if issubclass(model, BillingDocument)}
    assert ruled | documents == {kind.model for kind in KINDS}


@every_kind
def test_it_has_words_in_permissions_and_its_place_on_the_wire(kind: Kind) -> None:
    resource = registry().resources[kind.plural]
    assert (resource.entity, resource.model) == (kind.entity, kind.model)
    assert kind.entity in WORDED


@every_kind
def test_it_bears_tags_everywhere(kind: Kind) -> None:
    """On the wire, under the class that the contract names, and with a fact of its own."""
    assert tagging.KINDS[kind.word] == kind.model.__name__
    assert kind.word in facts.OF_KIND
    resource = registry().resources[kind.plural]
    assert "tags" in resource.fields and "tag_ids" in resource.all_filters


@every_kind
def test_it_has_a_list_a_page_and_a_form_in_the_office(kind: Kind) -> None:
    module = module_of(kind.entity)
    assert module.list_url == reverse(f"office:{module.key}")
    assert module.add_url == reverse(f"office:new-{kind.entity}")
    assert record_url(kind.word, 1) == record_url(kind.entity, 1) != ""


@every_kind
def test_its_list_can_be_exported(kind: Kind) -> None:
    sheet = SHEETS[kind.plural]
    assert (sheet.entity, sheet.model) == (kind.entity, kind.model)
    assert not issubclass(kind.model, BillingDocument) or f"{kind.entity}_items" in SHEETS


@pytest.mark.parametrize("kind", OF_CLIENTS, ids=lambda kind: kind.entity)
def test_a_document_is_sent_shown_in_the_portal_and_run_through_templates(kind: Kind) -> None:
    assert SENDABLE[kind.entity].model is PORTAL[kind.entity].model is kind.model
    assert kind.entity in SUBJECTS
    assert MAILS[kind.entity].table is kind.model

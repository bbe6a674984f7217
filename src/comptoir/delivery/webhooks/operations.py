"""Everything that can be done to webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Webhook

WELL = {"failures": 0, "paused_at": None, "last_error": ""}


@operation
def create_webhook(fields: Mapping[str, Any], *, by: Actor, on: date) -> Webhook:
    """Raises Refused at target_url, event_id, rest_method or headers."""
    webhook = Webhook(user_id=by.user_id)
    changed(webhook, fields)
    rules.refuse_odd(webhook)
    webhook.save(force_insert=True)
    tell(facts.WebhookCreated(webhook, actor=by))
    return webhook


@operation
def update_webhook(webhook: Webhook, fields: Mapping[str, Any], *, by: Actor, on: date) -> Webhook:
    """A changed target starts afresh: a pause is over. Raises Refused like ``create_webhook``."""
    lock(webhook)
    shelving.refuse_deleted(webhook)
    changes = changed(webhook, fields)
    rules.refuse_odd(webhook)
    if {"target_url", "headers", "rest_method"} & changes.keys():
        changed(webhook, WELL)
    webhook.save()
    shown = {name: change for name, change in changes.items() if name != "headers"}  # they may hold a secret
    tell(facts.WebhookUpdated(webhook, actor=by, changes=shown))
    return webhook


@operation
def resume_webhook(webhook: Webhook, *, by: Actor, on: date) -> Webhook:
    """What waited goes out."""
    lock(webhook)
    shelving.refuse_deleted(webhook)
    changed(webhook, WELL)
    webhook.save()
    tell(facts.WebhookResumed(webhook, actor=by))
    return webhook


@operation
def pause_webhook(webhook: Webhook, *, by: Actor, on: date) -> Webhook:
    lock(webhook)
    webhook.paused_at = webhook.paused_at or timezone.now()
    webhook.save()
    tell(facts.WebhookPaused(webhook, actor=by))
    return webhook


@operation
def archive_webhook(webhook: Webhook, *, by: Actor, on: date) -> Webhook:
    shelving.archive(webhook)
    tell(facts.WebhookArchived(webhook, actor=by))
    return webhook


@operation
def restore_webhook(webhook: Webhook, *, by: Actor, on: date) -> Webhook:
    """It starts afresh."""
    shelving.restore(webhook)
    changed(webhook, WELL)
    webhook.save()
    tell(facts.WebhookRestored(webhook, actor=by))
    return webhook


@operation
def delete_webhook(webhook: Webhook, *, by: Actor, on: date) -> Webhook:
    shelving.delete(webhook)
    tell(facts.WebhookDeleted(webhook, actor=by))
    return webhook

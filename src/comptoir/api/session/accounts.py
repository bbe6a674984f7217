"""The account on the wire (contract schemas.json account). Nothing is sold here: every plan check passes."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from comptoir.activity import heartbeat
from comptoir.contract.answers import HEADERS
from comptoir.contract.fetching import fetch
from comptoir.contract.fields import Constant, Derived, Key, Moment, Text
from comptoir.contract.plans import Plan
from comptoir.contract.shapes import Row, Shape
from comptoir.contract.views import View
from comptoir.files.types import TYPES
from comptoir.tenancy.models import Account

_VERSION: Final = HEADERS["X-APP-VERSION"]


def _is_scheduler_running() -> bool:
    return heartbeat.alive()


def _address() -> str:
    return str(settings.BASE_URL)


class AccountShape(Shape):
    model = Account

    id = Key("pk")
    key = Text()
    default_url = Derived(_address)
    plan = Constant("")
    plan_term = Constant("")
    plan_started = Constant("")
    plan_paid = Constant("")
    plan_expires = Constant("")
    plan_price = Constant(0)
    user_agent = Constant("")
    payment_id = Constant("")
    trial_started = Constant("")
    trial_plan = Constant("")
    trial_days_left = Constant(0)
    num_users = Constant(1)
    utm_source = Constant("")
    utm_medium = Constant("")
    utm_content = Constant("")
    utm_term = Constant("")
    referral_code = Constant("")
    latest_version = Constant(_VERSION)
    current_version = Constant(_VERSION)
    updated_at = Moment()
    archived_at = Constant(0)
    report_errors = Constant(False)
    debug_enabled = Constant(False)
    is_docker = Constant(False)
    is_scheduler_running = Derived(_is_scheduler_running, kind="boolean")
    default_company_id = Key("default_company")
    disable_auto_update = Constant(True)
    emails_sent = Constant(0)
    email_quota = Constant(0)
    is_migrated = Constant(False)
    hosted_client_count = Constant(0)
    hosted_company_count = Constant(0)
    is_hosted = Constant(False)
    set_react_as_default_ap = Constant(True)
    account_sms_verified = Constant(True)
    has_iap_plan = Constant(False)
    tax_api_enabled = Constant(False)
    nordigen_enabled = Constant(False)
    upload_extensions = Constant(",".join(TYPES))


def account_row(account_id: int, view: View) -> Row:
    """The account as every app reads it."""
    rows: list[dict[str, Any]] = fetch(Plan(AccountShape, None, {}), [account_id], view)
    return rows[0]

"""Reminders planned anew (contract routes.json invoices/update_reminders)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.idempotency import once
from comptoir.delivery.reminders.planning import plan_all


class Planning(Endpoints):
    path, entity = "invoices/update_reminders", "company"

    @route("POST", "/invoices/update_reminders", verb="edit")
    def plan(call: Call) -> HttpResponse:
        """Have the worker compute when each open document is next reminded of, by today's settings."""

        def work() -> HttpResponse:
            plan_all()
            return call.message(_("The reminders are being planned anew."))

        return once(call, lambda: work)

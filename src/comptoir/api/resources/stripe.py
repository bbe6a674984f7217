"""Stripe as a whole (contract routes.json: stripe): all gateways of it that the company has.

Its accounts are reached by the company's own keys, entered with the gateway; there is no link between
accounts that ``stripe/disconnect`` could undo, so it is not served: delete the gateway.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.outbox import queue
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.problems import Problem
from comptoir.gateways.handlers import FOLLOW_METHODS, IMPORT_CUSTOMERS
from comptoir.gateways.interface import GatewayFault
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.registry import STRIPE, gateway_of


class Stripe(Endpoints):
    path, entity = "stripe", "company_gateway"

    @route("POST", "verify", verb="edit", password=True)
    def verify(call: Call) -> HttpResponse:
        """Ask Stripe whether it knows the credentials of every gateway."""
        for row in _gateways():
            try:
                gateway_of(row).check()
            except GatewayFault as fault:
                raise Problem(400, f"{row.name}: {fault}") from fault
        return call.message(_("Stripe knows the credentials."))

    @route("POST", "update_payment_methods", verb="edit", password=True)
    def update_payment_methods(call: Call) -> HttpResponse:
        """Bring the stored methods of all clients up to date; the worker does it."""
        for row in _gateways():
            queue(FOLLOW_METHODS, {"gateway": row.pk})
        return call.message(_("The payment methods are being brought up to date."))

    @route("POST", "import_customers", verb="edit", password=True)
    def import_customers(call: Call) -> HttpResponse:
        """Make clients of Stripe's customers; the worker does it."""
        for row in _gateways():
            queue(IMPORT_CUSTOMERS, {"gateway": row.pk})
        return call.message(_("The customers are being imported."))


def _gateways() -> list[CompanyGateway]:
    """Raises Problem 400 where there is none."""
    rows = list(CompanyGateway.objects.active().filter(gateway_key=STRIPE).order_by("pk"))
    if not rows:
        raise Problem(400, _("There is no Stripe gateway yet."))
    return rows

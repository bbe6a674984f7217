"""The caller's account (contract schemas.json account): what an app may set of it has one value here."""

from __future__ import annotations

from django.http import HttpResponse

from comptoir.api.session.accounts import account_row
from comptoir.contract import answers, envelopes, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route


class Accounts(Endpoints):
    path, entity = "accounts", "company"

    @route("PUT", "{id}", verb="edit")
    def change(call: Call) -> HttpResponse:
        """Show the account as it stays: one app is served, and errors are reported to nobody."""
        call.need("edit")
        account_id = call.who.company.account_id
        if call.key() != account_id:
            raise problems.not_found()
        return answers.json(envelopes.item(account_row(account_id, call.view), call))

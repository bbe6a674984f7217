"""Templates run over ticked records: the bulk action ``template`` and the route that is polled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.api.resources.printing import pdf
from comptoir.contract import answers, problems
from comptoir.contract.actions import Action, read_params
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import Flag, Text
from comptoir.contract.fields.keys import read_key
from comptoir.delivery.papers.bundling import file_of
from comptoir.delivery.papers.models import Bundle
from comptoir.delivery.runs import asking
from comptoir.kernel import ids

PARAMS = {"template_id": Text(), "send_email": Flag()}


def over(entity: str) -> Action:
    """The action of a kind of record: ``template_id``; ``send_email`` mails the PDF to the caller."""

    def answer(call: Any, rows: Sequence[Any]) -> HttpResponseBase:
        said = read_params(PARAMS, call)
        template = asking.template_for(entity, read_key(said.get("template_id")))
        keys = [row.pk for row in rows]
        if said.get("send_email"):
            call.need("send", None, entity)
            asking.mail_run(template, entity, keys, by=call.who.actor, on=call.who.today)
            return answers.message(_("The document is being prepared; you will receive it by e-mail."))
        return answers.message(ids.encode(asking.run(template, entity, keys, by=call.who.actor).pk))

    return Action(verb="view", params=PARAMS, single=True, answer=answer)


class Runs(Endpoints):
    path, entity = "templates/preview", "design"

    @route("POST", "/templates/preview/{hash}")
    def poll(call: Call) -> HttpResponse:
        """The PDF of a run that the caller began; 409 until the worker has made it."""
        pk = read_key(call.params["hash"])
        rows = Bundle.objects.filter(pk=pk, user_id=call.who.actor.user_id) if pk is not None else None
        run = rows.exclude(template=None).first() if rows is not None else None
        if run is None or run.state == Bundle.State.WAITING:
            raise problems.Problem(409, _("This document is not ready yet."))
        content = file_of(run)
        if content is None:
            raise problems.Problem(422, run.error or _("This document could not be made."))
        return pdf(content, "template.pdf")

"""Is the server well? For apps and for whatever watches it."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse

from comptoir.activity.models import Job
from comptoir.contract import answers
from comptoir.contract.answers import HEADERS
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route


class Health(Endpoints):
    path, entity = "health_check", "company"

    @route("GET", "/health_check", auth="public")
    def check(call: Call) -> HttpResponse:
        """Whether the database answers; nothing that helps a stranger."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return answers.json(
            {"system_health": True, "api_version": HEADERS["X-APP-VERSION"], "is_docker": False}
        )

    @route("GET", "/last_error", verb="edit")
    def last_error(call: Call) -> HttpResponse:
        """The error of this company's latest job that failed, for administrators."""
        failed = Job.objects.filter(company_id=call.who.company.pk, state=Job.State.FAILED)
        error = failed.order_by("-pk").values_list("error", flat=True).first()
        return answers.json({"last_error": (error or "").strip().rpartition("\n")[2]})

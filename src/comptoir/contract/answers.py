"""Answers: exact JSON, the headers apps look for, and every error in the wire's words."""

from __future__ import annotations

import logging
import uuid
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comptoir.contract import problems
from comptoir.contract.fields.objects import EXACT
from comptoir.contract.plans import UnknownInclude
from comptoir.kernel.refused import Locked, Refused, Stale, WrongState

HEADERS: Final = {
    "X-APP-VERSION": "5.10.42",
    "X-MINIMUM-CLIENT-VERSION": "5.0.16",
    "X-Api-Version": "5.10.42",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "X-APP-VERSION, X-MINIMUM-CLIENT-VERSION, Content-Disposition, ETag",
    "Cache-Control": "no-store, private",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, X-API-COMPANY-KEY, "
        "X-API-OAUTH-PASSWORD, X-API-PASSWORD, X-API-PASSWORD-BASE64, X-API-SECRET, X-API-TOKEN, "
        "X-CLIENT-PLATFORM, X-CLIENT-VERSION, X-React, X-Requested-With, X-Socket-ID"
    ),
    "Access-Control-Max-Age": "86400",
}
_log = logging.getLogger(__name__)


def json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """A JSON answer; Decimals and raw texts go out digit by digit."""
    return HttpResponse(EXACT.encode(value), content_type="application/json", status=status, headers=headers)


def message(sentence: Any, status: int = 200, **more: Any) -> HttpResponse:
    """An answer that only says something."""
    return json({"message": str(sentence), **more}, status)


def dressed(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with the headers that every one carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def preflight() -> HttpResponse:
    """Leave for a browser on another origin to ask."""
    return HttpResponse(status=204, headers=PREFLIGHT)


def answer_for(error: Exception, request: HttpRequest) -> HttpResponse:
    """The wire's answer to whatever was raised; what nobody foresaw is logged under an id."""
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, problems.Forbidden):
        return message(_("This action is unauthorized."), 403 if "X-React" in request.headers else 401)
    if isinstance(error, UnknownInclude):
        return message(_("Relation `%s` is not a valid include.") % error.args[0], 400)
    problem = _problem(error)
    if problem is None:
        return _crashed(error, request)
    body = {"message": str(problem.sentence), **({"errors": {}} if problem.errors else {})}
    return json(body, problem.status, problem.headers)


def _refused(refused: Refused) -> HttpResponse:
    sentence = str(refused.sentence)
    if isinstance(refused, WrongState):
        return message(sentence, 400, error={"message": sentence})  # both shapes: decisions T19
    if isinstance(refused, Stale):
        return message(sentence, 409)
    if isinstance(refused, Locked):
        return message(sentence, 422, errors={"number": sentence})
    errors = {field: [str(text) for text in texts] for field, texts in refused.errors.items()}
    return message(_("The given data was invalid."), 422, errors=errors)


def _problem(error: Exception) -> problems.Problem | None:
    if isinstance(error, problems.Problem):
        return error
    if isinstance(error, (MultiPartParserError, UnicodeDecodeError, RecursionError)):
        return problems.malformed()
    if isinstance(error, OperationalError) and "no such" not in str(error):
        _log.warning("The database was not available", exc_info=error)
        return problems.busy()
    if isinstance(error, (RequestDataTooBig, TooManyFilesSent)):
        return problems.Problem(413, _("The request is too large."), errors=True)
    return None


def _crashed(error: Exception, request: HttpRequest) -> HttpResponse:
    number = uuid.uuid4().hex[:12]
    _log.error("Unforeseen error %s at %s %s", number, request.method, request.path, exc_info=error)
    sentence = _("Something went wrong on the server. It was logged as %s.") % number
    return message(sentence, 500, errors={})

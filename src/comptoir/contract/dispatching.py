"""From a request to its answer: route, caller, scope, language, gate, and every error in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from comptoir.contract import answers, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Route
from comptoir.contract.registries import Methods, Registry
from comptoir.contract.requesters import Requester, Stranger
from comptoir.tenancy.scope import acting_for

PREFIX: Final = "/api/v1/"
RequesterOf = Callable[[HttpRequest], Requester]
"""Makes the caller from a request's headers. Raises Problem for a token that opens nothing."""

_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
_OVERRIDES: Final = ("PUT", "PATCH", "DELETE")


def dispatch(request: HttpRequest, requester_of: RequesterOf, registry: Registry) -> HttpResponseBase:
    """The answer to any request below PREFIX; nothing is raised."""
    try:
        response = _answer(request, requester_of, registry)
    except Exception as error:
        response = answers.answer_for(error, request)
    return answers.dressed(response)


def _answer(request: HttpRequest, requester_of: RequesterOf, registry: Registry) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return answers.preflight()
    _, _, path = request.path_info.partition(PREFIX)
    found = registry.find([part for part in path.split("/") if part])
    if not found:
        raise problems.no_route()
    open_door = any(route.auth != "token" for methods, _ in found for route in methods.values())
    who = None if open_door else requester_of(request)
    method = method_of(request)
    route, params = _pick(found, method)
    if who is None and route.auth == "token":
        who = requester_of(request)
    if who is None:
        return route(Call(request, Stranger(), route, params, registry))
    with acting_for(who.company), translation.override(who.locale):
        try:
            return _run(Call(request, who, route, params, registry))
        except Exception as error:
            return answers.answer_for(error, request)


def _pick(found: list[tuple[Methods, dict[str, str]]], method: str) -> tuple[Route, dict[str, str]]:
    for methods, params in found:
        if method in methods:
            return methods[method], params
    raise problems.wrong_verb()


def _run(call: Call) -> HttpResponseBase:
    route = call.route
    if route.password and not call.who.password_ok():
        raise problems.password_needed()
    if route.verb and "{" not in route.path:
        call.need(route.verb)
    return route(call)


def method_of(request: HttpRequest) -> str:
    """The verb meant: ``_method`` in a form overrides POST, PATCH is PUT, HEAD is GET."""
    method = request.method or "GET"
    if method == "POST" and request.content_type in _FORMS:
        asked = str(request.POST.get("_method", "")).upper()
        method = asked if asked in _OVERRIDES else method
    return {"PATCH": "PUT", "HEAD": "GET"}.get(method, method)

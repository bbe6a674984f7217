"""Bodies: JSON, form-encoded and multipart, all read into one dict and named files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.request import QueryDict

from comptoir.contract.problems import malformed

Files = dict[str, list[Any]]
"""Django's UploadedFile, by the name of its part."""

_JSON: Final = msgspec.json.Decoder(float_hook=Decimal)
_PART: Final = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST: Final = 8


def read(request: HttpRequest) -> tuple[dict[str, Any], Files]:
    """The keys and the files that were sent. Raises Problem 400 for what cannot be read."""
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        return _multipart(request)
    if kind == "application/x-www-form-urlencoded":
        form = QueryDict(request.body, encoding=request.encoding or "utf-8")
        return unfold((name, value) for name, values in form.lists() for value in values), {}
    return _json(request.body), {}


def _json(text: bytes) -> dict[str, Any]:
    text = text.removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        return {}
    try:
        body = _JSON.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise malformed() from None
    if isinstance(body, dict):
        return clean(body) if b"\\u0000" in text else body
    if body is None or body == []:
        return {}  # PHP writes an empty object as []
    raise malformed()


def _multipart(request: HttpRequest) -> tuple[dict[str, Any], Files]:
    try:
        form: QueryDict = request.POST
        files = request.FILES
        if request.method != "POST":
            form, files = MultiPartParser(request.META, request, request.upload_handlers).parse()
    except MultiPartParserError:
        raise malformed() from None
    sent: Files = {}
    for name, parts in files.lists():
        sent.setdefault(name.partition("[")[0], []).extend(parts)
    return unfold((name, value) for name, values in form.lists() for value in values), sent


def unfold(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """``a[b][0]=x`` as {"a": {"b": {"0": "x"}}}; ``a[]=x`` takes the next free place, as in PHP."""
    body: dict[str, Any] = {}
    for name, value in pairs:
        first, bracket, rest = name.partition("[")
        *above, last = [first, *_PART.findall(bracket + rest)][:_DEEPEST]
        below = body
        for step in above:
            inner = below.setdefault(step or str(len(below)), {})
            below = inner if isinstance(inner, dict) else {}
        below[last or str(len(below))] = value.replace("\0", "")
    return body


def clean(value: Any) -> Any:
    """The same without NUL characters, which PostgreSQL cannot store."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {clean(name): clean(part) for name, part in value.items()}
    return [clean(part) for part in value] if isinstance(value, list) else value

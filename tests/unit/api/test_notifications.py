"""What is read of a provider's notification before anybody knows that it is one."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from comptoir.api.notifications import short_body


@pytest.mark.parametrize(
    ("said", "read"), [("5", b"12345"), ("6", b""), ("-1", b""), ("five", b""), ("", b""), (None, b"")]
)
def test_no_more_is_read_than_was_agreed(said: str | None, read: bytes) -> None:
    request = RequestFactory().post("/", b"12345", content_type="application/json", CONTENT_LENGTH=said)
    if said is None:
        del request.META["CONTENT_LENGTH"]
    assert short_body(request, 5) == read

"""What the machinery did (contract rules 18, schemas.json system_log), for administrators."""

from __future__ import annotations

from comptoir.activity.models import SystemLog
from comptoir.contract.fields import Derived, Key, Moment, Whole
from comptoir.contract.filters import codes
from comptoir.contract.resources import Resource


def _as_text(log: str) -> str:
    """Apps parse the object out of a string."""
    return log


class SystemLogs(Resource):
    path, entity, model = "system_logs", "system_log", SystemLog
    default_sort = "-pk"

    id = Key("pk", writable=False)
    company_id = Key(writable=False)
    user_id = Key("user_id", writable=False)
    client_id = Key("client_id", writable=False)
    event_id = Whole(writable=False)
    category_id = Whole(writable=False)
    type_id = Whole(writable=False)
    log = Derived(_as_text, "log")
    created_at = Moment()
    updated_at = Moment("created_at")

    filters = {name: codes(name) for name in ("event_id", "category_id", "type_id")}

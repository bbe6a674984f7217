"""A client's own settings as the wire shows them: sparse, with the currency in force (decision P3).

Lists show a hundred of them, so the database puts the object together; what it puts together is what
``preferences.writing.shown`` would.
"""

from __future__ import annotations

from typing import Final

import msgspec

from comptoir.contract.fields import Settings
from comptoir.numbering.counters import SUFFIX
from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.catalogue.numbers import SERIES
from comptoir.preferences.catalogue.setting import CLIENT
from comptoir.preferences.writing import shown

_BLANK: Final = msgspec.json.encode(shown({})).decode()
_DEFAULT: Final = str(CATALOGUE["currency_id"].default)
_COUNTED: Final = ", ".join(f"'{series}'" for series, (_title, levels) in SERIES.items() if CLIENT in levels)

_LEVELS: Final = (
    "{t}.settings",
    "(SELECT g.settings FROM clients_group g WHERE g.id = {t}.group_id)",
    "(SELECT c.settings FROM tenancy_company c WHERE c.id = {t}.company_id)",
)
_COUNTERS: Final = f"""
 FROM numbering_counter n WHERE n.company_id = {{t}}.company_id
  AND n.series IN ({_COUNTED}) AND n.scope = 'client:' || {{t}}.id"""


def _currency(read: str) -> str:
    """The first level that says something; ``read`` takes the key out of a level."""
    said = ", ".join(f"NULLIF({read.format(level)}, '')" for level in _LEVELS)
    return f"COALESCE({said}, '{_DEFAULT}')"


_SQLITE: Final = f"""json_patch(json_patch('{_BLANK}', {{t}}.settings), json_patch(
 json_object('currency_id', {_currency("json_extract({}, '$.currency_id')")}),
 (SELECT json_group_object(n.series || '{SUFFIX}', n.next_value){_COUNTERS})))"""

_POSTGRESQL: Final = f"""('{_BLANK}'::jsonb || {{t}}.settings
 || jsonb_build_object('currency_id', {_currency("{}->>'currency_id'")})
 || COALESCE((SELECT jsonb_object_agg(n.series || '{SUFFIX}', n.next_value){_COUNTERS}), '{{{{}}}}'))::text"""


class ClientSettings(Settings):
    """The column is written like any other; what is read is what applies."""

    def form(self, column: str, vendor: str) -> str:
        return (_SQLITE if vendor == "sqlite" else _POSTGRESQL).replace("{t}", "t").replace("{{}}", "{}")

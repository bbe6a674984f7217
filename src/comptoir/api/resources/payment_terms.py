"""Payment terms on the wire (contract schemas.json payment_term; decision P9)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comptoir.api.resources.wire import Dated
from comptoir.catalogue import operations
from comptoir.catalogue.models import PaymentTerm
from comptoir.contract.fields import Flag, Key, Text, Whole
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row


class PaymentTerms(Dated, Resource):
    path, entity, model = "payment_terms", "payment_term", PaymentTerm

    id = Key("pk", writable=False)
    num_days = Whole(least=0, most=3650)
    name = Text()
    end_of_month = Flag()

    search = ("name",)
    create, update = operations.create_payment_term, operations.update_payment_term
    actions = {"archive": operations.archive, "restore": operations.restore, "delete": operations.delete}
    removes = "archive"

    @classmethod
    def finish(cls, row: Row, view: Any) -> None:
        """A term without a name of its own is called by its days (decision P9)."""
        row["name"] = row["name"] or _("Net %(days)d") % {"days": row["num_days"]}

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        cls.finish(row, view)

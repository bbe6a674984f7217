"""The dialog that asks to whom, for one record or for the ticked rows of a list, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comptoir.clients.operations import update_client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.assigning.entries import NOBODY, open_members, people
from comptoir.office.credits import CREDITS
from comptoir.office.desk import Desk, desk
from comptoir.office.invoices import INVOICES
from comptoir.office.modules import module_of
from comptoir.office.pages import came_from, go_to, part
from comptoir.office.quotes import QUOTES
from comptoir.office.recurring.kind import RECURRING
from comptoir.payments.operations import update_payment
from comptoir.people.models import Membership
from comptoir.tenancy.locking import lock
from comptoir.ui import toasts
from comptoir.ui.forms import Form

MOST: Final = 1000


@dataclass(frozen=True)
class Way:
    """How records of a kind are changed: by the operation of the API, where that is open."""

    update: Callable[..., Any]
    editable: Callable[[Any, date], bool] = lambda record, on: not record.is_deleted


WAYS: Final = {
    "client": Way(update_client),
    "payment": Way(update_payment),
    **{kind.entity: Way(kind.update, kind.editable) for kind in (INVOICES, QUOTES, CREDITS, RECURRING)},
}
"""By entity. A locked document is as closed to this as to every other change."""


@require_http_methods(["GET", "POST"])
@desk()
def one(place: Desk, entity: str, key: str) -> HttpResponse:
    """A record of an id in the address."""
    return _asked(place, entity, [place.find(_rows(entity), key, entity, "edit")], 1)


@require_http_methods(["GET", "POST"])
@desk()
def several(place: Desk, entity: str) -> HttpResponse:
    """The ticked rows, without those that the member may not change."""
    asked = place.request.GET if place.request.method == "GET" else place.request.POST
    keys = ids.decode_all(asked.getlist("ids")[:MOST])
    rows = _rows(entity).filter(pk__in=keys).order_by("pk")
    return _asked(place, entity, list(rows), len(keys))


def _rows(entity: str) -> Any:
    if entity not in WAYS:
        raise Http404
    rows = module_of(entity).rows()
    return rows.select_related("group") if entity == "client" else rows.select_related("client__group")


def _asked(place: Desk, entity: str, rows: Sequence[Any], ticked: int) -> HttpResponse:
    """GET asks; POST does it, for all or for none."""
    records = _changeable(place, entity, rows)
    if not records:
        return part(place, "documents/none.html", {"title": _("Assign to…")})
    if place.request.method == "GET":
        form = Form({"member": _member_now(records)})
        return _dialog(place, records, ticked, form)
    sent = place.request.POST.get("member", "")
    try:
        said = _assign(place, entity, records, sent)
    except Refused as refused:
        errors = refused.errors if "member" in refused.errors else {"": [refused.sentence]}
        return _dialog(place, records, ticked, Form({"member": sent}, errors), status=422)
    toasts.add(place.request, said)
    home = module_of(entity).list_url
    # who gave away what was not their own sees its page no more
    gone = len(records) == 1 and not place.may("view", entity, records[0])
    return go_to(place, home if gone else came_from(place, home))


def _changeable(place: Desk, entity: str, rows: Sequence[Any]) -> list[Any]:
    """Those that the member may change, and that can be changed at all."""
    for row in rows:
        getattr(row, "client", row).company = row.company = place.company
    editable = WAYS[entity].editable
    return [row for row in rows if place.may("edit", entity, row) and editable(row, place.on)]


def _assign(place: Desk, entity: str, records: Sequence[Any], sent: str) -> str:
    """Give each to the member, in one transaction; answer what was done. Those that have them stay untouched.

    Raises Refused at ``member`` for who is not of the company (any more), or whatever the operation refuses.
    """
    with transaction.atomic():
        member = _chosen(sent)
        lock(member, *records, *(getattr(record, "client", None) for record in records))
        if member is not None and not member.is_open:
            raise _gone()
        user = member.user if member else None
        wanted = [each for each in records if each.assigned_user_id != (user.pk if user else None)]
        if len(_changeable(place, entity, wanted)) < len(wanted):
            raise Refused("", _("Somebody has just changed this: look again, and try once more."))
        for record in wanted:
            WAYS[entity].update(record, {"assigned_user": user}, by=place.actor, on=place.on)
    n = len(wanted)
    if not n:
        return _("Nothing to change: this was so already.")
    if user is None:
        said = ngettext("%(n)s record is assigned to nobody.", "%(n)s records are assigned to nobody.", n)
        return said % {"n": n}
    said = ngettext("%(n)s record is assigned to %(name)s.", "%(n)s records are assigned to %(name)s.", n)
    return said % {"n": n, "name": user.name}


def _chosen(sent: str) -> Membership | None:
    """The member of an id; None where nobody was chosen."""
    if sent == NOBODY:
        return None
    if not sent:
        raise Refused("member", _("Choose a member, or nobody."))
    member: Membership | None = open_members().filter(user_id=ids.decode(sent) or 0).first()
    if member is None:
        raise _gone()
    return member


def _gone() -> Refused:
    return Refused("member", _("This person is no member of the company any more: choose another."))


def _member_now(records: Sequence[Any]) -> str:
    """Who has them all now; empty where they differ."""
    found = {record.assigned_user_id for record in records}
    now = found.pop()
    if found:
        return ""
    return ids.encode(now) if now else NOBODY


def _dialog(
    place: Desk, records: Sequence[Any], ticked: int, form: Form, *, status: int = 200
) -> HttpResponse:
    options = [*people(place), (NOBODY, _("Nobody"))]
    n, left = len(records), ticked - len(records)
    count = ngettext("%(n)s record", "%(n)s records", n) % {"n": n}
    out = ngettext(
        "%(n)s record stays as it is: it is locked or deleted, or you may not change it.",
        "%(n)s records stay as they are: they are locked or deleted, or you may not change them.",
        left,
    )
    context = {
        "form": form,
        "url": place.request.path,
        "ids": [ids.encode(record.pk) for record in records],
        "about": (str(records[0]) or count) if n == 1 else count,
        "left": out % {"n": left} if left else "",
        "people": options,
        # who has left is no choice: nothing is chosen then
        "undecided": form.value("member") not in dict(options),
    }
    return part(place, "assigning/ask.html", context, status=status)

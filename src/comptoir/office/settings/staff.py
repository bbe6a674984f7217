"""Users: who works for the company, what they may do, and who joins or leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office import owned
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.modules import OF_KINDS
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.people import operations
from comptoir.people.models import Membership
from comptoir.people.permissions import EVERY_WORD, words
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action, Choice

DETAILS: Final = ("first_name", "last_name", "email", "phone")
ENTITIES: Final = {
    "all": gettext_lazy("Everything"),
    **{module.entity: module.label for module in OF_KINDS.values()},
    "documents": gettext_lazy("Files"),
}
VERBS: Final = ("view", "create", "edit")
ACTS: Final = {
    "invite": (operations.ask_again_to_join, gettext_lazy("The invitation is sent again.")),
    "archive": (
        operations.archive_user,
        gettext_lazy("The user is archived: the company is closed to them."),
    ),
    "restore": (operations.restore_user, gettext_lazy("The user is back.")),
    "remove": (operations.delete_user, gettext_lazy("The user no longer works here. What they made stays.")),
}


def rows() -> QuerySet[Membership]:
    """Everybody who works for the company, or did."""
    return Membership.objects.select_related("user").order_by("-is_owner", "deleted_at", "pk")


@require_GET
@desk("edit", "company")
def listed(place: Desk) -> HttpResponse:
    """The people, with what they may do."""
    context = {
        **frame(place, level_of(place), "staff"),
        "table": _table(place, list(rows().filter(deleted_at=None))),
        "left": [
            {
                "user": each.user,
                "restore_url": reverse("office:act-user", args=[ids.encode(each.pk), "restore"]),
            }
            for each in rows().exclude(deleted_at=None)
        ],
        "new_url": reverse("office:invite-user"),
    }
    return page(place, "settings/staff.html", context, module="settings")


def _table(place: Desk, members: Sequence[Membership]) -> Table:
    at = reverse("office:edit-user", args=["ID"]).replace("ID", "{id}")
    return Table(
        columns=[
            Column("name", _("User"), wide=True, phone="main"),
            Column("role", _("Rights"), phone="sub"),
            Column("state", _("State"), phone="end"),
            Column("seen", _("Last sign-in"), quiet=True),
        ],
        rows=[_row(place, each) for each in members],
        actions=[
            Action(_("Edit"), at, "pencil", key="edit"),
            Action(_("Send the invitation again"), f"{at}/invite", "mail-forward", "post", key="invite"),
            Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
            Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore"),
            Action(_("Remove"), f"{at}/remove", "user-x", "post", key="remove", danger=True),
        ],
        caption=_("Users"),
    )


def _row(place: Desk, each: Membership) -> Row:
    here = reverse("office:edit-user", args=[ids.encode(each.pk)])
    label, status = _state(each)
    seen = cells.moment(each.user.last_login) if each.user.last_login else _("Never")
    can = ["edit"]
    if not each.user.has_usable_password():
        can.append("invite")
    if not (each.is_owner or each.user_id == place.membership.user_id):
        can += ["restore" if each.is_archived else "archive", "remove"]
    shown = [
        cells.who(each.user.name, each.user.email, here),
        _rights(each),
        cells.badge(label, status=status),
        seen,
    ]
    return Row(ids.encode(each.pk), each.user.name, shown, here, here, can=" ".join(can))


def _state(each: Membership) -> tuple[str, str]:
    if each.is_archived:
        return pgettext("person", "Archived"), "archived"
    if each.is_locked:
        return pgettext("person", "Locked"), "overdue"
    if each.user.has_usable_password():
        return pgettext("person", "Active"), "active"
    return pgettext("person", "Invited"), "sent"


def _rights(each: Membership) -> str:
    if each.is_owner:
        return _("Owner")
    if each.is_admin:
        return _("Administrator")
    n = len(words(each.permissions))
    return ngettext("%(n)s right", "%(n)s rights", n) % {"n": n}


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def invite(place: Desk) -> HttpResponse:
    """Ask somebody in; a mail lets them choose a password."""
    if place.request.method == "GET":
        return _draw(place, None, Form({"role": "chosen"}), {"view_client", "view_invoice"})
    sent = place.request.POST
    fields = {name: sent.get(name, "").strip() for name in DETAILS} | owned.read(sent)
    try:
        operations.invite_user(fields, _sent_rights(place, None), by=place.actor, on=place.on)
    except Refused as refused:
        return _draw(
            place, None, Form(dict(sent.items()), refused.errors), set(sent.getlist("words")), status=422
        )
    toasts.add(place.request, _("An invitation is on its way to %(email)s.") % {"email": fields["email"]})
    return redirect("office:staff")


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk, key: str) -> HttpResponse:
    """Details and rights of one user."""
    member = place.find(rows().filter(deleted_at=None), key, "company", "edit")
    if place.request.method == "GET":
        values = {name: getattr(member.user, name) for name in DETAILS} | owned.values(member.user)
        values |= {"role": "admin" if member.is_admin else "chosen", "is_locked": member.is_locked}
        return _draw(place, member, Form(values), set(words(member.permissions)))
    sent = place.request.POST
    fields = {name: sent[name].strip() for name in DETAILS if name in sent} | owned.read(sent)
    rights = {} if member.is_owner else _sent_rights(place, member)
    try:
        operations.update_user(member, fields, rights, by=place.actor, on=place.on)
    except Refused as refused:
        named = {"" if name == "user" else name: texts for name, texts in refused.errors.items()}
        return _draw(place, member, Form(dict(sent.items()), named), set(sent.getlist("words")), status=422)
    toasts.add(place.request, _("The user is saved."))
    return redirect("office:staff")


def _sent_rights(place: Desk, member: Membership | None) -> dict[str, Any]:
    """What the form grants; words of modules that it does not show are kept."""
    sent = place.request.POST
    shown = {f"{verb}_{entity}" for entity in ENTITIES for verb in VERBS}
    shown |= {"view_dashboard", "view_reports", "disable_emails"}
    kept = words(member.permissions) - shown if member else frozenset()
    chosen = kept | (shown & set(sent.getlist("words")))
    rights: dict[str, Any] = {
        "is_admin": sent.get("role") == "admin",
        "permissions": ",".join(
            word for word in [*EVERY_WORD, *sorted(kept - set(EVERY_WORD))] if word in chosen
        ),
    }
    return rights | ({"is_locked": sent.get("is_locked") == "1"} if member else {})


def _draw(
    place: Desk, member: Membership | None, form: Form, held: set[str], *, status: int = 200
) -> HttpResponse:
    context = {
        **frame(place, level_of(place), "staff"),
        "member": member,
        "form": form,
        **owned.inputs(place, "user"),
        "roles": [
            Choice("admin", _("Administrator"), _("May do everything, settings and users included.")),
            Choice(
                "chosen", _("Chosen rights"), _("Sees and changes own records, and what is ticked below.")
            ),
        ],
        "matrix": [
            {"label": label, "cells": [(f"{verb}_{entity}", f"{verb}_{entity}" in held) for verb in VERBS]}
            for entity, label in ENTITIES.items()
        ],
        "extra": [
            ("view_dashboard", _("See the figures of the dashboard"), "view_dashboard" in held),
            ("view_reports", _("See reports"), "view_reports" in held),
            ("disable_emails", _("May not send email to clients"), "disable_emails" in held),
        ],
        "back_url": reverse("office:staff"),
    }
    return page(place, "settings/user.html", context, module="settings", status=status)


@require_POST
@desk("edit", "company")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Invite again, archive, restore or remove."""
    if name not in ACTS:
        raise Http404
    member = place.find(rows(), key, "company", "edit")
    run, done = ACTS[name]
    if attempt(place, lambda: run(member, by=place.actor, on=place.on)):
        undo = reverse("office:act-user", args=[key, "restore"]) if name in ("archive", "remove") else ""
        toasts.add(place.request, done, undo=undo)
    return redirect("office:staff")


urlpatterns = [
    path("settings/users", listed, name="staff"),
    path("settings/users/new", invite, name="invite-user"),
    path("settings/users/<str:key>", edit, name="edit-user"),
    path("settings/users/<str:key>/<slug:name>", act, name="act-user"),
]

"""The company's tags: their list, the dialog that names and colours one, what is done to them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.kernel import formats, ids
from comptoir.kernel.folding import folded
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.links import address, page_url
from comptoir.office.lists import ListColumn, ListFilter, ListPage
from comptoir.office.modules import OF_KINDS
from comptoir.office.pages import go_to, page, part
from comptoir.office.tags.editing import fresh_colour
from comptoir.tagging import operations
from comptoir.tagging.colours import PALETTE, nearest
from comptoir.tagging.models import Tag
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action, Choice

VERBS: Final = {
    "archive": (operations.archive_tag, gettext_lazy("The tag is archived.")),
    "restore": (operations.restore_tag, gettext_lazy("The tag is back.")),
    "delete": (operations.delete_tag, gettext_lazy("The tag is deleted.")),
}


@require_GET
@desk("edit", "tag")
def listed(place: Desk) -> HttpResponseBase:
    """The list, with how many records bear each; or a file of it."""
    rows = Tag.objects.filter(kind__in=OF_KINDS).annotate(size=Count("links"))
    declared = list_page(place)
    if file := declared.export(place, rows):
        return file
    context = {"list": declared.listing(place, rows), "new_url": _new_url(place)}
    return page(place, "tags/list.html", context, module="settings")


def _new_url(place: Desk) -> str:
    """A new tag is for the records that the list is narrowed to."""
    kind = place.request.GET.get("kind", "")
    return page_url("new-tag") + (f"?kind={kind}" if kind in OF_KINDS else "")


def list_page(place: Desk) -> ListPage:
    """The declaration of the list."""
    at = page_url("tags") + "/{id}"
    return ListPage(
        name="tags",
        url=page_url("tags"),
        columns=[
            ListColumn("name", _("Tag"), _name, "folded", phone="main", plain=lambda tag: tag.name),
            ListColumn("kind", _("For"), lambda tag: str(OF_KINDS[tag.kind].label), quiet=True, phone="sub"),
            ListColumn(
                "size", _("Records"), lambda tag: _size(place, tag), end=True, phone="end",
                plain=lambda tag: tag.size,
            ),
        ],
        row=_row,
        search=lambda rows, text, _common: rows.filter(folded__contains=folded(text)),
        placeholder=_("Name…"),
        filters=[
            ListFilter(
                "kind",
                _("For"),
                [(kind, module.label) for kind, module in OF_KINDS.items()],
                lambda rows, value: rows.filter(kind=value),
            )
        ],
        order=("folded", "pk"),
        actions=[
            Action(_("Edit"), f"{at}/edit", "pencil", "dialog", key="edit"),
            Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
            Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore", divided=True),
            Action(_("Delete"), f"{at}/delete", "trash", "post", key="delete", danger=True),
        ],
        empty_title=_("No tag here"),
        empty_text=_("A tag is a word in a colour, to find records again: “VIP”, “Dispute”, “2027”."),
        empty_icon="tags",
        empty_actions=[Action(_("New tag"), _new_url(place), "plus", "dialog")],
    )  # fmt: skip


def _name(tag: Tag) -> Any:
    """Pressed, it opens the dialog: a phone shows no other way there."""
    return format_html(
        '<button class="tag {}" type="button" hx-get="{}" hx-target="#dialog">{}</button>',
        tag.css,
        address("edit-tag", tag.pk),
        tag.name,
    )


def _size(place: Desk, tag: Any) -> Any:
    """How many records bear it, and the way to them."""
    count = formats.number(tag.size, place.locale)
    if not tag.size or tag.is_deleted:
        return count
    return cells.link(count, f"{OF_KINDS[tag.kind].list_url}?tag={ids.encode(tag.pk)}")


def _row(tag: Tag, shown: list[Any]) -> Row:
    can = ["restore"] if tag.archived_at else ["archive", "edit"]
    can += [] if tag.is_deleted else ["delete"]
    return Row(ids.encode(tag.pk), tag.name, shown, can=" ".join(can))


@require_http_methods(["GET", "POST"])
@desk("edit", "tag")
def edit(place: Desk, key: str = "") -> HttpResponse:
    """Name and colour a tag, new or there already."""
    tag = place.find(Tag.objects.all(), key, "tag", "edit") if key else None
    if place.request.method == "GET":
        return _dialog(place, tag, Form(_values(place, tag)))
    sent = {name: place.request.POST.get(name, "") for name in ("kind", "name", "color")}
    try:
        if tag is None:
            operations.create_tag(sent, by=place.actor, on=place.on)
        else:
            operations.update_tag(tag, sent, by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, tag, Form(sent, refused.errors), status=422)
    toasts.add(place.request, _("The tag is saved."))
    return go_to(place, page_url("tags"))


def _values(place: Desk, tag: Tag | None) -> dict[str, str]:
    if tag is not None:
        return {"kind": tag.kind, "name": tag.name, "color": tag.color}
    asked = place.request.GET.get("kind", "")
    kind = asked if asked in OF_KINDS else "client"
    return {"kind": kind, "name": "", "color": fresh_colour(kind)}


def _dialog(place: Desk, tag: Tag | None, form: Form, *, status: int = 200) -> HttpResponse:
    own = str(form.value("color") or "")
    drawn = nearest(own)
    context = {
        "form": form,
        "url": place.request.path,
        "title": _("Edit the tag") if tag else _("New tag"),
        "is_deleted": tag is not None and tag.is_deleted,
        "ways": _ways(tag) if tag else [],
        "kinds": [] if tag else [Choice(kind, str(module.label)) for kind, module in OF_KINDS.items()],
        "colours": [
            {
                # a colour of elsewhere is kept as long as nobody chooses another
                "code": own if colour is drawn else colour.code,
                "name": colour.name,
                "css": colour.css,
                "chosen": colour is drawn,
            }
            for colour in PALETTE
        ],
    }
    return part(place, "tags/edit.html", context, status=status)


def _ways(tag: Tag) -> list[Action]:
    """What else can be done to a tag."""
    back = Action(_("Restore"), address("act-tag", tag.pk, "restore"), "archive-off", "post")
    away = Action(_("Archive"), address("act-tag", tag.pk, "archive"), "archive", "post")
    gone = Action(_("Delete"), address("act-tag", tag.pk, "delete"), "trash", "post", danger=True)
    return [back if tag.is_archived else away, *([] if tag.is_deleted else [gone])]


@require_POST
@desk("edit", "tag")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete or restore."""
    if name not in VERBS:
        raise Http404
    tag = place.find(Tag.objects.all(), key, "tag", "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(tag, by=place.actor, on=place.on)):
        undo = address("act-tag", tag.pk, "restore") if name != "restore" else ""
        toasts.add(place.request, done, undo=undo)
    return redirect("office:tags")
